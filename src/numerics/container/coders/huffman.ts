import { averageLength, canonicalCodes, canonicalOrder, codeLengths } from '../../coding/huffman';
import { packBits, packedLength, packUnsigned, unpackBits, unpackUnsigned } from '../../coding/pack-bits';
import { MAX_CODE_LENGTH, prefixCodeProblem, readPrefixCodes, writePrefixCodes } from '../../coding/prefix-code';
import { type ByteReader, ModelFileError } from '../byte-reader';
import { pushVarint } from '../head-bytes';
import type { Alphabet, Coder } from './coder';

/**
 * A canonical Huffman code for the integers that occur (Han et al. 2016, section 4). In the file: u8 longest length L; for each length
 * 1 … L a varint, how many codes have it; the integers that have a code, by length and then ascending, packed with the bits of the
 * alphabet; then the codes. An empty list takes no bytes.
 */
export const huffman: Coder<'huffman'> = {
  id: 'huffman',
  number: 1,
  leastBytes: (count) => Math.ceil(count / 8),

  write(codes, alphabet, { label, noun, kind }) {
    if (codes.length === 0) return [];
    const { values, ranks, frequencies } = ranked(codes);
    const lengths = codeLengths(frequencies);
    const order = canonicalOrder(lengths);
    const table = [lengths[order.at(-1) as number] as number];
    for (let length = 1; length <= (table[0] as number); length++) pushVarint(table, lengths.filter((own) => own === length).length);
    const listed = pack(
      Int32Array.from(order, (rank) => values[rank] as number),
      alphabet,
    );
    const average = averageLength(frequencies, lengths).toFixed(2);
    return [
      { bytes: concatenated(table, listed), name: `${label} code table of the ${noun}`, kind: 'codeTables' },
      { bytes: writePrefixCodes(ranks, canonicalCodes(lengths), lengths), name: `${label} ${noun}, Huffman, ${average} bits each`, kind },
    ];
  },

  read(body, count, alphabet, what) {
    if (count === 0) return new Int32Array();
    const { perLength, values } = readTable(body, alphabet, what);
    if (Math.ceil(count / 8) > body.remaining)
      throw new ModelFileError(`The model file is damaged: ${what} needs more bytes than the ${body.remaining} that are left.`);
    try {
      return readPrefixCodes(() => body.u8(what), count, perLength, values);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new ModelFileError(`The model file is damaged: ${what} cannot be read. ${error.message}`);
    }
  },
};

/** The distinct integers, ascending; each code as its place among them; how often each occurs. */
function ranked(codes: Int32Array): { values: Int32Array; ranks: Int32Array; frequencies: Float64Array } {
  const values = Int32Array.from(new Set(codes)).sort();
  const places = new Map(Array.from(values, (value, place) => [value, place] as const));
  const ranks = codes.map((code) => places.get(code) as number);
  const frequencies = new Float64Array(values.length);
  for (const rank of ranks) frequencies[rank] = (frequencies[rank] as number) + 1;
  return { values, ranks, frequencies };
}

/** @throws ModelFileError for a table that no Huffman code has */
function readTable(body: ByteReader, { bits, sign }: Alphabet, what: string): { perLength: number[]; values: Int32Array } {
  const damaged = (problem: string) => new ModelFileError(`The model file is damaged: the code table of ${what} ${problem}.`);
  const longest = body.u8(`the code table of ${what}`);
  if (longest < 1 || longest > MAX_CODE_LENGTH) throw damaged(`has codes of ${longest} bits`);
  const perLength = Array.from({ length: longest }, () => body.varint(`the code table of ${what}`));
  const problem = prefixCodeProblem(perLength);
  if (problem) throw damaged(problem);
  const count = perLength.reduce((sum, codes) => sum + codes, 0);
  if (count > 2 ** bits) throw damaged(`has ${count} codes for numbers of ${bits} bits`);
  const bytes = body.take(packedLength(count, bits), `the code table of ${what}`);
  const values = sign === 'signed' ? unpackBits(bytes, count, bits) : unpackUnsigned(bytes, count, bits);
  let first = 0;
  for (const codes of perLength) {
    for (let i = first + 1; i < first + codes; i++)
      if ((values[i] as number) <= (values[i - 1] as number)) throw damaged('is not in ascending order');
    first += codes;
  }
  if (new Set(values).size !== count) throw damaged('gives one number two codes');
  return { perLength, values };
}

function concatenated(first: readonly number[], second: Uint8Array): Uint8Array {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

function pack(values: Int32Array, { bits, sign }: Alphabet): Uint8Array {
  return sign === 'signed' ? packBits(values, bits) : packUnsigned(values, bits);
}
