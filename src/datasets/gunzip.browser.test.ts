import { describe, expect, test } from 'vitest';
import { gunzip } from './gunzip';
import { gzipBytes, joinedBytes } from './test-bytes';

const plain = Uint8Array.from({ length: 3000 }, (_, i) => (i * i) % 251);
const [first, second] = [plain.subarray(0, 1234), plain.subarray(1234)];

describe('gzip files as a browser reads them', () => {
  test('one member, several members, and zeros after the last', async () => {
    const [a, b] = [await gzipBytes(first), await gzipBytes(second)];
    const zeros = new Uint8Array(700);
    expect(await gunzip('x.gz', await gzipBytes(plain), 3000)).toEqual(plain);
    expect(await gunzip('x.gz', joinedBytes(a, b), 3000)).toEqual(plain);
    expect(await gunzip('x.gz', joinedBytes(a, b, zeros), 3000)).toEqual(plain);
    expect(await gunzip('x.gz', joinedBytes(a, zeros), 3000)).toEqual(first);
  });

  test('headers with extra fields, a name, a comment and a checksum are passed over', async () => {
    const zipped = await gzipBytes(second);
    const text = (word: string) => Uint8Array.of(...new TextEncoder().encode(word), 0);
    const flags = Uint8Array.of(0x1f, 0x8b, 8, 0x1f, 0, 0, 0, 0, 0, 3);
    const long = joinedBytes(
      flags,
      Uint8Array.of(3, 0, 1, 2, 3),
      text('name'),
      text('a comment'),
      Uint8Array.of(9, 9),
      zipped.subarray(10),
    );
    expect(await gunzip('x.gz', joinedBytes(await gzipBytes(first), long), 3000)).toEqual(plain);
  });

  test('members of several files stop at the limit together', async () => {
    const members = joinedBytes(await gzipBytes(first), await gzipBytes(second));
    await expect(gunzip('x.gz', members, 2999)).rejects.toThrow('x.gz unzips to more than 2,999 bytes and was not read further.');
  });

  test('damage, a cut and something else after the end are told apart', async () => {
    const zipped = await gzipBytes(plain);
    const members = joinedBytes(await gzipBytes(first), await gzipBytes(second));
    const damaged = members.slice();
    damaged[members.length - 6]! ^= 1;
    await expect(gunzip('x.gz', damaged, 3000)).rejects.toThrow('x.gz is a damaged gzip file: download it again.');
    for (const length of [20, zipped.length - 8, zipped.length - 1])
      await expect(gunzip('x.gz', zipped.subarray(0, length), 3000)).rejects.toThrow('x.gz is an incomplete gzip file, which ends in');
    await expect(gunzip('x.gz', members.subarray(0, -3), 3000)).rejects.toThrow('x.gz is an incomplete gzip file');
    await expect(gunzip('x.gz', joinedBytes(zipped, new TextEncoder().encode('text')), 3000)).rejects.toThrow(
      'x.gz is a gzip file with 4 bytes after its end that are not gzip',
    );
  });
});
