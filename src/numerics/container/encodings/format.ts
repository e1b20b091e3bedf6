import { decodeElements, elementCount, elementOf } from '../../formats/element';
import { applyFp8Scales } from '../../formats/fp8-scaled';
import type { ElementId } from '../../formats/number-format';
import { decodeFormat } from '../../formats/number-format';
import type { Granularity } from '../../scales/scale-grid';
import type { ByteReader } from '../byte-reader';
import { pushGranularity, readGranularity, unknownDescription } from '../head-bytes';
import { named, plural } from '../section';
import { blockOf, cutOf, type EncodingHead, type EncodingKind } from './encoding-kind';

/** Bit patterns of a small format, 0 … 2^bits − 1; times the scale of the block, which is written in one of two ways. */
export interface FormatEncoding {
  readonly kind: 'format';
  readonly format: ElementId;
  readonly bits: number;
  readonly codes: Int32Array;
  /** One for each block, −127 … 127, 8 bits in the file (E8M0); MX formats only. */
  readonly exponents?: Int32Array;
  /** One for each block, bit patterns of fp8 e4m3fn from 0 to 126 (448): NVFP4 only. */
  readonly fp8Scales?: Int32Array;
  readonly granularity?: Granularity;
}

interface FormatHead extends EncodingHead {
  readonly format: ElementId;
  readonly shared: 'none' | 'exponents' | 'fp8Scales';
}

/** The positions in this list are part of the layout: new formats come last. */
const FORMATS: readonly ElementId[] = ['fp16', 'bf16', 'e4m3fn', 'e4m3', 'e5m2', 'e2m3', 'e3m2', 'e2m1', 'int8'];
const PLAIN = 7;
const EXPONENTS = 8;
const FP8_SCALES = 9;

/** Shared exponents of MX formats: 8 bits, 127 added; 255 would mean NaN (E8M0). */
const EXPONENT_BIAS = 127;

/** The bit pattern of the largest fp8 e4m3fn number; the next one is NaN, and beyond it are the negative ones. */
const LARGEST_FP8 = 126;

export const format: EncodingKind<FormatEncoding, FormatHead> = {
  kind: 'format',
  numbers: [PLAIN, EXPONENTS, FP8_SCALES],
  numberOf: ({ exponents, fp8Scales }) => (fp8Scales ? FP8_SCALES : exponents ? EXPONENTS : PLAIN),

  pushHead(out, { format: id, exponents, fp8Scales, granularity = 'tensor' }) {
    out.push(FORMATS.indexOf(id));
    if (exponents ?? fp8Scales) pushGranularity(out, granularity);
  },

  readHead(body, name, number) {
    const id = FORMATS[body.u8(`the format of ${name}`)];
    if (!id) throw unknownDescription(name);
    const { bits } = elementOf(id);
    if (number === PLAIN) return { bits, format: id, shared: 'none', granularity: 'tensor' };
    return { bits, format: id, shared: number === EXPONENTS ? 'exponents' : 'fp8Scales', granularity: readGranularity(body, name) };
  },

  write({ bits, codes, exponents, fp8Scales }, to) {
    const patterns = to.codes(codes, bits, 'unsigned');
    const shared = fp8Scales ?? exponents?.map((exponent) => exponent + EXPONENT_BIAS);
    if (!shared) return patterns;
    const name = `${to.label} ${named(shared.length, fp8Scales ? 'shared scale' : 'shared exponent')}8 bits`;
    return [{ bytes: Uint8Array.from(shared), name, kind: 'scales' }, ...patterns];
  },

  read(body, head, from) {
    const { bits, format: id } = head;
    const shared = readShared(body, head, from.name, from.blocks);
    return { kind: 'format', format: id, bits, ...shared, codes: from.codes(bits, 'unsigned'), ...cutOf(head) };
  },

  /** The number of the bit pattern, times the scale of the block. */
  decode(encoding, shape) {
    const { format: id, codes, exponents, fp8Scales } = encoding;
    const block = blockOf(encoding, shape);
    const values = decodeElements(id, codes);
    if (fp8Scales) return applyFp8Scales(values, fp8Scales, block);
    if (exponents) for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) * 2 ** (exponents[block(i)] ?? 0);
    return values;
  },

  problem(name, { exponents, fp8Scales }, blocks) {
    if (exponents && fp8Scales) return `${name} has shared exponents and shared scales.`;
    if (fp8Scales && fp8Scales.length !== blocks) return `${name} must have ${plural(blocks, 'shared scale')}, not ${fp8Scales.length}.`;
    const odd = fp8Scales?.find((code) => !(code >= 0 && code <= LARGEST_FP8));
    if (odd !== undefined) return `${name} has the shared scale ${odd}; the fp8 patterns 0 to ${LARGEST_FP8} can be stored.`;
    if (!exponents) return undefined;
    if (exponents.length !== blocks) return `${name} must have ${plural(blocks, 'shared exponent')}, not ${exponents.length}.`;
    const beyond = exponents.find((exponent) => Math.abs(exponent) > EXPONENT_BIAS);
    return beyond === undefined ? undefined : `${name} has the shared exponent ${beyond}; −127 to 127 can be stored.`;
  },

  /** The pattern read as sign and magnitude. */
  order({ bits, codes }) {
    const sign = 2 ** (bits - 1);
    return codes.map((code) => (code >= sign ? sign - code : code));
  },

  levels: () => new Float32Array(),

  possibleLevels: ({ format: id, exponents, fp8Scales }) => (((exponents ?? fp8Scales)?.length ?? 0) > 1 ? null : elementCount(id)),

  blockScales({ exponents, fp8Scales }) {
    if (fp8Scales) return { kind: 'scale', scales: decodeFormat('e4m3fn', fp8Scales) };
    return exponents ? { kind: 'shared power of two', scales: Float32Array.from(exponents, (e) => 2 ** e) } : null;
  },
};

function readShared(
  body: ByteReader,
  { shared }: FormatHead,
  name: string,
  blocks: number,
): Pick<FormatEncoding, 'exponents' | 'fp8Scales'> {
  if (shared === 'none') return {};
  const bytes = body.take(blocks, `the shared ${shared === 'exponents' ? 'exponents' : 'scales'} of ${name}`);
  if (shared === 'fp8Scales') return { fp8Scales: Int32Array.from(bytes) };
  return { exponents: Int32Array.from(bytes, (byte) => byte - EXPONENT_BIAS) };
}
