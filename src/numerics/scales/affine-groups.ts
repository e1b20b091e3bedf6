/** Affine quantization of tensors, with a range for each block of a grid; the arithmetic of affine.ts. */

import { isStochastic, type Rounding, roundBy, roundHalfEven } from '../rounding/rounding';
import { type AffineParameters, type AffineSettings, affineParameters, codeLimits, isSigns } from './affine';
import { type ScaleGrid, scaleOf } from './scale-grid';
import { type RoundingStream, roundingDraws } from './uniform';

/** The ends of what each block shall represent. */
export interface Ranges {
  readonly lows: Float32Array;
  readonly highs: Float32Array;
}

/**
 * The smallest and the largest value of each block, widened to hold 0.
 * @throws RangeError if a value is not finite
 */
export function minMaxRanges(values: Float32Array, grid: ScaleGrid): Ranges {
  const [lows, highs] = [new Float32Array(grid.scales), new Float32Array(grid.scales)];
  for (let i = 0; i < values.length; i++) {
    const value = finite(values, i);
    const block = scaleOf(grid, i);
    if (value < (lows[block] as number)) lows[block] = value;
    if (value > (highs[block] as number)) highs[block] = value;
  }
  return { lows, highs };
}

/** Scale and zero-point of each block. */
export function blockParameters({ lows, highs }: Ranges, settings: AffineSettings): AffineParameters[] {
  return Array.from(lows, (low, block) => affineParameters(low, highs[block] ?? 0, settings));
}

/**
 * Codes clip(round(x / s) + z). With scale 0 all of them are z. One symmetric bit: 1 where the value is 0 or more; roundings other
 * than to the nearest act on (x / s + 1) / 2, the position between −s and s.
 * @throws RangeError if a value is not finite, or a stochastic rounding has no stream
 */
export function affineCodes(
  values: Float32Array,
  parameters: readonly AffineParameters[],
  grid: ScaleGrid,
  settings: AffineSettings,
  rounding: Rounding,
  stream?: RoundingStream,
): Int32Array {
  const draws = isStochastic(rounding) ? roundingDraws(values.length, rounding, stream) : undefined;
  const codes = new Int32Array(values.length);
  const signs = isSigns(settings);
  const { min, max } = signs ? { min: 0, max: 1 } : codeLimits(settings);
  for (let i = 0; i < values.length; i++) {
    const value = finite(values, i);
    const { scale, zeroPoint } = parameters[scaleOf(grid, i)] as AffineParameters;
    const ratio = scale === 0 ? 0 : Math.fround(value / scale);
    const draw = draws?.[i] ?? 0;
    const code = signs ? signBit(rounding, ratio, draw) : roundBy(rounding, ratio, draw) + zeroPoint;
    codes[i] = Math.max(min, Math.min(max, code));
  }
  return codes;
}

function signBit(rounding: Rounding, ratio: number, draw: number): number {
  // Halfway between −s and s lies 0, and x / s + 1 would round a small number to 1.
  if (rounding === 'nearest-even' || rounding === 'half-away') return ratio >= 0 ? 1 : 0;
  return roundBy(rounding, Math.fround(Math.fround(ratio + 1) / 2), draw);
}

/**
 * Where the clipped straight-through gradient passes: 1 where the value, rounded to the nearest, has a code before it is clipped
 * (as in PyTorch's fake quantization: at a tie the rounded code decides); with one symmetric bit, where |x| ≤ s. 0 elsewhere.
 */
export function affineInside(
  values: Float32Array,
  parameters: readonly AffineParameters[],
  grid: ScaleGrid,
  settings: AffineSettings,
): Float32Array {
  const signs = isSigns(settings);
  const { min, max } = signs ? { min: -1, max: 1 } : codeLimits(settings);
  return values.map((value, i) => {
    const { scale, zeroPoint } = parameters[scaleOf(grid, i)] as AffineParameters;
    const ratio = scale === 0 ? 0 : Math.fround(value / scale);
    const code = signs ? ratio : roundHalfEven(ratio) + zeroPoint;
    return code >= min && code <= max ? 1 : 0;
  });
}

function finite(values: Float32Array, i: number): number {
  const value = values[i] as number;
  if (!(Math.abs(value) <= Number.MAX_VALUE)) throw new RangeError(`Value ${i} is ${value}; only finite numbers can be quantized.`);
  return value;
}
