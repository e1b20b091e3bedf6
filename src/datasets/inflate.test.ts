import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InflateError, inflate } from './inflate';

const bytesOf = (hex: string) => Uint8Array.from(hex.split(' '), (byte) => Number.parseInt(byte, 16));

test('by hand: a stored block, and "aaaaaaaaaa" in a block of fixed codes', () => {
  expect(inflate(bytesOf('01 03 00 fc ff 61 62 63 99'), 0, 10)).toEqual({ data: bytesOf('61 62 63'), end: 8 });
  expect(inflate(bytesOf('4b 84 03 00'), 0, 10)).toEqual({ data: new Uint8Array(10).fill(0x61), end: 4 });
});

const repetitive = fc.array(fc.tuple(fc.nat(6), fc.integer({ min: 1, max: 400 })), { maxLength: 60 });

test('gives back what zlib deflated, at every level, and says where it ended', () => {
  fc.assert(
    fc.property(
      fc.oneof(repetitive, fc.uint8Array({ maxLength: 3000 })),
      fc.integer({ min: 0, max: 9 }),
      fc.nat(5),
      (given, level, tail) => {
        const plain = given instanceof Uint8Array ? given : Uint8Array.from(given.flatMap(([byte, count]) => new Array(count).fill(byte)));
        const packed = deflateRawSync(plain, { level });
        const bytes = Uint8Array.from([7, ...packed, ...new Array(tail).fill(0x1f)]);
        const { data, end } = inflate(bytes, 1, plain.length);
        expect(end).toBe(1 + packed.length);
        expect(Buffer.compare(data, plain)).toBe(0);
        if (plain.length > 0) expect(() => inflate(bytes, 1, plain.length - 1)).toThrow(new InflateError('long'));
      },
    ),
  );
});

test('whatever the bytes, it ends: with data or with a reason', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      try {
        const { data, end } = inflate(bytes, 0, 5000);
        expect(data.length <= 5000 && end <= bytes.length).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(InflateError);
      }
    }),
    { numRuns: 500 },
  );
});

test('every cut is called one', () => {
  const packed = deflateRawSync(Uint8Array.from({ length: 2000 }, (_, i) => (i * i) % 251));
  for (let length = 0; length < packed.length; length += 7)
    expect(() => inflate(packed.subarray(0, length), 0, 5000)).toThrow(new InflateError('cut'));
});
