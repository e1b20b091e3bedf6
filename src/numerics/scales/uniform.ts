/**
 * Uniform symmetric quantization with narrow range: codes −(2^(b−1) − 1) … 2^(b−1) − 1, value = scale × code, zero exact.
 * (Jacob et al. 2018, arXiv 1712.05877, section 2, with zero-point 0.) Arithmetic is float32, as on the GPU: divide, round,
 * clip and multiply, each rounded to float32.
 */
import { fillUniform } from '../random/rng';
import { isStochastic, type Rounding, roundBy, roundHalfEven } from '../rounding/rounding';
import { type ScaleGrid, scaleOf } from './scale-grid';

/**
 * Largest code: 2^(b−1) − 1.
 * @throws RangeError unless `bits` is an integer from 2 to 16
 */
export function maxCode(bits: number): number {
  if (!Number.isInteger(bits) || bits < 2 || bits > 16)
    throw new RangeError(`A uniform symmetric quantizer has 2 to 16 bits, not ${bits}.`);
  return 2 ** (bits - 1) - 1;
}

/**
 * The scale (step) of min-max calibration: max |w| / (2^(b−1) − 1), in float32; 0 if all values are 0.
 * @throws RangeError if a value is not finite
 */
export function symmetricScale(values: Float32Array, bits: number): number {
  const levels = maxCode(bits);
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const magnitude = Math.abs(values[i] as number);
    if (!(magnitude <= Number.MAX_VALUE)) throw notFinite(values[i] as number, i);
    if (magnitude > largest) largest = magnitude;
  }
  return Math.fround(largest / levels);
}

/**
 * Codes clip(round(w / scale)), halves to even. With scale 0 every code is 0.
 * @throws RangeError if a value is not finite or the scale is negative or not finite
 */
export function quantize(values: Float32Array, scale: number, bits: number): Int32Array {
  const limit = maxCode(bits);
  if (!(scale >= 0 && scale <= Number.MAX_VALUE)) throw new RangeError(`A scale is a finite number, 0 or more, not ${scale}.`);
  const codes = new Int32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!(Math.abs(value) <= Number.MAX_VALUE)) throw notFinite(value, i);
    if (scale === 0) continue;
    // The limits are whole numbers, so that clipping before or after rounding is the same.
    codes[i] = roundHalfEven(Math.max(-limit, Math.min(limit, Math.fround(value / scale))));
  }
  return codes;
}

/** The stream of a stochastic rounding: element i takes the i-th number of (seed, purpose, step). */
export interface RoundingStream {
  readonly seed: number;
  readonly purpose: number;
  readonly step: number;
}

/**
 * A scale for each block of a grid: the block's max |w| / (2^(b−1) − 1).
 * @throws RangeError if a value is not finite
 */
export function groupScales(values: Float32Array, grid: ScaleGrid, bits: number): Float32Array {
  const levels = maxCode(bits);
  const scales = new Float32Array(grid.scales);
  for (let i = 0; i < values.length; i++) {
    const magnitude = Math.abs(values[i] as number);
    if (!(magnitude <= Number.MAX_VALUE)) throw notFinite(values[i] as number, i);
    const group = scaleOf(grid, i);
    if (magnitude > (scales[group] as number)) scales[group] = magnitude;
  }
  return scales.map((largest) => largest / levels);
}

/**
 * Codes by any rounding, a scale a block: clip(round(w / scale)). With scale 0 every code is 0.
 * @throws RangeError if a value is not finite, or a stochastic rounding has no stream
 */
export function quantizeGroups(
  values: Float32Array,
  scales: Float32Array,
  grid: ScaleGrid,
  bits: number,
  rounding: Rounding,
  stream?: RoundingStream,
): Int32Array {
  const limit = maxCode(bits);
  const draws = isStochastic(rounding) ? roundingDraws(values.length, rounding, stream) : undefined;
  const codes = new Int32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!(Math.abs(value) <= Number.MAX_VALUE)) throw notFinite(value, i);
    const scale = scales[scaleOf(grid, i)] as number;
    if (scale === 0) continue;
    const code = roundBy(rounding, Math.fround(value / scale), draws?.[i] ?? 0);
    codes[i] = Math.max(-limit, Math.min(limit, code));
  }
  return codes;
}

/** The values that grouped codes represent, in float32. */
export function dequantizeGroups(codes: Int32Array, scales: Float32Array, grid: ScaleGrid): Float32Array {
  const values = new Float32Array(codes.length);
  for (let i = 0; i < codes.length; i++) values[i] = (scales[scaleOf(grid, i)] as number) * (codes[i] as number);
  return values;
}

/** The random numbers of a stochastic rounding. @throws RangeError without a stream */
export function roundingDraws(count: number, rounding: Rounding, stream: RoundingStream | undefined): Float32Array {
  if (!stream) throw new RangeError(`The rounding "${rounding}" needs a stream of random numbers.`);
  const draws = new Float32Array(count);
  fillUniform(draws, stream.seed, stream.purpose, stream.step);
  return draws;
}

/** The values that the codes of `quantize` represent, in float32. Throws as `quantize` does. */
export function fakeQuantize(values: Float32Array, scale: number, bits: number): Float32Array {
  return dequantize(quantize(values, scale, bits), scale);
}

/** scale × code, in float32. */
export function dequantize(codes: Int32Array, scale: number): Float32Array {
  const values = new Float32Array(codes.length);
  for (let i = 0; i < codes.length; i++) values[i] = scale * (codes[i] as number);
  return values;
}

function notFinite(value: number, index: number): RangeError {
  return new RangeError(`Value ${index} is ${value}; only finite numbers can be quantized.`);
}
