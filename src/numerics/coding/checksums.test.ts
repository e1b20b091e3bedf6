import fc from 'fast-check';
import { expect, it } from 'vitest';
import { crc32, sha256Hex } from './checksums';

it('gives the check value of the CRC catalogue and 0 for nothing', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  expect(crc32(new Uint8Array())).toBe(0);
});

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
