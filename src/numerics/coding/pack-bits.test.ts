import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeRange, packBits, packedLength, packUnsigned, unpackBits, unpackUnsigned } from './pack-bits';

const bitsAndCodes = fc.integer({ min: 1, max: 24 }).chain((bits) =>
  fc.record({
    bits: fc.constant(bits),
    codes: fc.array(fc.integer(codeRange(bits)), { maxLength: 100 }).map((list) => Int32Array.from(list)),
  }),
);

describe('packBits', () => {
  it('packs 3-bit codes from the lowest bit up', () => {
    // 1, -1, 3 are 001, 111, 011: bits 0..8 from the lowest are 100 111 110, that is bytes 1111 1001 and 0000 0000.
    expect([...packBits(Int32Array.of(1, -1, 3), 3)]).toEqual([0b11111001, 0b0]);
    // -4 is 100: its top bit lands in the second byte.
    expect([...packBits(Int32Array.of(1, -1, -4), 3)]).toEqual([0b00111001, 0b1]);
  });

  it('packs 4 bits two a byte and 16 bits little endian', () => {
    expect([...packBits(Int32Array.of(1, -8, 7), 4)]).toEqual([0x81, 0x07]);
    expect([...packBits(Int32Array.of(-2, 0x1234), 16)]).toEqual([0xfe, 0xff, 0x34, 0x12]);
  });

  it('is undone by unpackBits, in exactly packedLength bytes with zero padding', () => {
    fc.assert(
      fc.property(bitsAndCodes, ({ bits, codes }) => {
        const packed = packBits(codes, bits);
        expect(packed.length).toBe(packedLength(codes.length, bits));
        expect(unpackBits(packed, codes.length, bits)).toEqual(codes);
        const padding = packed.length * 8 - codes.length * bits;
        if (padding > 0) expect((packed.at(-1) as number) >> (8 - padding)).toBe(0);
      }),
    );
  });

  it('refuses codes and widths that do not fit, and too few bytes', () => {
    expect(() => packBits(Int32Array.of(8), 4)).toThrow('The code 8 does not fit in 4 bits (-8 to 7).');
    expect(() => packBits(Int32Array.of(-9), 4)).toThrow(RangeError);
    expect(() => packBits(Int32Array.of(0), 0)).toThrow(RangeError);
    expect(() => packBits(Int32Array.of(0), 25)).toThrow(RangeError);
    expect(() => unpackBits(new Uint8Array(1), 3, 4)).toThrow(RangeError);
  });

  it('packs unsigned codes into the same bits', () => {
    expect([...packUnsigned(Int32Array.of(1, 15, 8), 4)]).toEqual([0xf1, 0x08]);
    expect([...packUnsigned(Int32Array.of(0xfedcba), 24)]).toEqual([0xba, 0xdc, 0xfe]);
    expect(() => packUnsigned(Int32Array.of(16), 4)).toThrow('The code 16 does not fit in 4 bits (0 to 15).');
    expect(() => packUnsigned(Int32Array.of(-1), 4)).toThrow(RangeError);
    fc.assert(
      fc.property(bitsAndCodes, ({ bits, codes }) => {
        const raised = codes.map((code) => code + 2 ** (bits - 1));
        expect(unpackUnsigned(packUnsigned(raised, bits), raised.length, bits)).toEqual(raised);
      }),
    );
  });
});
