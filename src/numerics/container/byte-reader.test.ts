import fc from 'fast-check';
import { expect, it } from 'vitest';
import { float32Bytes, float32Values } from './byte-reader';

it('writes little endian', () => {
  expect([...float32Bytes(Float32Array.of(1, -2.5))]).toEqual([0, 0, 0x80, 0x3f, 0, 0, 0x20, 0xc0]);
  expect([...float32Values(Uint8Array.of(0, 0, 0x80, 0x3f))]).toEqual([1]);
});

it('reads back what it wrote, from any offset and without sharing memory', () => {
  fc.assert(
    fc.property(fc.float32Array({ maxLength: 20 }), fc.nat(5), (values, offset) => {
      const bytes = float32Bytes(values);
      const larger = new Uint8Array(bytes.length + offset);
      larger.set(bytes, offset);
      const read = float32Values(larger.subarray(offset));
      larger.fill(0);
      expect(read).toEqual(values);
    }),
  );
});

it('refuses a number that is cut short', () => {
  expect(() => float32Values(new Uint8Array(5))).toThrow(RangeError);
});
