import type { Normalization } from '../experiment/types/experiment';
import type { Dataset } from './types';

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
