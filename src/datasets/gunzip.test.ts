import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gunzip, isGzip } from './gunzip';
import { gzipBytes } from './test-bytes';
import { DatasetError } from './types';

describe('gunzip', () => {
  test('gives back what was zipped', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (bytes) => {
        const zipped = await gzipBytes(bytes);
        expect(isGzip(zipped)).toBe(true);
        expect(Buffer.compare(await gunzip('x.gz', zipped, 5000), bytes)).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  test('stops at the limit, also for a bomb', async () => {
    const bomb = await gzipBytes(new Uint8Array(20_000_000));
    expect(bomb.length).toBeLessThan(30_000);
    await expect(gunzip('x.gz', bomb, 1000)).rejects.toThrow('x.gz unzips to more than 1,000 bytes and was not read further.');
    await expect(gunzip('x.gz', bomb, 19_999_999)).rejects.toThrow(DatasetError);
    expect((await gunzip('x.gz', bomb, 20_000_000)).length).toBe(20_000_000);
  });

  test('rejects every truncation and every damaged data byte', async () => {
    const plain = Uint8Array.from({ length: 500 }, (_, i) => (i * i) % 251);
    const zipped = await gzipBytes(plain);
    await fc.assert(
      fc.asyncProperty(fc.nat(zipped.length - 1), async (length) => {
        await expect(gunzip('x.gz', zipped.subarray(0, length), 500)).rejects.toThrow(DatasetError);
      }),
      { numRuns: 50 },
    );
    // From byte 10 on come the data, their CRC-32 and their length. Only the unused bits that fill up the last byte of the data
    // may change without notice, and then the result is whole.
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 10, max: zipped.length - 1 }), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const damaged = zipped.slice();
        damaged[at] = (damaged[at] as number) ^ flip;
        const outcome = await gunzip('x.gz', damaged, 500).catch((error: unknown) => error);
        if (outcome instanceof Uint8Array) {
          expect(at).toBe(zipped.length - 9);
          expect(Buffer.compare(outcome, plain)).toBe(0);
        } else expect(outcome).toBeInstanceOf(DatasetError);
      }),
      { numRuns: 100 },
    );
  });
});
