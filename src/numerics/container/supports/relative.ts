import { packedLength, packUnsigned, unpackUnsigned } from '../../coding/pack-bits';
import { entryPositions, relativeIndex } from '../../coding/relative-index';
import { type ByteReader, ModelFileError } from '../byte-reader';
import { pushVarint } from '../head-bytes';
import { sizeOf } from '../section';
import { keptIndices, keptProblem, type SupportKind } from './support-kind';

/**
 * The distance of each kept element to the one before it, in a few bits, with fillers where it is too large (Han et al. 2016; see
 * coding/relative-index.ts). In the paper a filler has a stored value, 0. Here it has none, because not every encoding has a code for 0;
 * instead a bit tells fillers from kept elements where the gap is the largest one.
 */
export interface RelativeSupport {
  readonly kind: 'relative';
  /** Of a gap: 1 … 16. */
  readonly bits: number;
  /** One byte for each element: 1 kept, 0 pruned. */
  readonly kept: Uint8Array;
}

export const MAX_INDEX_BITS = 16;

/**
 * In the file: u8 bits; varint number of entries, fillers included; gap − 1 of each entry, unsigned, as the tensor's coder writes codes; then
 * a bit for each entry with the largest gap: 1 filler, 0 kept, the first in the lowest bit of the first byte.
 */
export const relative: SupportKind<RelativeSupport> = {
  kind: 'relative',
  number: 2,
  leastBytes: () => 2,
  leastEntries: () => 0,

  write({ kept, bits }, _shape, label, coder) {
    const { gaps, fillers } = relativeIndex(keptIndices(kept), bits);
    const head = [bits];
    pushVarint(head, gaps.length);
    const flags = Int32Array.from(fillers.filter((_, entry) => gaps[entry] === 2 ** bits - 1));
    return [
      { bytes: Uint8Array.from(head), name: `${label} index: bits and entries`, kind: 'indices' },
      ...coder.write(gaps, { bits, sign: 'unsigned' }, { label, noun: 'gaps', kind: 'indices' }),
      { bytes: packUnsigned(flags, 1), name: `${label} fillers, 1 bit for each largest gap`, kind: 'indices' },
    ];
  },

  read(body, shape, name, coder) {
    const bits = body.u8(`the index bits of ${name}`);
    if (bits < 1 || bits > MAX_INDEX_BITS) throw damaged(name, `has ${bits} bits`);
    const entries = body.varint(`the number of index entries of ${name}`);
    if (coder.leastBytes(entries, bits) > body.remaining) throw damaged(name, `has ${entries} entries, more than the file can hold`);
    const count = sizeOf(shape);
    if (entries > count) throw damaged(name, `has ${entries} entries for ${count} elements`);
    const gaps = coder.read(body, entries, { bits, sign: 'unsigned' }, `the index of ${name}`);
    const fillers = readFillers(body, gaps, bits, name);
    if (fillers.at(-1) === 1) throw damaged(name, 'ends with a filler');
    const positions = entryPositions(gaps);
    if ((positions.at(-1) ?? 0) >= count) throw damaged(name, `runs past the end: ${count} elements`);
    const kept = new Uint8Array(count);
    for (let entry = 0; entry < entries; entry++) if (fillers[entry] === 0) kept[positions[entry] as number] = 1;
    return { kind: 'relative', bits, kept };
  },

  indices: ({ kept }) => keptIndices(kept),

  problem(name, { kept, bits }, shape) {
    if (!Number.isInteger(bits) || bits < 1 || bits > MAX_INDEX_BITS)
      return `${name} has an index of ${bits} bits; 1 to ${MAX_INDEX_BITS} can be stored.`;
    return keptProblem(name, kept, sizeOf(shape));
  },
};

function readFillers(body: ByteReader, gaps: Int32Array, bits: number, name: string): Uint8Array {
  const largest = 2 ** bits - 1;
  let count = 0;
  for (let i = 0; i < gaps.length; i++) if (gaps[i] === largest) count++;
  const bytes = body.take(packedLength(count, 1), `the fillers of ${name}`);
  if (count % 8 > 0 && (bytes.at(-1) as number) >> (count % 8) !== 0) throw damaged(name, 'marks fillers that do not exist');
  const flags = unpackUnsigned(bytes, count, 1);
  let next = 0;
  return Uint8Array.from(gaps, (gap) => (gap === largest ? (flags[next++] as number) : 0));
}

function damaged(name: string, what: string): ModelFileError {
  return new ModelFileError(`The model file is damaged: the index of ${name} ${what}.`);
}
