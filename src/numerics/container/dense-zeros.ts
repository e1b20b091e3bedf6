/** Lets codes stand for pruned elements, so that a pruned tensor can be written without a support. */
import { MAX_BITS } from '../coding/pack-bits';
import { scaleGrid } from '../scales/scale-grid';
import { decodeEncoding } from './encoding';
import { type BasisEncoding, basis } from './encodings/basis';
import type { CodebookEncoding } from './encodings/codebook';
import { blockOf } from './encodings/encoding-kind';
import type { Encoding } from './stored-tensor';

/** Whether pruned elements are 0 without a support. @param kept a byte for each element, 1 kept and 0 pruned */
export function hasZeros(encoding: Encoding, shape: readonly number[], kept: Uint8Array): boolean {
  return decodeEncoding(encoding, shape).every((value, i) => kept[i] === 1 || value === 0);
}

/**
 * The same values with 0 at the pruned places, without a support. Where not every codebook has a level 0, all get one, their last; a basis
 * becomes such codebooks of its sums, or floats if the sums are more than the elements.
 */
export function withZeros(encoding: Encoding, shape: readonly number[], kept: Uint8Array): Encoding {
  if (hasZeros(encoding, shape, kept)) return encoding;
  if (encoding.kind === 'uniform' && encoding.zeroPoints) {
    const { zeroPoints } = encoding;
    const block = blockOf(encoding, shape);
    return { ...encoding, codes: encoding.codes.map((code, i) => (kept[i] === 1 ? code : (zeroPoints[block(i)] as number))) };
  }
  const book = encoding.kind === 'basis' ? sumsOf(encoding, shape) : encoding;
  const added = book?.kind === 'codebook' ? zeroLevels(book, shape, kept) : undefined;
  return added ?? { kind: 'float32', values: decodeEncoding(encoding, shape).map((value, i) => (kept[i] === 1 ? value : 0)) };
}

/** With codes of a level 0; undefined where a code would have too many bits. */
function zeroLevels(encoding: CodebookEncoding, shape: readonly number[], kept: Uint8Array): CodebookEncoding | undefined {
  const { levels, codebooks, codes } = encoding;
  const length = levels.length / codebooks;
  const zeros = Array.from({ length: codebooks }, (_, book) => levelZero(levels.subarray(book * length, (book + 1) * length)));
  if (!zeros.includes(-1)) {
    const block = blockOf(encoding, shape);
    return { ...encoding, codes: codes.map((code, i) => (kept[i] === 1 ? code : (zeros[codebooks === 1 ? 0 : block(i)] as number))) };
  }
  const bits = Math.max(encoding.bits, Math.ceil(Math.log2(length + 1)));
  if (bits > MAX_BITS) return undefined;
  const more = new Float32Array(codebooks * (length + 1));
  for (let book = 0; book < codebooks; book++) more.set(levels.subarray(book * length, (book + 1) * length), book * (length + 1));
  return { ...encoding, bits, levels: more, codes: codes.map((code, i) => (kept[i] === 1 ? code : length)) };
}

/** The code of the level 0, −1 if there is none. −0 is another number. */
function levelZero(levels: Float32Array): number {
  return levels.findIndex((level) => Object.is(level, 0));
}

/** The sums of a basis as codebooks, one for each block; undefined where they are more than the elements. */
function sumsOf(encoding: BasisEncoding, shape: readonly number[]): CodebookEncoding | undefined {
  const { bits, codes, basis: numbers, granularity } = encoding;
  const length = 2 ** bits;
  const codebooks = scaleGrid(shape, granularity ?? 'tensor').scales;
  if (codebooks * length > codes.length) return undefined;
  const levels = new Float32Array(codebooks * length);
  const all = Int32Array.from({ length }, (_, code) => code);
  for (let book = 0; book < codebooks; book++) {
    const own = { kind: 'basis', bits, codes: all, basis: numbers.subarray(book * bits, (book + 1) * bits) } as const;
    // As the file's reader adds them, so that no sum is rounded otherwise.
    levels.set(basis.decode(own, [length]), book * length);
  }
  return { kind: 'codebook', bits, codes, levels, codebooks, ...(granularity && { granularity }) };
}
