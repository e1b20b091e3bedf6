/**
 * Quantization intervals (Jung et al. 2019, "Learning to quantize deep networks by optimizing quantization intervals with task
 * loss", arXiv 1808.05779): |x| below c − d is pruned, above c + d clipped, and what lies between is spread over 0 … 1, then rounded.
 */
import { roundHalfEven } from '../rounding/rounding';

export interface Interval {
  /** c, where the interval has its middle. */
  readonly centre: number;
  /** d, half of its width; more than 0. */
  readonly distance: number;
  /** γ, the power to which the place in the interval is raised; 1 for activations. */
  readonly power: number;
}

/** d and γ do not fall below these: the interval keeps a width, and its ends stay apart. */
export const SMALLEST_DISTANCE = 1e-6;
export const SMALLEST_POWER = 0.1;
/** The slope of z^γ is taken here at the least: with γ < 1 it is infinite at 0. */
export const SMALLEST_POSITION = 2 ** -10;

/** Where |x| lies in the interval: clip(|x| / 2d + (1 − c / d) / 2, 0, 1). */
export function qilPosition(magnitude: number, { centre, distance }: Interval): number {
  const slope = Math.fround(0.5 / distance);
  const offset = Math.fround(0.5 - Math.fround(slope * centre));
  return Math.max(0, Math.min(1, Math.fround(Math.fround(magnitude * slope) + offset)));
}

/** The transformed magnitude, 0 … 1: place^γ (equation 2). */
export function qilTransform(magnitude: number, interval: Interval): number {
  const position = qilPosition(magnitude, interval);
  return interval.power === 1 ? position : Math.fround(position ** interval.power);
}

/**
 * Codes sign(x) · round(highest · place^γ), −highest … highest (equation 3).
 * @param highest 2^(b−1) − 1 for weights, 2^b − 1 for activations
 * @throws RangeError if a value is not finite
 */
export function qilCodes(values: Float32Array, interval: Interval, highest: number): Int32Array {
  return Int32Array.from(values, (value) => {
    if (!Number.isFinite(value)) throw new RangeError(`A value is ${value}; only finite numbers can be quantized.`);
    return Math.sign(value) * roundHalfEven(Math.fround(qilTransform(Math.abs(value), interval) * highest));
  });
}

/** An interval from 0 to `range`: the transformer is then the division by it. */
export function wholeInterval(range: number): Interval {
  const half = Math.max(Math.fround(range / 2), SMALLEST_DISTANCE);
  return { centre: half, distance: half, power: 1 };
}

export interface QilGradients {
  readonly values: Float32Array;
  readonly centre: number;
  readonly distance: number;
  readonly power: number;
  /** Σ dy · sign(x) round(…) / highest, by the scale α that the codes' values code / highest are multiplied by. */
  readonly scale: number;
}

/** The gradients of α · code / highest: the true ones of α · sign(x) · place^γ, except for the scale; 0 where x is pruned or clipped. */
export function qilGradients(values: Float32Array, interval: Interval, highest: number, scale: number, dy: Float32Array): QilGradients {
  const { centre, distance, power } = interval;
  const codes = qilCodes(values, interval, highest);
  const sums = { centre: 0, distance: 0, power: 0, scale: 0 };
  const byValue = values.map((value, i) => {
    const given = dy[i] as number;
    const magnitude = Math.abs(value);
    const position = qilPosition(magnitude, interval);
    sums.scale += (given * (codes[i] as number)) / highest;
    if (position <= 0 || position >= 1) return 0;
    const z = Math.max(position, SMALLEST_POSITION);
    const slope = (scale * power * z ** (power - 1) * 0.5) / distance;
    const signed = given * Math.sign(value);
    sums.centre -= signed * slope;
    sums.distance -= (signed * slope * (magnitude - centre)) / distance;
    sums.power += signed * scale * z ** power * Math.log(z);
    return given * slope;
  });
  return { values: byValue, ...sums };
}
