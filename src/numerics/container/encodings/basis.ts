import type { Granularity } from '../../scales/scale-grid';
import { pushGranularity, readBits, readGranularity } from '../head-bytes';
import { floatSection, plural } from '../section';
import { blockOf, cutOf, type EncodingHead, type EncodingKind, eachPart, notFinite, rankedCodes } from './encoding-kind';

/** value = Σ_j ±basis[block, j], plus where bit j of the code is 1. Codes are 0 … 2^bits − 1. */
export interface BasisEncoding {
  readonly kind: 'basis';
  readonly bits: number;
  readonly codes: Int32Array;
  /** blocks × bits. */
  readonly basis: Float32Array;
  readonly granularity?: Granularity;
}

export const basis: EncodingKind<BasisEncoding, EncodingHead> = {
  kind: 'basis',
  numbers: [6],
  numberOf: () => 6,

  pushHead(out, { bits, granularity = 'tensor' }) {
    out.push(bits);
    pushGranularity(out, granularity);
  },

  readHead: (body, name) => ({ bits: readBits(body, name), granularity: readGranularity(body, name) }),

  write: ({ bits, codes, basis: numbers }, to) => [
    floatSection(to.label, numbers, 'basis number', 'codebook'),
    ...to.codes(codes, bits, 'unsigned'),
  ],

  read(body, head, from) {
    const { bits } = head;
    const numbers = body.float32(from.blocks * bits, `the basis of ${from.name}`);
    return { kind: 'basis', bits, basis: numbers, codes: from.codes(bits, 'unsigned'), ...cutOf(head) };
  },

  /** ±v_0 ± v_1 …, added in this order, each sum rounded to float32. */
  decode(encoding, shape) {
    const { codes, basis: numbers, bits } = encoding;
    const block = blockOf(encoding, shape);
    const values = new Float32Array(codes.length);
    for (let i = 0; i < codes.length; i++) {
      const first = block(i) * bits;
      let value = 0;
      for (let j = 0; j < bits; j++) {
        const part = numbers[first + j] ?? 0;
        value = Math.fround((codes[i] as number) & (1 << j) ? value + part : value - part);
      }
      values[i] = value;
    }
    return values;
  },

  problem(name, { basis: numbers, bits }, blocks) {
    if (numbers.length !== blocks * bits) return `${name} must have ${plural(blocks * bits, 'basis number')}, not ${numbers.length}.`;
    return notFinite(name, 'basis number', numbers);
  },

  order: (encoding, shape) => rankedCodes(encoding, shape, basesOf(encoding), (block) => blockLevels(encoding, block)),
  levels: blockLevels,
  possibleLevels: (encoding) => (basesOf(encoding) > 1 ? null : 2 ** encoding.bits),
  blockScales: (encoding) => ({
    kind: 'largest level',
    scales: eachPart(encoding.basis, basesOf(encoding), (sum, v) => sum + Math.abs(v)),
  }),
};

/** The 2^n sums ±v₀ ± v₁ …, plus where bit j of the index is 1. */
export function basisSums(numbers: Float32Array): Float32Array {
  return Float32Array.from({ length: 2 ** numbers.length }, (_, code) =>
    numbers.reduce((sum, v, j) => sum + ((code >> j) & 1 ? v : -v), 0),
  );
}

function basesOf({ basis: numbers, bits }: BasisEncoding): number {
  return numbers.length / bits;
}

function blockLevels(encoding: BasisEncoding, block: number): Float32Array {
  const { basis: numbers, bits } = encoding;
  const first = basesOf(encoding) > 1 ? block * bits : 0;
  return basisSums(numbers.subarray(first, first + bits));
}
