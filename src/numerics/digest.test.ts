import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sha256Hex } from './digest';

const text = (value: string) => new TextEncoder().encode(value);

it('gives the known answers of FIPS 180-4', () => {
  expect(sha256Hex()).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(sha256Hex(text('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

it('does not depend on how the bytes are cut', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(200), (bytes, cut) => {
      expect(sha256Hex(bytes.subarray(0, cut), bytes.subarray(cut))).toBe(sha256Hex(bytes));
    }),
  );
});
