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
    const { values, ranks, frequencies } = ranked(codes, alphabet.bits);
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

/** The distinct integers, ascending; each code as its place among them; how often each occurs. @throws RangeError for too many */
function ranked(codes: Int32Array, bits: number): { values: Int32Array; ranks: Int32Array; frequencies: Float64Array } {
  let least = codes[0] as number;
  let most = least;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number;
    if (code < least) least = code;
    if (code > most) most = code;
  }
  if (most - least >= 2 ** bits) throw new RangeError(`The codes ${least} to ${most} do not fit in ${bits} bits.`);
  // Codes have at most 24 bits: a table of all between the least and the most is quick and not too large.
  const counts = new Uint32Array(most - least + 1);
  for (let i = 0; i < codes.length; i++) {
    const place = (codes[i] as number) - least;
    counts[place] = (counts[place] as number) + 1;
  }
  const values = Int32Array.from(indicesWhere(counts), (place) => place + least);
  const places = new Int32Array(counts.length);
  for (let place = 0; place < values.length; place++) places[(values[place] as number) - least] = place;
  const ranks = new Int32Array(codes.length);
  for (let i = 0; i < codes.length; i++) ranks[i] = places[(codes[i] as number) - least] as number;
  return { values, ranks, frequencies: Float64Array.from(values, (value) => counts[value - least] as number) };
}

function indicesWhere(counts: Uint32Array): number[] {
  const found: number[] = [];
  for (let i = 0; i < counts.length; i++) if (counts[i] !== 0) found.push(i);
  return found;
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
