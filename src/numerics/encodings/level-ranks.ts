/** The order of codes that are numbers in a list of levels. */
import type { Granularity } from '../scale-grid';
import { blockOf } from './encoding-kind';

/**
 * The rank of each code's level among those of its book.
 * @param books one for all codes, or one for each block
 * @param levelsOf the levels of a book, by code
 */
export function rankedCodes(
  encoding: { readonly codes: Int32Array; readonly granularity?: Granularity },
  shape: readonly number[],
  books: number,
  levelsOf: (book: number) => Float32Array,
): Int32Array {
  const tables = Array.from({ length: books }, (_, book) => ranks(levelsOf(book)));
  const book = books > 1 ? blockOf(encoding, shape) : () => 0;
  return encoding.codes.map((code, i) => tables[book(i)]?.[code] ?? 0);
}

/** The place of each value in ascending order; equal values have the same. */
function ranks(values: Float32Array): Int32Array {
  const sorted = Float32Array.from(new Set(values)).sort();
  return Int32Array.from(values, (value) => sorted.indexOf(value));
}

/** A number for each of `parts` equal parts, folded from 0. */
export function eachPart(values: Float32Array, parts: number, fold: (sum: number, value: number) => number): Float32Array {
  const size = values.length / parts;
  return Float32Array.from({ length: parts }, (_, part) => values.subarray(part * size, (part + 1) * size).reduce(fold, 0));
}
