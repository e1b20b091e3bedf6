/** Writes and reads symbols with a canonical prefix code (huffman.ts). The first bit is the lowest bit of the first byte. */

/** No code is longer: 2^24 symbols cannot give a Huffman code of more than 34 bits, the place of the first Fibonacci number beyond 2^24. */
export const MAX_CODE_LENGTH = 40;

/** So many bits are appended at once: with up to 7 that wait they fit an integer. */
const PIECE = 24;

/**
 * A bit string of all symbols, each code from its most significant bit, padded with zeros to a whole byte.
 * @param symbols each with a code
 * @param codes as `canonicalCodes` gives them  @param lengths of the codes in bits, 1 … 40
 */
export function writePrefixCodes(symbols: Int32Array, codes: readonly number[], lengths: Uint8Array): Uint8Array {
  let bits = 0;
  for (let i = 0; i < symbols.length; i++) bits += lengths[symbols[i] as number] as number;
  const bytes = new Uint8Array(Math.ceil(bits / 8));
  // The first bit of a code comes lowest, so codes are turned round; long ones are appended in two pieces.
  const turned = codes.map((code, symbol) => turnedRound(code, lengths[symbol] as number));
  const first = Int32Array.from(turned, (code) => code % 2 ** PIECE);
  const second = Int32Array.from(turned, (code) => Math.floor(code / 2 ** PIECE));
  let held = 0; // bits not yet written, at most 7 + 24 of them
  let filled = 0;
  let next = 0;
  const append = (piece: number, length: number) => {
    held |= piece << filled;
    filled += length;
    while (filled >= 8) {
      bytes[next++] = held;
      held >>>= 8;
      filled -= 8;
    }
  };
  for (let i = 0; i < symbols.length; i++) {
    const symbol = symbols[i] as number;
    const length = lengths[symbol] as number;
    append(first[symbol] as number, Math.min(length, PIECE));
    if (length > PIECE) append(second[symbol] as number, length - PIECE);
  }
  if (filled > 0) bytes[next] = held;
  return bytes;
}

/** The `length` bits of a code in the opposite order. */
function turnedRound(code: number, length: number): number {
  let turned = 0;
  for (let bit = 0; bit < length; bit++) turned = turned * 2 + (Math.floor(code / 2 ** bit) % 2);
  return turned;
}

/**
 * Reads `count` symbols. Among canonical codes of one length, a code minus the first code is a place in the list of symbols, so no tree is
 * needed.
 * @param nextByte the next byte of the bit string
 * @param perLength how many codes have 1, 2, … bits  @param order the symbols by length, then by symbol
 * @throws RangeError for bits that begin no code, and if the bits that pad the last byte are not zeros; what `nextByte` throws
 */
export function readPrefixCodes(nextByte: () => number, count: number, perLength: readonly number[], order: Int32Array): Int32Array {
  const symbols = new Int32Array(count);
  let held = 0;
  let left = 0;
  for (let i = 0; i < count; i++) {
    let code = 0;
    let first = 0; // the smallest code of this length
    let before = 0; // symbols with shorter codes
    for (let length = 0; ; length++) {
      const here = perLength[length];
      if (here === undefined) throw new RangeError('These bits begin no code.');
      if (left === 0) {
        held = nextByte();
        left = 8;
      }
      code = code * 2 + (held & 1);
      held >>= 1;
      left--;
      if (code - first < here) {
        symbols[i] = order[before + code - first] as number;
        break;
      }
      before += here;
      first = (first + here) * 2;
    }
  }
  if (held !== 0) throw new RangeError('The bits after the last code are not zeros.');
  return symbols;
}

/**
 * What is wrong with a code that has so many codes of 1, 2, … bits; undefined if every string of bits can be read in exactly one way
 * (Kraft 1949: Σ 2^−length = 1). A single code of one bit is right too.
 */
export function prefixCodeProblem(perLength: readonly number[]): string | undefined {
  const kraft = perLength.reduce((sum, codes, i) => sum + codes * 2 ** -(i + 1), 0);
  if (kraft > 1) return 'has more codes than bits can tell apart';
  const single = perLength.length === 1 && perLength[0] === 1;
  return kraft === 1 || single ? undefined : 'leaves bits without a meaning';
}
