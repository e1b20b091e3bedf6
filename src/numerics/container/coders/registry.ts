/** The ways to write a list of codes, a line each. */
import type { Coder } from './coder';
import { huffman } from './huffman';
import { packed } from './packed';

const coders = [packed, huffman] as const;

export type AnyCoderId = (typeof coders)[number]['id'];

export type AnyCoder = Coder<AnyCoderId>;

const all: readonly AnyCoder[] = coders;

/** @throws RangeError if there is no such coder */
export function coderOf(id: AnyCoderId = packed.id): AnyCoder {
  const found = all.find((coder) => coder.id === id);
  if (!found) throw new RangeError(`There is no coder "${id}".`);
  return found;
}

/** The coder that the file calls by this number. */
export function coderNumbered(number: number): AnyCoder | undefined {
  return all.find((coder) => coder.number === number);
}
