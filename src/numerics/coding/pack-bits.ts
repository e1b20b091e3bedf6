/** Integers of 1 to 24 bits, packed without gaps: the first code in the lowest bits of the first byte. */

export const MAX_BITS = 24;

/** Smallest and largest two's-complement integer of `bits` bits: −2^(bits−1) and 2^(bits−1) − 1. */
export function codeRange(bits: number): { readonly min: number; readonly max: number } {
  return { min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 };
}

/** Bytes that `count` codes of `bits` bits take, the last byte padded with zeros. */
export function packedLength(count: number, bits: number): number {
  return Math.ceil((count * bits) / 8);
}

/**
 * Packs signed integers as two's complement of `bits` bits each, least significant bit first.
 * @throws RangeError if `bits` is not 1 … 24 or a code does not fit
 */
export function packBits(codes: Int32Array, bits: number): Uint8Array {
  checkBits(bits);
  const { min, max } = codeRange(bits);
  const mask = 2 ** bits - 1;
  const packed = new Uint8Array(packedLength(codes.length, bits));
  let held = 0; // bits not yet written, at most 7 + 24 of them
  let filled = 0;
  let next = 0;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number;
    if (code < min || code > max) throw new RangeError(`The code ${code} does not fit in ${bits} bits (${min} to ${max}).`);
    held |= (code & mask) << filled;
    filled += bits;
    while (filled >= 8) {
      packed[next++] = held;
      held >>>= 8;
      filled -= 8;
    }
  }
  if (filled > 0) packed[next] = held;
  return packed;
}

/**
 * The `count` signed codes that `packBits` packed; each is sign-extended.
 * @throws RangeError if `bits` is not 1 … 24 or there are too few bytes
 */
export function unpackBits(packed: Uint8Array, count: number, bits: number): Int32Array {
  checkBits(bits);
  const needed = packedLength(count, bits);
  if (packed.length < needed) throw new RangeError(`${count} codes of ${bits} bits take ${needed} bytes, not ${packed.length}.`);
  const codes = new Int32Array(count);
  const unused = 32 - bits;
  let held = 0;
  let filled = 0;
  let next = 0;
  for (let i = 0; i < count; i++) {
    while (filled < bits) {
      held |= (packed[next++] as number) << filled;
      filled += 8;
    }
    codes[i] = (held << unused) >> unused;
    held >>>= bits;
    filled -= bits;
  }
  return codes;
}

/**
 * Packs unsigned integers, 0 … 2^bits − 1, as `packBits` packs signed ones.
 * @throws RangeError if `bits` is not 1 … 24 or a code does not fit
 */
export function packUnsigned(codes: Int32Array, bits: number): Uint8Array {
  checkBits(bits);
  const patterns = 2 ** bits;
  // The upper half has the bit patterns of the negative numbers.
  const signed = new Int32Array(codes.length);
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number;
    if (code < 0 || code >= patterns) throw new RangeError(`The code ${code} does not fit in ${bits} bits (0 to ${patterns - 1}).`);
    signed[i] = code < patterns / 2 ? code : code - patterns;
  }
  return packBits(signed, bits);
}

/** The `count` unsigned codes that `packUnsigned` packed. Throws as `unpackBits` does. */
export function unpackUnsigned(packed: Uint8Array, count: number, bits: number): Int32Array {
  const mask = 2 ** bits - 1;
  return unpackBits(packed, count, bits).map((code) => code & mask);
}

function checkBits(bits: number): void {
  if (!Number.isInteger(bits) || bits < 1 || bits > MAX_BITS) throw new RangeError(`Codes have 1 to ${MAX_BITS} bits, not ${bits}.`);
}
