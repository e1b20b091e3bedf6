import { packBits, packedLength, unpackBits } from '../../coding/pack-bits';
import { type Granularity, scaleGrid, scaleOf } from '../../scales/scale-grid';
import { pushGranularity, readBits, readGranularity } from '../head-bytes';
import { bitsInWords, floatSection, named, plural, type Section } from '../section';
import { blockOf, cutOf, type EncodingHead, type EncodingKind, notFinite } from './encoding-kind';

/** value = scale × (code − zeroPoint), float32. Codes and zero-points are signed integers of `bits` bits, 1 … 24. */
export interface UniformEncoding {
  readonly kind: 'uniform';
  readonly bits: number;
  readonly codes: Int32Array;
  /** One for each block of the granularity's grid. */
  readonly scales: Float32Array;
  /** As many as scales; absent for symmetric quantizers. */
  readonly zeroPoints?: Int32Array;
  /** 'tensor' if absent. */
  readonly granularity?: Granularity;
}

interface UniformHead extends EncodingHead {
  readonly hasZeroPoints: boolean;
}

const SYMMETRIC = 1;
const ZERO_POINT = 2;
const BLOCKS = 3;
const BLOCKS_ZERO_POINTS = 4;

export const uniform: EncodingKind<UniformEncoding, UniformHead> = {
  kind: 'uniform',
  numbers: [SYMMETRIC, ZERO_POINT, BLOCKS, BLOCKS_ZERO_POINTS],

  numberOf({ zeroPoints, granularity = 'tensor' }) {
    if (granularity === 'tensor') return zeroPoints ? ZERO_POINT : SYMMETRIC;
    return zeroPoints ? BLOCKS_ZERO_POINTS : BLOCKS;
  },

  pushHead(out, { bits, granularity = 'tensor' }) {
    out.push(bits);
    if (granularity !== 'tensor') pushGranularity(out, granularity);
  },

  readHead(body, name, number) {
    const bits = readBits(body, name);
    const granularity = number === BLOCKS || number === BLOCKS_ZERO_POINTS ? readGranularity(body, name) : 'tensor';
    return { bits, granularity, hasZeroPoints: number === ZERO_POINT || number === BLOCKS_ZERO_POINTS };
  },

  write({ bits, codes, scales, zeroPoints }, to) {
    const sections: Section[] = [floatSection(to.label, scales, 'scale', 'scales')];
    if (zeroPoints) {
      const name = `${to.label} ${named(zeroPoints.length, 'zero-point')}${bitsInWords(bits)}`;
      sections.push({ bytes: packBits(zeroPoints, bits), name, kind: 'zeroPoints' });
    }
    return [...sections, ...to.codes(codes, bits, 'signed')];
  },

  read(body, head, from) {
    const { bits, hasZeroPoints } = head;
    const { name, blocks } = from;
    const scales = body.float32(blocks, `the scale of ${name}`);
    const zeroPoints = hasZeroPoints
      ? { zeroPoints: unpackBits(body.take(packedLength(blocks, bits), `the zero-point of ${name}`), blocks, bits) }
      : {};
    return { kind: 'uniform', bits, scales, ...zeroPoints, codes: from.codes(bits, 'signed'), ...cutOf(head) };
  },

  decode(encoding, shape) {
    const { codes, scales, zeroPoints } = encoding;
    const block = blockOf(encoding, shape);
    const values = new Float32Array(codes.length);
    for (let i = 0; i < codes.length; i++) {
      const b = block(i);
      // The product of a float32 and an integer of 25 bits is exact in double precision: storing it rounds once, as a float32
      // product does. Adding 0 turns −0, the product of a scale of 0, into 0.
      values[i] = (scales[b] ?? 0) * ((codes[i] as number) - (zeroPoints?.[b] ?? 0)) + 0;
    }
    return values;
  },

  problem(name, { scales, zeroPoints }, blocks) {
    if (scales.length !== blocks) return `${name} must have ${blocks === 1 ? 'one scale' : `${blocks} scales`}, not ${scales.length}.`;
    if (zeroPoints && zeroPoints.length !== blocks) return `${name} must have ${plural(blocks, 'zero-point')}, not ${zeroPoints.length}.`;
    return notFinite(name, 'scale', scales);
  },

  order({ codes, zeroPoints, granularity = 'tensor' }, shape) {
    if (!zeroPoints?.some((z) => z !== 0)) return codes;
    const grid = scaleGrid(shape, granularity);
    return codes.map((code, i) => code - (zeroPoints[scaleOf(grid, i)] ?? 0));
  },

  levels: () => new Float32Array(),

  possibleLevels({ bits, scales, zeroPoints, codes }) {
    if (scales.length > 1) return null;
    // Symmetric quantizers of narrow range leave the lowest code out.
    const narrow = !zeroPoints && !codes.includes(-(2 ** (bits - 1)));
    return 2 ** bits - (narrow ? 1 : 0);
  },

  blockScales: ({ scales }) => ({ kind: 'scale', scales }),
};
