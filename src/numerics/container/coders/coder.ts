/** What each way to write a list of integers knows about itself. A new one is a file here and a line in registry.ts. */
import type { LedgerKind } from '../../measures/ledger';
import type { ByteReader } from '../byte-reader';
import type { Section } from '../section';

/** The integers that there may be: two's complement, −2^(bits−1) … 2^(bits−1) − 1, or 0 … 2^bits − 1. */
export interface Alphabet {
  /** 1 … 24. */
  readonly bits: number;
  readonly sign: 'signed' | 'unsigned';
}

/** What the ledger says of a list. */
export interface ListName {
  /** Of the tensor: "fc1 kernel". */
  readonly label: string;
  /** "codes", "gaps". */
  readonly noun: string;
  readonly kind: LedgerKind;
}

export interface Coder<Id extends string> {
  readonly id: Id;
  /** By which the file calls it: part of the layout, never used again for another. */
  readonly number: number;

  /** The fewest bytes that `count` codes can take; it must grow with `count`, so that a damaged file cannot ask for much memory. */
  leastBytes(count: number, bits: number): number;

  /**
   * The integers, with whatever table they need to be read back, as sections that the ledger names.
   * @throws RangeError for one that is not of the alphabet
   */
  write(codes: Int32Array, alphabet: Alphabet, list: ListName): readonly Section[];
  /**
   * The `count` integers that `write` wrote.
   * @param what for sentences: "fc1/kernel", "the gaps of fc1/kernel"
   * @throws ModelFileError, with a sentence, for anything that `write` does not write
   */
  read(body: ByteReader, count: number, alphabet: Alphabet, what: string): Int32Array;
}
