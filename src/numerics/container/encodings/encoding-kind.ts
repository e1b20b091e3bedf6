import { type Granularity, scaleGrid, scaleOf } from '../../scales/scale-grid';
import type { ByteReader } from '../byte-reader';
import type { Section, StoredRole } from '../section';

/** What each kind of stored values knows about itself. A new kind is a file here and a line in registry.ts. */

/** What the head of the file says about the values of a tensor, apart from the numbers. */
export interface EncodingHead {
  /** Of one code; 32 for floats. */
  readonly bits: number;
  readonly granularity: Granularity;
}

/** Where the values of a tensor are written to. It knows which entries are stored, and how codes are coded. */
export interface EntryWriter {
  /** The name of the tensor, for the names of sections. */
  readonly label: string;
  readonly role: StoredRole;
  /** The stored ones of these codes, one for each element of the tensor. @throws RangeError for a code that does not fit */
  codes(codes: Int32Array, bits: number, sign: 'signed' | 'unsigned'): readonly Section[];
  /** The stored ones of these values, one for each element of the tensor. */
  entries(values: Float32Array): Float32Array;
}

/** What `EntryWriter` wrote. Its methods read on in the file, and throw ModelFileError if it does not hold so much. */
export interface EntryReader {
  readonly name: string;
  /** Blocks of the tensor that have numbers of their own. */
  readonly blocks: number;
  /** One code for each element; 0 where none is stored. */
  codes(bits: number, sign: 'signed' | 'unsigned'): Int32Array;
  /** One value for each element; 0 where none is stored. */
  values(): Float32Array;
}

/** @typeParam E what is in memory, with a code or a float for each element of the tensor */
export interface EncodingKind<E extends { readonly kind: string }, H extends EncodingHead> {
  readonly kind: E['kind'];
  /** The numbers by which the file calls it and its variants: part of the layout, never used again for another. 10 is taken. */
  readonly numbers: readonly number[];
  numberOf(encoding: E): number;

  /** Appends what the head of the file says after the number. */
  pushHead(out: number[], encoding: E): void;
  /** @throws ModelFileError if it is not what `pushHead` writes */
  readHead(body: ByteReader, name: string, number: number): H;

  /** Its sections in the file, in order. @throws RangeError for a code that does not fit */
  write(encoding: E, to: EntryWriter): readonly Section[];
  /** @throws ModelFileError if the file does not hold so much; what is read may still have a `problem` */
  read(body: ByteReader, head: H, from: EntryReader): E;

  /** The values of all elements, in float32 arithmetic. A new array. */
  decode(encoding: E, shape: readonly number[]): Float32Array;
  /** Why it cannot be stored, in a sentence that begins with the name. The number of codes and the bits are known to be right. */
  problem(name: string, encoding: E, blocks: number): string | undefined;

  /** Codes as whole numbers that grow with the stored value; null if there are no levels. See level-order.ts. */
  order(encoding: E, shape: readonly number[]): Int32Array | null;
  /** The levels of a block, in no order; none if the file does not list them. */
  levels(encoding: E, block: number): Float32Array;
  /** Distinct values that there could be; null where blocks differ, or values are floats. */
  possibleLevels(encoding: E): number | null;
  /** What each block has of its own; null if there is nothing. */
  blockScales(encoding: E): BlockScales | null;
}

/** The block that an element belongs to, by the element's index. */
export function blockOf(
  { granularity = 'tensor' }: { readonly granularity?: Granularity },
  shape: readonly number[],
): (index: number) => number {
  const grid = scaleGrid(shape, granularity);
  return grid.scales === 1 ? () => 0 : (index) => scaleOf(grid, index);
}

/** The granularity as an encoding holds it: left out where it is the usual one. */
export function cutOf({ granularity }: EncodingHead): { readonly granularity?: Granularity } {
  return granularity === 'tensor' ? {} : { granularity };
}

/** "fc1 has the scale NaN, not a finite number."; undefined if all are finite. */
export function notFinite(name: string, what: string, numbers: Float32Array): string | undefined {
  const odd = numbers.find((x) => !Number.isFinite(x));
  return odd === undefined ? undefined : `${name} has the ${what} ${odd}, not a finite number.`;
}

/** What a block of weights has of its own: a scale, or its substitute. */
export type ScaleKind = 'scale' | 'largest level' | 'shared power of two';

/** A number for each block, row by row; one for all blocks where they share it. */
export interface BlockScales {
  readonly kind: ScaleKind;
  readonly scales: Float32Array;
}

/** The order of codes that are numbers in a list of levels. */

/**
 * The rank of each code's level among those of its codebook.
 * @param codebooks one for all codes, or one for each block
 * @param levelsOf the levels of a codebook, by code
 */
export function rankedCodes(
  encoding: { readonly codes: Int32Array; readonly granularity?: Granularity },
  shape: readonly number[],
  codebooks: number,
  levelsOf: (codebook: number) => Float32Array,
): Int32Array {
  const tables = Array.from({ length: codebooks }, (_, codebook) => ranks(levelsOf(codebook)));
  const codebook = codebooks > 1 ? blockOf(encoding, shape) : () => 0;
  return encoding.codes.map((code, i) => tables[codebook(i)]?.[code] ?? 0);
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
