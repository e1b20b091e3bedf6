/** One block of numbers that share a scale, stored as the file stores it. Pure. */
import { numberTarget } from '../../experiment/methods/quantizers/number-formats';
import { decodeEncoding } from '../../numerics/container/encoding';
import { payloadOf } from '../../numerics/container/model-file-payload';
import type { Encoding } from '../../numerics/container/stored-tensor';
import { type BlockFormatId, blockFormats } from '../../numerics/formats/block-formats';
import { scaleMap } from '../../numerics/inspection/scale-map';
import { encodeTarget } from '../../numerics/quantizers/number-target';
import { floorLog2 } from '../../numerics/rounding/rounding-grid';

export interface BlockMember {
  readonly x: number;
  /** x ÷ scale, not yet rounded. */
  readonly scaled: number;
  /** The element's bit pattern, 0 … 2^bits − 1. */
  readonly code: number;
  /** The number that the pattern represents without the scale. */
  readonly element: number;
  readonly stored: number;
  readonly error: number;
  /** x ÷ scale is beyond the largest element. */
  readonly saturates: boolean;
}

export interface WorkedBlock {
  /** Of one element. */
  readonly bits: number;
  /** Of a whole block in the file, its scale among them, over its numbers. */
  readonly bitsPerNumber: number;
  /** Largest magnitude in the block. */
  readonly largest: number;
  readonly scale: number;
  /** Where the scale is a power of two. */
  readonly exponent?: number;
  /** The largest element, and the exponent of its binade. */
  readonly maxElement: number;
  readonly maxExponent: number;
  /** Every number that the block could store, ascending. */
  readonly numbers: readonly number[];
  readonly members: readonly BlockMember[];
}

/** Blocks to begin with: each has its lesson. */
export const blockExamples = {
  '7.9': [7.9, 0.7, -5.1, 2.4, 0.2, -1.3, 3.6, -0.4],
  '0.3': [0.3, -0.22, 0.1, 0.05, -0.01, 0.18, -0.13, 0.03],
  outlier: [100, 0.7, -5.1, 2.4, 0.2, -1.3, 3.6, -0.4],
} as const;

/**
 * Rounds a block to nearest.
 * @param values the block's first numbers; the others are 0, which changes nothing for these
 * @throws RangeError for more values than a block has
 */
export function workedBlock(values: readonly number[], id: BlockFormatId): WorkedBlock {
  const { size } = blockFormats[id];
  const padded = new Float32Array(size);
  padded.set(values);
  const shape = [size, 1];
  const encoding = encodeTarget(padded, shape, numberTarget({ format: id }, ''), { inputs: size }, 'nearest-even');
  if (encoding.kind !== 'format') throw new RangeError(`${id} has no elements.`);
  const elements = elementsOf(encoding, encoding.codes);
  const possible = possibleElements(encoding);
  const maxElement = possible.at(-1) ?? 0;
  const stored = decodeEncoding(encoding, shape);
  const scale = scaleMap(encoding, shape, 1)?.largest ?? 1;
  const exponent = encoding.exponents?.[0];
  const bytes = payloadOf({ name: id, role: 'weight', shape, encoding }).reduce((sum, section) => sum + section.bytes.length, 0);
  return {
    bits: encoding.bits,
    bitsPerNumber: (8 * bytes) / size,
    largest: Math.max(...values.map(Math.abs)),
    scale,
    ...(exponent !== undefined && { exponent }),
    maxElement,
    maxExponent: floorLog2(maxElement),
    numbers: scale === 0 ? [0] : possible.map((element) => element * scale),
    members: values.map((x, i) => {
      const scaled = scale === 0 ? 0 : x / scale;
      const value = (stored[i] ?? 0) + 0;
      const element = (elements[i] ?? 0) + 0;
      return {
        x,
        scaled,
        code: encoding.codes[i] ?? 0,
        element,
        stored: value,
        error: value - x,
        saturates: Math.abs(scaled) > maxElement,
      };
    }),
  };
}

type FormatEncoding = Extract<Encoding, { readonly kind: 'format' }>;

/** What bit patterns represent without a scale. */
function elementsOf({ format, bits }: FormatEncoding, codes: Int32Array): Float32Array {
  return decodeEncoding({ kind: 'format', format, bits, codes }, [codes.length]);
}

/** The elements that a number may be rounded to, ascending, zero once. Whole numbers leave the one without an opposite out. */
function possibleElements(encoding: FormatEncoding): readonly number[] {
  const codes = Int32Array.from({ length: 2 ** encoding.bits }, (_, code) => code);
  const finite = [...elementsOf(encoding, codes)].filter(Number.isFinite).map((element) => element + 0);
  const largest = Math.max(...finite);
  return [...new Set(finite)].filter((element) => element >= -largest).sort((a, b) => a - b);
}
