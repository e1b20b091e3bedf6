/**
 * Batch normalization over all axes but the last (Ioffe and Szegedy 2015, arXiv 1502.03167, algorithm 1): slow, in double
 * precision, the reference for the engine. Arrays are rows × channels; for images a row is one pixel of one image.
 */
import type { Floats } from './layers';

export interface BatchStatistics {
  readonly mean: Float64Array;
  /** Of the population: divided by the number of rows. */
  readonly variance: Float64Array;
}

/** Mean and variance of each channel. */
export function batchStatistics(x: Floats, channels: number): BatchStatistics {
  const rows = x.length / channels;
  const mean = new Float64Array(channels);
  const variance = new Float64Array(channels);
  for (let i = 0; i < x.length; i++) add(mean, i % channels, (x[i] as number) / rows);
  for (let i = 0; i < x.length; i++) add(variance, i % channels, ((x[i] as number) - (mean[i % channels] as number)) ** 2 / rows);
  return { mean, variance };
}

/** y = γ (x − mean) / √(variance + ε) + β, with the batch's own statistics in training and the moving averages afterwards. */
export function batchNorm(x: Floats, gamma: Floats, beta: Floats, statistics: BatchStatistics, epsilon: number): Float64Array {
  const { length: channels } = gamma;
  return Float64Array.from(x as ArrayLike<number>, (value, i) => {
    const c = i % channels;
    const normalized = (value - (statistics.mean[c] as number)) / Math.sqrt((statistics.variance[c] as number) + epsilon);
    return (gamma[c] as number) * normalized + (beta[c] as number);
  });
}

/**
 * Gradients of batch normalization in training, where mean and variance depend on x:
 * dx = γ / √(variance + ε) × (dy − mean(dy) − x̂ mean(dy x̂)), means over the rows of a channel.
 */
export function batchNormGradient(
  x: Floats,
  gamma: Floats,
  dy: Floats,
  epsilon: number,
): { readonly dx: Float64Array; readonly dGamma: Float64Array; readonly dBeta: Float64Array } {
  const { length: channels } = gamma;
  const rows = x.length / channels;
  const ones = new Float64Array(channels).fill(1);
  const statistics = batchStatistics(x, channels);
  const normalized = batchNorm(x, ones, new Float64Array(channels), statistics, epsilon);
  const dGamma = new Float64Array(channels);
  const dBeta = new Float64Array(channels);
  for (let i = 0; i < x.length; i++) {
    add(dGamma, i % channels, (dy[i] as number) * (normalized[i] as number));
    add(dBeta, i % channels, dy[i] as number);
  }
  const dx = normalized.map((value, i) => {
    const c = i % channels;
    const centred = (dy[i] as number) - (dBeta[c] as number) / rows - (value * (dGamma[c] as number)) / rows;
    return ((gamma[c] as number) / Math.sqrt((statistics.variance[c] as number) + epsilon)) * centred;
  });
  return { dx, dGamma, dBeta };
}

/** moving ← momentum × moving + (1 − momentum) × batch, as in Keras. In place. */
export function updateMoving(moving: Float32Array | Float64Array, batch: Floats, momentum: number): void {
  for (let c = 0; c < moving.length; c++) moving[c] = momentum * (moving[c] as number) + (1 - momentum) * (batch[c] as number);
}

function add(array: Float64Array, index: number, value: number): void {
  array[index] = (array[index] as number) + value;
}
