/** Zhou et al. 2016, "DoReFa-Net", arXiv 1606.06160. Float32 arithmetic, but for sums. */

import { roundHalfEven } from '../rounding/rounding';
import { scaleGrid } from '../scales/scale-grid';
import { meanMagnitudes, signCodes } from './binary';

/** Largest code: 2^k − 1. @throws RangeError unless `bits` is 1 … 16 */
export function lastCode(bits: number): number {
  if (!Number.isInteger(bits) || bits < 1 || bits > 16) throw new RangeError(`DoReFa codes have 1 to 16 bits, not ${bits}.`);
  return 2 ** bits - 1;
}

/** Weights between 0 and 1: tanh(w) / (2 max|tanh(w)|) + 1/2 (equation 9). 1/2 if all weights are 0. */
export function dorefaPositions(values: Float32Array): Float32Array {
  const bent = values.map(Math.tanh);
  const largest = bent.reduce((most, t) => Math.max(most, Math.abs(t)), 0);
  const width = Math.fround(2 * largest);
  return bent.map((t) => (largest === 0 ? 0.5 : Math.fround(t / width) + 0.5));
}

/**
 * Codes round((2^k − 1) · place); with one bit 1 where w ≥ 0, else 0.
 * @throws RangeError if a value is not finite
 */
export function dorefaCodes(values: Float32Array, bits: number): Int32Array {
  const last = lastCode(bits);
  if (bits === 1) return signCodes(values);
  const odd = values.find((value) => !Number.isFinite(value));
  if (odd !== undefined) throw new RangeError(`A weight is ${odd}; only finite numbers can be quantized.`);
  return Int32Array.from(dorefaPositions(values), (position) => roundHalfEven(Math.fround(last * position)));
}

/**
 * The value of a code times the layer's scale: (2 code / (2^k − 1) − 1) α, evenly spaced from −α to α and never 0. The file holds
 * the `evenBasis` of α.
 */
export function dorefaValue(code: number, bits: number, scale = 1): number {
  const last = lastCode(bits);
  return Math.fround(Math.fround(scale / last) * (2 * code - last));
}

/** The scale of one-bit weights: mean|w| (equation 7). */
export function binaryScale(values: Float32Array): number {
  return meanMagnitudes(values, scaleGrid([values.length], 'tensor'))[0] ?? 0;
}

/** The α with which the codes' values are closest to the weights: Σ w q / Σ q². Not in the paper, which has α = 1. */
export function dorefaFit(values: Float32Array, bits: number): number {
  if (bits === 1) return binaryScale(values);
  const codes = dorefaCodes(values, bits);
  let [product, square] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const q = dorefaValue(codes[i] as number, bits);
    product += (values[i] as number) * q;
    square += q * q;
  }
  return product / square;
}

/**
 * The gradient of the weights: the true one of α (2 place − 1), through tanh and through the division by the largest; with one bit
 * dy itself (equations 7 and 9, where rounding has the gradient of the identity).
 */
export function dorefaGradient(values: Float32Array, bits: number, dy: Float32Array, scale = 1): Float32Array {
  if (bits === 1) return dy.slice();
  const bent = values.map(Math.tanh);
  const largest = bent.reduce((most, t) => Math.max(most, Math.abs(t)), 0);
  if (largest === 0) return new Float32Array(values.length);
  let product = 0;
  let ties = 0;
  for (let i = 0; i < bent.length; i++) {
    product += (dy[i] as number) * (bent[i] as number);
    if (Math.abs(bent[i] as number) === largest) ties++;
  }
  return bent.map((t, i) => {
    const byLargest = Math.abs(t) === largest ? (Math.sign(t) * product) / (largest * largest * ties) : 0;
    return scale * ((dy[i] as number) / largest - byLargest) * (1 - t * t);
  });
}

/**
 * Rounds the gradients of a layer's outputs: 2 m (quantize_k(g / 2m + 1/2 + noise) − 1/2), where m is the largest |g| of the example
 * (equation 12) and the noise is uniform, half a step wide to each side. Right on average; 0 is not among the values.
 * @param examples how many follow one another
 * @param draws in [0, 1), one a value
 */
export function dorefaRoundedGradient(values: Float32Array, examples: number, bits: number, draws: Float32Array): Float32Array {
  const last = lastCode(bits);
  const size = values.length / examples;
  const out = new Float32Array(values.length);
  for (let first = 0; first < values.length; first += size) {
    const largest = values.subarray(first, first + size).reduce((most, g) => Math.max(most, Math.abs(g)), 0);
    if (largest === 0) continue;
    for (let i = first; i < first + size; i++) {
      const position = Math.fround(Math.fround((values[i] as number) / Math.fround(2 * largest)) + 0.5);
      const moved = Math.fround(Math.fround(last * position) + Math.fround((draws[i] as number) - 0.5));
      const code = roundHalfEven(Math.max(0, Math.min(last, moved)));
      out[i] = Math.fround(Math.fround(largest / last) * (2 * code - last));
    }
  }
  return out;
}
