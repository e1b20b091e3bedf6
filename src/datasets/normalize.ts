import type { Normalization } from '../experiment/types/experiment';
import { Purpose, permutation } from '../numerics/random/rng';
import type { Dataset } from './types';

/** Images of the training file that are kept apart for validation: a tenth, at most 5,000. */
export function validationCount(count: number): number {
  return Math.min(5000, Math.floor(count / 10));
}

/**
 * Splits the training file's image numbers 0 … count − 1 into training and validation, by seed.
 * Both lists are ascending, so that reading them walks through memory.
 */
export function splitIndices(count: number, seed: number): { train: Uint32Array; validation: Uint32Array } {
  const order = permutation(count, seed, Purpose.split, 0);
  const kept = validationCount(count);
  return { validation: order.slice(0, kept).sort(), train: order.slice(kept).sort() };
}

/**
 * The order in which an epoch visits the training images.
 * Epoch 0 goes through the shards in file order and is shuffled within each, so that training can start when the first shard
 * has arrived; every later epoch is one shuffle of all. An image is visited once an epoch.
 * @param train image numbers, ascending, as from splitIndices
 * @param shards images in each shard of the training file, in file order
 * @returns a permutation of `train`
 */
export function epochOrder(train: Uint32Array, shards: readonly number[], seed: number, epoch: number): Uint32Array {
  const shuffled = permutation(train.length, seed, Purpose.order, epoch).map((place) => train[place] as number);
  return epoch === 0 ? groupByShard(shuffled, shards) : shuffled;
}

/** Stable grouping: within a shard the shuffled order stays, which makes it a uniform shuffle of that shard. */
function groupByShard(indices: Uint32Array, shards: readonly number[]): Uint32Array {
  const grouped = new Uint32Array(indices.length);
  let at = 0;
  let start = 0;
  for (const count of shards) {
    for (const index of indices) {
      if (index >= start && index < start + count) grouped[at++] = index;
    }
    start += count;
  }
  if (at !== indices.length) throw new RangeError(`Shards hold ${start} images, but an image number lies beyond them.`);
  return grouped;
}

/** x = byte × scale + shift, one pair per channel. */
export interface Affine {
  readonly scale: number[];
  readonly shift: number[];
}

/**
 * How pixel bytes become the network's input.
 * raw: 0 … 255. unit: 0 … 1. standard: (byte / 255 − mean) / std, mean and std per channel over the training images.
 * A channel that never changes (std 0) is only centred.
 */
export function affine(dataset: Pick<Dataset, 'mean' | 'std' | 'shape'>, mode: Normalization): Affine {
  const { channels } = dataset.shape;
  if (mode === 'standard') {
    const std = dataset.std.map((value) => (value > 0 ? value : 1));
    return {
      scale: std.map((value) => 1 / (255 * value)),
      shift: dataset.mean.map((value, channel) => -value / (std[channel] as number)),
    };
  }
  return { scale: new Array(channels).fill(mode === 'unit' ? 1 / 255 : 1), shift: new Array(channels).fill(0) };
}

/**
 * Mean and standard deviation (of the population) per channel of pixels / 255.
 * From 256-bin histograms, whose integer sums are exact, so that the result does not depend on the order of summation.
 * @param pixels image bytes, channels last
 */
export function channelStatistics(pixels: Uint8Array, channels: number): { mean: number[]; std: number[] } {
  const bins = new Float64Array(channels * 256);
  for (let i = 0; i < pixels.length; i += channels) {
    for (let c = 0; c < channels; c++) {
      const bin = c * 256 + (pixels[i + c] as number);
      bins[bin] = (bins[bin] as number) + 1;
    }
  }
  const count = pixels.length / channels;
  const mean: number[] = [];
  const std: number[] = [];
  for (let c = 0; c < channels; c++) {
    let sum = 0;
    let squares = 0;
    for (let value = 0; value < 256; value++) {
      const times = bins[c * 256 + value] as number;
      sum += times * value;
      squares += times * value * value;
    }
    mean.push(sum / count / 255);
    std.push(Math.sqrt(count * squares - sum * sum) / count / 255);
  }
  return { mean, std };
}
