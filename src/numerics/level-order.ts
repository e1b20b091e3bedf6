import { type ScaleGrid, scaleGrid, scaleOf } from './scale-grid';
import type { Encoding } from './stored-tensor';

/**
 * The stored levels of a tensor as whole numbers that grow with the stored value, so that two looks can be compared even where codes
 * are in no order: code − zero-point for uniform quantizers, the rank in its book for codebooks and bases, the pattern read as sign and
 * magnitude for floating-point formats. Null for float32, which has no levels.
 */
export function levelOrder(encoding: Encoding, shape: readonly number[]): Int32Array | null {
  switch (encoding.kind) {
    case 'float32':
      return null;
    case 'uniform': {
      const { codes, zeroPoints } = encoding;
      if (!zeroPoints?.some((z) => z !== 0)) return codes;
      const grid = scaleGrid(shape, encoding.granularity ?? 'tensor');
      return codes.map((code, i) => code - (zeroPoints[scaleOf(grid, i)] ?? 0));
    }
    case 'codebook': {
      const { codes, levels, books } = encoding;
      const size = levels.length / books;
      return ranked(codes, books > 1 ? scaleGrid(shape, encoding.granularity ?? 'tensor') : undefined, books, (book) =>
        ranks(levels.subarray(book * size, (book + 1) * size)),
      );
    }
    case 'basis': {
      const { codes, basis, bits } = encoding;
      const blocks = basis.length / bits;
      return ranked(codes, blocks > 1 ? scaleGrid(shape, encoding.granularity ?? 'tensor') : undefined, blocks, (block) =>
        ranks(basisSums(basis.subarray(block * bits, (block + 1) * bits))),
      );
    }
    case 'format': {
      const sign = 2 ** (encoding.bits - 1);
      return encoding.codes.map((code) => (code >= sign ? sign - code : code));
    }
  }
}

/** The 2^n sums ±v₀ ± v₁ …, plus where bit j of the index is 1. */
export function basisSums(basis: Float32Array): Float32Array {
  return Float32Array.from({ length: 2 ** basis.length }, (_, code) => basis.reduce((sum, v, j) => sum + ((code >> j) & 1 ? v : -v), 0));
}

/** The place of each value in ascending order; equal values have the same. */
function ranks(values: Float32Array): Int32Array {
  const sorted = Float32Array.from(new Set(values)).sort();
  return Int32Array.from(values, (value) => sorted.indexOf(value));
}

function ranked(codes: Int32Array, grid: ScaleGrid | undefined, books: number, ranksOf: (book: number) => Int32Array): Int32Array {
  const tables = Array.from({ length: grid ? books : 1 }, (_, book) => ranksOf(book));
  return codes.map((code, i) => tables[grid ? scaleOf(grid, i) : 0]?.[code] ?? 0);
}
