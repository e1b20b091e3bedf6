import { fillUniform } from '../random/rng';
import { blockCounts, type ScaleGrid, scaleOf } from '../scales/scale-grid';
import type { RoundingStream } from '../scales/uniform';

/** Binarization: every weight is one of two numbers, −h and +h. Arithmetic is float32, as on the GPU. */

/** The two signs as a code of one bit: 1 for w ≥ 0, so that zero counts as positive (Courbariaux et al. 2015, equation 1). */
export function signCode(value: number): 0 | 1 {
  return value >= 0 ? 1 : 0;
}

/**
 * Probability of +h in stochastic BinaryConnect: the hard sigmoid clip((w/h + 1)/2, 0, 1) (Courbariaux, Bengio and David 2015,
 * arXiv 1511.00363, equations 2 and 3). Without it a negative weight could never become +h.
 */
export function hardSigmoid(value: number, limit: number): number {
  const p = Math.fround(Math.fround(value * Math.fround(0.5 / limit)) + 0.5);
  return Math.min(1, Math.max(0, p));
}

/** Limit of the uniform initialization by which BinaryConnect's code scales updates: √(1.5 / (fan-in + fan-out)). */
export function glorotLimit(fanIn: number, fanOut: number): number {
  return Math.fround(Math.sqrt(1.5 / (fanIn + fanOut)));
}

/**
 * One-bit codes of the signs.
 * @throws RangeError if a value is not finite
 */
export function signCodes(values: Float32Array): Int32Array {
  checkFinite(values);
  return Int32Array.from(values, signCode);
}

/**
 * One-bit codes drawn at random: 1 with the probability of `hardSigmoid`.
 * @throws RangeError if a value is not finite
 */
export function stochasticSignCodes(values: Float32Array, limit: number, { seed, purpose, step }: RoundingStream): Int32Array {
  checkFinite(values);
  const draws = new Float32Array(values.length);
  fillUniform(draws, seed, purpose, step);
  return Int32Array.from(values, (value, i) => ((draws[i] as number) < hardSigmoid(value, limit) ? 1 : 0));
}

/** Values cut to [−limit, limit]. */
export function clipTo(values: Float32Array, limit: number): Float32Array {
  return values.map((value) => Math.min(limit, Math.max(-limit, value)));
}

/**
 * Values multiplied by one factor so that their root mean square is that of numbers uniform in ±limit, limit / √3, then cut to
 * ±limit. Zeros stay zeros.
 */
export function spreadOver(values: Float32Array, limit: number): Float32Array {
  const squares = values.reduce((sum, value) => sum + value * value, 0);
  const factor = squares > 0 ? limit / Math.sqrt((3 * squares) / values.length) : 1;
  return clipTo(
    values.map((value) => value * factor),
    limit,
  );
}

/**
 * Mean |w| of every block: the scale α that minimizes Σ (w − α sign w)² (Rastegari et al. 2016, arXiv 1603.05279, equation 6).
 * Summed in double precision.
 * @throws RangeError if a value is not finite
 */
export function meanMagnitudes(values: Float32Array, grid: ScaleGrid): Float32Array {
  checkFinite(values);
  const sums = new Float64Array(grid.scales);
  const counts = blockCounts(values.length, grid);
  for (let i = 0; i < values.length; i++) {
    const block = scaleOf(grid, i);
    sums[block] = (sums[block] as number) + Math.abs(values[i] as number);
  }
  return Float32Array.from(sums, (sum, block) => sum / Math.max(1, counts[block] as number));
}

/**
 * Gradient for the weights under α sign(w), as the paper has it: dy (1/n + α [|w| < 1]), n weights sharing α (Rastegari et al.
 * 2016, section 3.1).
 */
export function xnorGradient(values: Float32Array, dy: Float32Array, grid: ScaleGrid): Float32Array {
  const scales = meanMagnitudes(values, grid);
  const counts = blockCounts(values.length, grid);
  return dy.map((g, i) => {
    const block = scaleOf(grid, i);
    return g * (1 / (counts[block] as number) + (Math.abs(values[i] as number) < 1 ? (scales[block] as number) : 0));
  });
}

/** ±scale of the block, + where the code is 1. */
export function decodeSigns(codes: Int32Array, scales: Float32Array, grid: ScaleGrid): Float32Array {
  return Float32Array.from(codes, (code, i) => (scales[scaleOf(grid, i)] as number) * (code === 1 ? 1 : -1));
}

/** @throws RangeError if a value is not finite */
export function checkFinite(values: Float32Array): void {
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new RangeError(`Value ${bad} is ${values[bad]}; only finite numbers can be quantized.`);
}

/** Binary activations (Rastegari et al. 2016, "XNOR-Net", arXiv 1603.05279, section 3.2). */

/**
 * β sign(x) with β the mean |x| of each image. What is not above 0 counts as −1, so that after a ReLU the units that are silent
 * and those that are not stay apart. Sums are double precision.
 * @param images how many images follow one another
 */
export function signActivation(values: Float32Array, images: number): Float32Array {
  const scales = imageScales(values, images);
  return values.map((value, i) => (value > 0 ? 1 : -1) * scaleAt(scales, i, values.length));
}

/** Its gradient by the clipped straight-through estimator: β dy where |x| ≤ 1, else 0; β is taken as constant. */
export function signActivationGradient(values: Float32Array, images: number, dy: Float32Array): Float32Array {
  const scales = imageScales(values, images);
  return values.map((value, i) => (Math.abs(value) <= 1 ? scaleAt(scales, i, values.length) * (dy[i] as number) : 0));
}

function imageScales(values: Float32Array, images: number): Float32Array {
  const size = values.length / images;
  return Float32Array.from({ length: images }, (_, image) => {
    let sum = 0;
    for (let i = image * size; i < (image + 1) * size; i++) sum += Math.abs(values[i] as number);
    return sum / size;
  });
}

function scaleAt(scales: Float32Array, i: number, count: number): number {
  return scales[Math.floor((i * scales.length) / count)] as number;
}
