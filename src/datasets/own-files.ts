import { sha256Hex } from '../numerics/coding/checksums';
import { labelNotices } from './label-notices';
import { channelStatistics } from './normalize';
import { fromIdxFiles } from './own-idx';
import type { OwnImages } from './own-images';
import { fromCifarBatches } from './own-images';
import { recognize } from './recognize';
import type { NamedBytes } from './tar';
import { type Dataset, DatasetError, MAX_BYTES } from './types';

/**
 * Makes a dataset from a person's own files, in any order, gzipped or not:
 * IDX (images and labels for training and test, or one pair, of which a sixth of each class then becomes the test set), or
 * CIFAR-10 binary batches, loose or as cifar-10-binary.tar.gz.
 * @throws DatasetError: one sentence naming the file and what was found in it
 */
export async function readOwnFiles(files: readonly NamedBytes[]): Promise<Dataset> {
  if (files.length === 0) throw new DatasetError('No file given: open IDX files or CIFAR-10 binary batches.');
  const total = files.reduce((sum, file) => sum + file.bytes.length, 0);
  checkTotalSize(total);
  const { idx, cifar } = await recognize(files);
  if (idx.length > 0 && cifar.length > 0) {
    throw new DatasetError(`${idx[0]?.name} is an IDX file and ${cifar[0]?.name} a CIFAR-10 batch: open one kind at a time.`);
  }
  return toDataset(idx.length > 0 ? fromIdxFiles(idx) : fromCifarBatches(cifar));
}

/** As readOwnFiles, for files chosen or dropped in a browser: their sizes are judged before they are read into memory. */
export async function openFiles(files: readonly File[]): Promise<Dataset> {
  checkTotalSize(files.reduce((sum, file) => sum + file.size, 0));
  const read = files.map(async (file) => {
    try {
      return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
    } catch {
      throw new DatasetError(`${file.name} cannot be read: it may be a folder, or it was moved or changed.`);
    }
  });
  return readOwnFiles(await Promise.all(read));
}

function checkTotalSize(bytes: number): void {
  if (bytes > MAX_BYTES) {
    throw new DatasetError(`The files are ${(bytes / 2 ** 30).toFixed(1)} GiB together; the limit is 1 GiB.`);
  }
}

function toDataset(images: OwnImages): Dataset {
  const { name, shape, classes, train, test } = images;
  return {
    id: 'own',
    name,
    shape,
    classes,
    train,
    test,
    shards: [train.count],
    ...channelStatistics(train.pixels, shape.channels),
    checksum: sha256Hex(train.labels, train.pixels, test.labels, test.pixels),
    ready: () => Promise.resolve(),
    testReady: () => Promise.resolve(),
    notices: labelNotices(train, test, classes),
  };
}
