import type { ImageShape } from '../experiment/layers';
import { MIN_IMAGES } from './limits';
import { DatasetError, type ImageSet } from './types';

/** What a person's files contain, before statistics and checksum. */
export interface OwnImages {
  readonly name: string;
  readonly shape: ImageShape;
  readonly classes: readonly string[];
  readonly train: ImageSet;
  readonly test: ImageSet;
}

/** Said in the dataset's name when the files have no test set of their own. */
export const HELD_OUT = 'last sixth held out as test';

/** @throws DatasetError naming the file if there are too few images to train on */
export function checkEnough(file: string, count: number): void {
  if (count < MIN_IMAGES) throw new DatasetError(`${file} holds ${count} training images; at least ${MIN_IMAGES} are needed.`);
}

/** The last sixth of the images as a test set, when the files have none. Views, no copies. */
export function holdOutLastSixth(all: ImageSet): { train: ImageSet; test: ImageSet } {
  const testCount = Math.floor(all.count / 6);
  const trainCount = all.count - testCount;
  return { train: slice(all, 0, trainCount), test: slice(all, trainCount, all.count) };
}

function slice(set: ImageSet, start: number, end: number): ImageSet {
  const imageBytes = set.pixels.length / set.count;
  return {
    count: end - start,
    labels: set.labels.subarray(start, end),
    pixels: set.pixels.subarray(start * imageBytes, end * imageBytes),
  };
}
