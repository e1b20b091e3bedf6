/**
 * The mean squared error of uniform rounding as a function of its scale: small scales clip, large ones round coarsely, and the optimum
 * lies between. Rounding is in float32.
 */
import { countOf } from '../measures/share';
import { isStochastic, type Rounding, roundBy } from '../rounding/rounding';

/** The codes that a uniform quantizer can use, and the one that means 0: a fraction where no level is 0, as with the two of ±1. */
export interface CodeRange {
  readonly low: number;
  readonly high: number;
  readonly zeroPoint: number;
}

export interface ScaleError {
  readonly scale: number;
  /** Mean of (w − ŵ)². */
  readonly error: number;
}

/**
 * Mean squared error of the values when rounded with this scale; of stochastic roundings the expected one.
 * @throws RangeError unless the scale is positive
 */
export function errorAtScale(
  values: Float32Array,
  scale: number,
  { low, high, zeroPoint }: CodeRange,
  rounding: Rounding = 'nearest-even',
): number {
  if (!(scale > 0)) throw new RangeError(`The error is a function of a positive scale, not of ${scale}.`);
  const s = Math.fround(scale);
  const errorOf = (value: number, code: number) => (value - Math.fround(s * (Math.max(low, Math.min(high, code)) - zeroPoint))) ** 2;
  const stochastic = isStochastic(rounding);
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    const exact = Math.fround(value / s) + zeroPoint;
    if (stochastic) {
      const below = Math.floor(exact);
      const above = Math.ceil(exact);
      const up = rounding === 'stochastic' ? exact - below : 0.5;
      sum += (1 - up) * errorOf(value, below) + up * errorOf(value, above);
    } else sum += errorOf(value, roundBy(rounding, exact, 0));
  }
  return values.length > 0 ? sum / values.length : 0;
}

/**
 * For each value the smallest scale that does not clip it. A value on a side without codes counts as 0: it is clipped at any scale.
 */
export function neededScales(values: Float32Array, { low, high, zeroPoint }: CodeRange): Float32Array {
  const [up, down] = [high - zeroPoint, low - zeroPoint];
  const needed = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    const codes = value > 0 ? up : down;
    if (codes !== 0 && value !== 0) needed[i] = Math.max(0, value / codes);
  }
  return needed;
}

/**
 * The largest value, and the one that a share `q` of all does not exceed, to 1/4096 of the largest; values are 0 or more. 0 of nothing.
 */
export function upperQuantile(values: Float32Array, q: number): { readonly largest: number; readonly quantile: number } {
  let largest = 0;
  for (let i = 0; i < values.length; i++) if ((values[i] as number) > largest) largest = values[i] as number;
  if (largest === 0) return { largest, quantile: 0 };
  const bins = new Uint32Array(4097);
  const perUnit = 4096 / largest;
  for (let i = 0; i < values.length; i++) {
    const bin = Math.min(4096, Math.ceil((values[i] as number) * perUnit));
    bins[bin] = (bins[bin] as number) + 1;
  }
  let seen = 0;
  const wanted = countOf(100 * q, values.length);
  const bin = bins.findIndex((inBin) => {
    seen += inBin;
    return seen >= wanted;
  });
  return { largest, quantile: (bin / 4096) * largest };
}

/** `count` scales from `from` to `to`, each the same factor above the one before. */
export function geometricScales(from: number, to: number, count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => from * (to / from) ** (i / (count - 1)));
}

/** The scale of least error: the best of the given ones, then of 32 between its neighbours. `scales` ascend. */
export function bestScale(
  values: Float32Array,
  range: CodeRange,
  scales: Float32Array,
  errors: Float32Array,
  rounding: Rounding = 'nearest-even',
): ScaleError {
  const best = errors.indexOf(errors.reduce((a, b) => Math.min(a, b)));
  const from = scales[Math.max(0, best - 1)] as number;
  const to = scales[Math.min(scales.length - 1, best + 1)] as number;
  let found: ScaleError = { scale: scales[best] as number, error: errors[best] as number };
  for (const scale of geometricScales(from, to, 34).subarray(1, 33)) {
    const error = errorAtScale(values, scale, range, rounding);
    if (error < found.error) found = { scale, error };
  }
  return found;
}
