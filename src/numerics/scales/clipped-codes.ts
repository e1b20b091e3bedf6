import { roundHalfEven } from '../rounding/rounding';
import { type ScaleGrid, scaleOf } from './scale-grid';

/**
 * Codes between two limits: round(clip(x / scale)), halves to even, and value = scale × code. What LSQ, PACT, DoReFa and WRPN
 * share; they differ in where the scale comes from, and in its gradient. Float32 arithmetic, as on the GPU.
 */

/** Smallest and largest code. */
export interface CodeRange {
  readonly lowest: number;
  readonly highest: number;
}

/** −2^(b−1) … 2^(b−1) − 1: two's complement. @throws RangeError for less than 2 bits: no code would be positive */
export function signedRange(bits: number): CodeRange {
  checkBits(bits, 2);
  return { lowest: -(2 ** (bits - 1)), highest: 2 ** (bits - 1) - 1 };
}

/** As many codes below zero as above: ±(2^(b−1) − 1). @throws RangeError for less than 2 bits */
export function narrowRange(bits: number): CodeRange {
  const { highest } = signedRange(bits);
  return { lowest: -highest, highest };
}

/** 0 … 2^b − 1. */
export function unsignedRange(bits: number): CodeRange {
  checkBits(bits, 1);
  return { lowest: 0, highest: 2 ** bits - 1 };
}

function checkBits(bits: number, least: number): void {
  if (!Number.isInteger(bits) || bits < least || bits > 16) throw new RangeError(`Codes have ${least} to 16 bits here, not ${bits}.`);
}

/**
 * The codes of values, a scale a block; 0 where the scale is 0.
 * @throws RangeError if a value is not finite
 */
export function clippedCodes(values: Float32Array, scales: Float32Array, grid: ScaleGrid, { lowest, highest }: CodeRange): Int32Array {
  return Int32Array.from(values, (value, i) => {
    if (!Number.isFinite(value)) throw new RangeError(`Value ${i} is ${value}; only finite numbers can be quantized.`);
    const scale = scales[scaleOf(grid, i)] as number;
    if (scale === 0) return 0;
    return roundHalfEven(Math.max(lowest, Math.min(highest, Math.fround(value / scale))));
  });
}

/** The values that the codes represent. Throws as `clippedCodes` does. */
export function clippedValues(values: Float32Array, scales: Float32Array, grid: ScaleGrid, range: CodeRange): Float32Array {
  const codes = clippedCodes(values, scales, grid, range);
  return Float32Array.from(codes, (code, i) => (scales[scaleOf(grid, i)] as number) * code);
}

/** Wide reduced-precision networks (Mishra et al. 2018, "WRPN", arXiv 1709.01134, section 5). */

/**
 * The gradient of clip(x / r, from, 1) · r by x, which replaces that of the rounded values: dy where from · r ≤ x ≤ r, else 0.
 * DoReFa's activations have the same.
 * @param from −1 for weights, 0 for activations
 */
export function clipGradient(values: Float32Array, range: number, from: -1 | 0, dy: Float32Array): Float32Array {
  return values.map((x, i) => (x <= range && x >= from * range ? (dy[i] as number) : 0));
}

/**
 * The scale for codes up to `highest` in the range: weights in [−r, r] have 2^(k−1) − 1 steps on each side, activations in [0, r]
 * have 2^k − 1. The paper's range is 1.
 */
export function stepOf(range: number, highest: number): number {
  return Math.fround(range / highest);
}
