/** A dataset small enough that a test trains on it in a moment, and learnable. */
import { channelStatistics } from '../../datasets/normalize';
import type { Dataset, ImageSet } from '../../datasets/types';
import { sha256Hex } from '../../numerics/coding/checksums';
import { fillUniform } from '../../numerics/random/rng';

export interface TinyOptions {
  readonly train?: number;
  readonly test?: number;
  /** Height and width. */
  readonly side?: number;
  readonly channels?: number;
  readonly classes?: number;
  /** Images in each training shard; their sum is `train`. */
  readonly shards?: readonly number[];
  /** Share of noise in a pixel, 0 … 1: 0 makes all images of a class equal. */
  readonly noise?: number;
}

/** Each class has a random picture of its own; an image is that picture with noise. Labels go round. All images are there at once. */
export function tinyDataset(options: TinyOptions = {}): Dataset {
  const { train = 200, test = 60, side = 8, channels = 1, classes = 4, shards = [train], noise = 0.5 } = options;
  const area = side * side * channels;
  const pictures = uniform(classes * area, 0);
  const images = (count: number, stream: number): ImageSet => {
    const grain = uniform(count * area, stream);
    const labels = Uint8Array.from({ length: count }, (_, i) => i % classes);
    const pixels = Uint8Array.from({ length: count * area }, (_, i) => {
      const picture = pictures[(Math.floor(i / area) % classes) * area + (i % area)] ?? 0;
      return Math.floor(255 * ((1 - noise) * picture + noise * (grain[i] ?? 0)));
    });
    return { count, labels, pixels };
  };
  const [trainSet, testSet] = [images(train, 1), images(test, 2)];
  return {
    id: 'own',
    name: 'Tiny',
    shape: { height: side, width: side, channels },
    classes: Array.from({ length: classes }, (_, i) => String(i)),
    train: trainSet,
    test: testSet,
    shards,
    ...channelStatistics(trainSet.pixels, channels),
    checksum: sha256Hex(trainSet.labels, trainSet.pixels, testSet.labels, testSet.pixels),
    ready: () => Promise.resolve(),
    testReady: () => Promise.resolve(),
  };
}

function uniform(length: number, stream: number): Float32Array {
  const values = new Float32Array(length);
  fillUniform(values, 1, 99, stream);
  return values;
}
