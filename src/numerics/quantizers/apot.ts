/**
 * Additive powers of two (Li, Dong and Wang 2020, "Additive powers-of-two quantization", arXiv 1909.13144): levels that are sums of
 * a few powers of two, up to a learned clipping threshold α. One bit is the sign, and each term of a sum is chosen by two bits.
 */
import { fittedScales, leastSquaresScales } from '../scales/fitted-scale';
import { scaleGrid } from '../scales/scale-grid';
import { decodeLevels, levelCodes, midpoints } from './levels';
import { SMALLEST_CLIP } from './pact';

/** α in standard deviations for 2 … 5 bits: least mean squared error of rounding a normal number to these levels. */
const normalClips = [1.224, 2.072, 2.628, 3.36] as const;

/** Turns of finding levels and α before training begins. */
const TURNS = 10;

/**
 * The levels for α = 1: 0 and the sums with either sign. Of 2n + 1 bits, term i = 0 … n − 1 is 0, 2^−i, 2^−(i+n) or 2^−(i+2n) (base
 * bit width k = 2). 2n + 2 bits have one more term, 0 or 2^−2n, and the smallest power of the others is halved (the authors' code).
 * @returns 2^bits − 1 numbers from −1 to 1, ascending
 * @throws RangeError unless `bits` is 2, 3, 4 or 5
 */
export function apotUnits(bits: number): Float32Array {
  if (!Number.isInteger(bits) || bits < 2 || bits > 5) throw new RangeError(`Additive powers of two have 2 to 5 bits, not ${bits}.`);
  const n = Math.floor((bits - 1) / 2);
  const more = (bits - 1) % 2;
  const terms = Array.from({ length: n }, (_, i) => [0, 2 ** -i, 2 ** -(i + n), 2 ** -(i + 2 * n + more)]);
  if (more) terms.push([0, 2 ** (-2 * n)]);
  const sums = terms.reduce<readonly number[]>((all, term) => all.flatMap((sum) => term.map((power) => sum + power)), [0]);
  const [zero = 0, ...positive] = [...sums].sort((a, b) => a - b);
  const largest = positive.at(-1) ?? 1;
  return Float32Array.from([...positive.map((sum) => -sum).reverse(), zero, ...positive], (sum) => sum / largest);
}

/** The levels of a tensor: α × unit, in float32. */
export function apotLevels(units: Float32Array, clip: number): Float32Array {
  return units.map((unit) => unit * clip);
}

/** An α to start from: least squared error for normal weights, then for these by turns; more than 0. */
export function apotStart(values: Float32Array, bits: number): Float32Array {
  const units = apotUnits(bits);
  const grid = scaleGrid([values.length], 'tensor');
  let clips = fittedScales(values, grid, { statistic: 'rms', factor: normalClips[bits - 2] as number });
  for (let turn = 0; turn < TURNS; turn++) {
    const codes = levelCodes(values, midpoints(apotLevels(units, clips[0] as number), units.length), units.length, grid);
    clips = leastSquaresScales(values, decodeLevels(codes, units, units.length, grid), clips, grid);
  }
  return clips.map((clip) => Math.max(clip, SMALLEST_CLIP));
}

/**
 * The surrogate gradient by α (equation 8): Σ dy · (level / α − w / α) for |w| ≤ α, Σ dy · sign(w) beyond. The one by the weights is
 * dy itself, beyond α too, as in the authors' code for CIFAR-10.
 */
export function apotClipGradient(values: Float32Array, bits: number, clip: number, dy: Float32Array): number {
  const units = apotUnits(bits);
  const grid = scaleGrid([values.length], 'tensor');
  const codes = levelCodes(values, midpoints(apotLevels(units, clip), units.length), units.length, grid);
  return values.reduce((sum, value, i) => {
    const inside = Math.abs(value) <= clip ? value / clip : 0;
    return sum + (dy[i] as number) * ((units[codes[i] as number] as number) - inside);
  }, 0);
}
