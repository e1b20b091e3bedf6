import type { Granularity } from '../../scales/scale-grid';
import { pushGranularity, pushVarint, readBits, readGranularity } from '../head-bytes';
import { floatSection, plural } from '../section';
import { blockOf, cutOf, type EncodingHead, type EncodingKind, eachPart, notFinite, rankedCodes } from './encoding-kind';

/** value = levels[codebook, code]. Codes are 0 … levels in a codebook − 1. */
export interface CodebookEncoding {
  readonly kind: 'codebook';
  readonly bits: number;
  readonly codes: Int32Array;
  /** At most 2^bits, any order; one codebook for the tensor, or one codebook of equal length after another for each block. */
  readonly levels: Float32Array;
  /** Number of codebooks: 1, or the number of blocks. */
  readonly codebooks: number;
  readonly granularity?: Granularity;
}

interface CodebookHead extends EncodingHead {
  readonly codebooks: number;
  readonly bookLength: number;
}

export const codebook: EncodingKind<CodebookEncoding, CodebookHead> = {
  kind: 'codebook',
  numbers: [5],
  numberOf: () => 5,

  pushHead(out, { bits, levels, codebooks, granularity = 'tensor' }) {
    out.push(bits);
    pushGranularity(out, granularity);
    pushVarint(out, codebooks);
    pushVarint(out, levels.length / codebooks);
  },

  readHead(body, name) {
    const bits = readBits(body, name);
    const granularity = readGranularity(body, name);
    const codebooks = body.varint(`the number of codebooks of ${name}`);
    return { bits, granularity, codebooks, bookLength: body.varint(`the length of the codebooks of ${name}`) };
  },

  write: ({ bits, codes, levels }, to) => [floatSection(to.label, levels, 'level', 'codebook'), ...to.codes(codes, bits, 'unsigned')],

  read(body, head, from) {
    const { bits, codebooks, bookLength } = head;
    const levels = body.float32(codebooks * bookLength, `the codebook of ${from.name}`);
    return { kind: 'codebook', bits, levels, codebooks, codes: from.codes(bits, 'unsigned'), ...cutOf(head) };
  },

  decode(encoding, shape) {
    const { codes, levels, codebooks } = encoding;
    const block = blockOf(encoding, shape);
    const length = levels.length / codebooks;
    const values = new Float32Array(codes.length);
    for (let i = 0; i < codes.length; i++) values[i] = levels[(codebooks === 1 ? 0 : block(i) * length) + (codes[i] as number)] ?? 0;
    return values;
  },

  problem(name, { levels, codebooks, codes, bits }, blocks) {
    const length = levels.length / codebooks;
    if (codebooks !== 1 && codebooks !== blocks) return `${name} must have one codebook or ${blocks}, not ${codebooks}.`;
    if (!Number.isInteger(length) || length < 1 || length > 2 ** bits)
      return `${name} has ${plural(levels.length, 'level')} in ${plural(codebooks, 'codebook')} for codes of ${bits} bits.`;
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i] as number;
      if (code < 0 || code >= length) return `${name} has the code ${code}, and its codebook ${plural(length, 'level')}.`;
    }
    return notFinite(name, 'level', levels);
  },

  order: (encoding, shape) => rankedCodes(encoding, shape, encoding.codebooks, (codebook) => bookLevels(encoding, codebook)),
  levels: bookLevels,
  possibleLevels: ({ codebooks, levels }) => (codebooks > 1 ? null : new Set(levels).size),
  blockScales: ({ levels, codebooks }) => ({
    kind: 'largest level',
    scales: eachPart(levels, codebooks, (most, level) => Math.max(most, Math.abs(level))),
  }),
};

function bookLevels({ levels, codebooks }: CodebookEncoding, block: number): Float32Array {
  const size = levels.length / codebooks;
  const first = codebooks > 1 ? block * size : 0;
  return levels.slice(first, first + size);
}
