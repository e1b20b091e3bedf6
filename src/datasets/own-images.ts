import type { ImageShape } from '../experiment/operators/layers';
import { CIFAR_CLASSES, CIFAR_SHAPE, parseCifarBatch } from './cifar';
import { HELD_OUT, holdOutSixth } from './hold-out';
import type { NamedBytes } from './tar';
import { DatasetError, type ImageSet, MIN_IMAGES } from './types';

/**
 * CIFAR-10 binary batches: data_batch_<n>.bin in the order of n are training images, test_batch.bin the test set.
 * Some of the batches are enough; the name says how many there were.
 */
export function fromCifarBatches(files: readonly NamedBytes[]): OwnImages {
  const training = new Map<number, NamedBytes>();
  let testing: NamedBytes | undefined;
  for (const file of files) {
    const batch = /data_batch_(\d+)/i.exec(file.name)?.[1];
    if (batch !== undefined) {
      if (training.has(Number(batch))) throw new DatasetError(`${file.name} was given twice: each CIFAR-10 batch is read once.`);
      training.set(Number(batch), file);
    } else if (/test/i.test(file.name)) {
      if (testing) throw new DatasetError(`${testing.name} and ${file.name} are both named as the test batch: give one.`);
      testing = file;
    } else {
      throw new DatasetError(`${file.name} is named neither data_batch_1.bin to data_batch_5.bin nor test_batch.bin.`);
    }
  }
  if (training.size === 0)
    throw new DatasetError(`${testing?.name} is the test batch alone: give data_batch_1.bin to data_batch_5.bin too.`);
  const batches = [...training].sort(([a], [b]) => a - b).map(([, file]) => parseCifarBatch(file.name, file.bytes));
  const all = join(batches);
  checkEnough([...training.values()].map((file) => file.name).join(', '), all.count);
  const { train, test } = testing ? { train: all, test: parseCifarBatch(testing.name, testing.bytes) } : holdOutSixth(all);
  const partial = training.size < 5 ? [`${training.size} of 5 batches`] : [];
  const notes = [...partial, ...(testing ? [] : [HELD_OUT])].join(', ');
  const name = notes ? `CIFAR-10 files (${notes})` : 'CIFAR-10 files';
  return { name, shape: CIFAR_SHAPE, classes: CIFAR_CLASSES, train, test };
}

function join(sets: readonly ImageSet[]): ImageSet {
  const count = sets.reduce((sum, set) => sum + set.count, 0);
  const imageBytes = CIFAR_SHAPE.height * CIFAR_SHAPE.width * CIFAR_SHAPE.channels;
  const all = { count, labels: new Uint8Array(count), pixels: new Uint8Array(count * imageBytes) };
  let at = 0;
  for (const set of sets) {
    all.labels.set(set.labels, at);
    all.pixels.set(set.pixels, at * imageBytes);
    at += set.count;
  }
  return all;
}

/** What a person's files contain, before statistics and checksum. */
export interface OwnImages {
  readonly name: string;
  readonly shape: ImageShape;
  readonly classes: readonly string[];
  readonly train: ImageSet;
  readonly test: ImageSet;
}

/** @throws DatasetError naming the file if there are too few images to train on */
export function checkEnough(file: string, count: number): void {
  if (count < MIN_IMAGES) throw new DatasetError(`${file} holds ${count} training images; at least ${MIN_IMAGES} are needed.`);
}
