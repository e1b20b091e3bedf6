import { ownDataset } from './own-dataset';
import { fromIdxFiles } from './own-idx';
import { fromCifarBatches } from './own-images';
import { photoDecoder } from './photos/decode-photo';
import { isPhotoArchive } from './photos/is-photo-archive';
import { keepPhotos, keptPhotos } from './photos/photo-cache';
import { type PhotoProgress, readPhotos } from './photos/read-photos';
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
  return ownDataset(idx.length > 0 ? fromIdxFiles(idx) : fromCifarBatches(cifar));
}

export interface OpenOptions {
  /** Is called while an archive of photographs is read; other files are small. */
  readonly onProgress?: (progress: PhotoProgress) => void;
  /** Ends the reading of such an archive. */
  readonly signal?: AbortSignal;
}

/**
 * As readOwnFiles, for files chosen or dropped in a browser: their sizes are judged before they are read into memory.
 * One archive of photographs in folders, such as imagenette2-160.tgz, is read in pieces instead, and its pixels are kept for the next time.
 */
export async function openFiles(files: readonly File[], options: OpenOptions = {}): Promise<Dataset> {
  const [file] = files;
  if (file && files.length === 1) {
    const kept = await keptPhotos({ file: fileKey(file) });
    if (kept) return kept;
    if (await isPhotoArchive(file)) {
      const dataset = await readPhotos(file, photoDecoder(), options);
      await keepPhotos(dataset, fileKey(file));
      return dataset;
    }
  }
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

/** Tells files apart without reading them. */
function fileKey({ name, size, lastModified }: File): string {
  return `${name} ${size} ${lastModified}`;
}

function checkTotalSize(bytes: number): void {
  if (bytes > MAX_BYTES) {
    throw new DatasetError(`The files are ${(bytes / 2 ** 30).toFixed(1)} GiB together; the limit is 1 GiB.`);
  }
}
