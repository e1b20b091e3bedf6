import type { ImageShape } from '../experiment/operators/layers';

/** Images as bytes, image after image, rows top to bottom, channels last; one label byte an image. */
export interface ImageSet {
  readonly count: number;
  readonly pixels: Uint8Array;
  readonly labels: Uint8Array;
}

/** A dataset in memory. Training images may still be arriving: `ready(n)` waits for the first n of the file order. */
export interface Dataset {
  readonly id: string;
  readonly name: string;
  readonly shape: ImageShape;
  readonly classes: readonly string[];
  /** Whole arrays, allocated at once; filled from the front as shards arrive. */
  readonly train: ImageSet;
  readonly test: ImageSet;
  /** Images in each training shard, in file order: epoch 0 visits shard after shard, so that training can start with the first. */
  readonly shards: readonly number[];
  /** Per channel, of the training pixels divided by 255. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /** SHA-256 hex over training then test bytes (labels then pixels each); of photographs, over their JPEG files. */
  readonly checksum: string;
  /** Resolves once the first `count` training images have arrived; rejects with a DatasetError. */
  readonly ready: (count: number) => Promise<void>;
  /** Resolves once the test images have arrived. */
  readonly testReady: () => Promise<void>;
  /** Sentences about own files: classes that are missing on one side, labels that are not used. */
  readonly notices?: readonly string[];
}

export interface LoadProgress {
  readonly name: string;
  readonly loadedBytes: number;
  readonly totalBytes: number;
}

/** What failed while reading data, as a sentence for a person. */
export class DatasetError extends Error {
  override readonly name = 'DatasetError';
}

/** What own data may be: enough to train on, small enough for a tab's memory. */
export const MAX_BYTES = 2 ** 30;
export const MIN_SIDE = 8;
export const MAX_SIDE = 64;
export const MIN_IMAGES = 100;
export const MAX_CLASSES = 256;
