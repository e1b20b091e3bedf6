/** What each way to write a list of codes knows about itself. A new one is a file here and a line in registry.ts. */
import type { ByteReader } from '../byte-reader';
import type { Section } from '../section';

/** The codes that there may be: two's complement, −2^(bits−1) … 2^(bits−1) − 1, or 0 … 2^bits − 1. */
export interface Alphabet {
  /** 1 … 24. */
  readonly bits: number;
  readonly sign: 'signed' | 'unsigned';
}

export interface Coder<Id extends string> {
  readonly id: Id;
  /** By which the file calls it: part of the layout, never used again for another. */
  readonly number: number;

  /** The fewest bytes that `count` codes can take; it must grow with `count`, so that a damaged file cannot ask for much memory. */
  leastBytes(count: number, bits: number): number;

  /**
   * The codes, with whatever table they need to be read back, as sections that the ledger names.
   * @throws RangeError for a code that is not of the alphabet
   */
  write(codes: Int32Array, alphabet: Alphabet, label: string): readonly Section[];
  /**
   * The `count` codes that `write` wrote.
   * @param name of the tensor, for sentences
   * @throws ModelFileError, with a sentence, for anything that `write` does not write
   */
  read(body: ByteReader, count: number, alphabet: Alphabet, name: string): Int32Array;
}
