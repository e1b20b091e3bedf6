/**
 * The layers of `layers.ts` for one example at a time, quick enough to answer while somebody draws: loops over whole rows of weights that
 * skip zeros of the input. Sums are in double precision. Shapes are as in `layers.ts`, without the batch.
 */
import type { Floats } from './layers';

/** y = x W + b. x: inputs, W: inputs × outputs, b: outputs. */
export function denseOne(x: Floats, weights: Floats, bias: Floats): Float64Array {
  const y = Float64Array.from(bias as ArrayLike<number>);
  const outputs = y.length;
  for (let k = 0; k < x.length; k++) addScaled(y, 0, x[k] as number, weights, k * outputs, outputs);
  return y;
}

export interface ConvOne {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Side of the square window. */
  readonly window: number;
  readonly padding: 'same' | 'valid';
}

/** Cross-correlation with stride 1. x: height × width × channels, K: window × window × channels × filters, b: filters. */
export function convOne(x: Floats, weights: Floats, bias: Floats, { height, width, channels, window, padding }: ConvOne): Float64Array {
  const filters = bias.length;
  const before = padding === 'same' ? Math.floor((window - 1) / 2) : 0;
  const cut = padding === 'same' ? 0 : window - 1;
  const [rows, columns] = [height - cut, width - cut];
  const y = new Float64Array(rows * columns * filters);
  for (let p = 0; p < rows; p++) {
    for (let q = 0; q < columns; q++) {
      const to = (p * columns + q) * filters;
      for (let f = 0; f < filters; f++) y[to + f] = bias[f] as number;
      for (let i = Math.max(0, before - p); i < window && p + i - before < height; i++) {
        for (let j = Math.max(0, before - q); j < window && q + j - before < width; j++) {
          const pixel = ((p + i - before) * width + (q + j - before)) * channels;
          const tap = (i * window + j) * channels;
          for (let c = 0; c < channels; c++) addScaled(y, to, x[pixel + c] as number, weights, (tap + c) * filters, filters);
        }
      }
    }
  }
  return y;
}

/** Maximum of each window of `size` × `size`; rows and columns that do not fill one are dropped. */
export function maxPoolOne(x: Floats, { height, width, channels }: Omit<ConvOne, 'window' | 'padding'>, size: number): Float64Array {
  const [rows, columns] = [Math.floor(height / size), Math.floor(width / size)];
  const y = new Float64Array(rows * columns * channels).fill(Number.NEGATIVE_INFINITY);
  for (let p = 0; p < rows * size; p++) {
    for (let q = 0; q < columns * size; q++) {
      const to = (Math.floor(p / size) * columns + Math.floor(q / size)) * channels;
      const from = (p * width + q) * channels;
      for (let c = 0; c < channels; c++) y[to + c] = Math.max(y[to + c] as number, x[from + c] as number);
    }
  }
  return y;
}

/** Probabilities e^z ÷ Σ e^z, safe from overflow. */
export function softmax(logits: Floats): Float64Array {
  const numbers = Float64Array.from(logits as ArrayLike<number>);
  const top = numbers.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const powers = numbers.map((value) => Math.exp(value - top));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((value) => value / sum);
}

/** y[to + i] += factor × weights[from + i] for i < count. */
function addScaled(y: Float64Array, to: number, factor: number, weights: Floats, from: number, count: number): void {
  if (factor === 0) return;
  for (let i = 0; i < count; i++) y[to + i] = (y[to + i] as number) + factor * (weights[from + i] as number);
}
