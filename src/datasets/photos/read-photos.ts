import { sha256Hex } from '../../numerics/coding/checksums';
import { sha256 } from '../checksum';
import { HELD_OUT, holdOutSixth } from '../hold-out';
import { ownDataset } from '../own-dataset';
import { checkEnough } from '../own-images';
import { streamTar } from '../tar-stream';
import { type Dataset, DatasetError, MAX_CLASSES } from '../types';
import type { DecodePhoto } from './decode-photo';
import { className, isJpeg, type PhotoPlace, photoPlace } from './folders';
import { PhotoList } from './photo-list';
import { archivePieces } from './pieces';
import { MOST_JPEG_BYTES, MOST_PHOTOS, PHOTO_SHAPE } from './size';
import { SkippedFiles } from './skipped-files';

export interface PhotoProgress {
  /** Bytes of the archive. */
  readonly loadedBytes: number;
  readonly totalBytes: number;
  /** Photographs that are decoded, and files of the classes' folders that are not. */
  readonly decoded: number;
  readonly skipped: number;
}

interface Options {
  readonly onProgress?: (progress: PhotoProgress) => void;
  readonly signal?: AbortSignal;
}

/** Pictures that the browser decodes at a time. */
const PARALLEL = 8;

/**
 * Reads an archive (.tar or .tar.gz) of photographs in folders: `train/<class>/…` and `val/<class>/…` or `test/<class>/…`. Without one of
 * these, a sixth of each class becomes the test set. The archive is never whole in memory. Files that are no JPEG pictures, or broken
 * ones, are skipped and counted.
 * The checksum is of the JPEG files that were read, and their folders: browsers may decode to pixels that differ by a little.
 * @throws DatasetError: a sentence about the archive; what the signal was aborted with
 */
export async function readPhotos(file: File, decode: DecodePhoto, { onProgress = () => {}, signal }: Options = {}): Promise<Dataset> {
  const lists = { train: new PhotoList(), val: new PhotoList(), test: new PhotoList() };
  const skipped = new SkippedFiles();
  const hashes: string[] = [];
  const pending: Promise<() => void>[] = [];
  let [loadedBytes, decoded] = [0, 0];
  const settle = async () => {
    (await pending.shift())?.();
    onProgress({ loadedBytes, totalBytes: file.size, decoded, skipped: skipped.count });
  };
  const read = async (path: string, { set, folder }: PhotoPlace, jpeg: Uint8Array): Promise<() => void> => {
    const [pixels, hash] = await Promise.all([decode(jpeg), sha256(jpeg)]);
    // Done in the order of the archive.
    return () => {
      if (!pixels) return skipped.broken(path);
      lists[set].add(folder, pixels);
      hashes.push(`${set}/${folder} ${hash}\n`);
      decoded++;
    };
  };
  const addBytes = (count: number) => {
    loadedBytes += count;
  };
  const pieces = archivePieces(file, addBytes, signal);
  const wanted = (path: string, size: number) => size <= MOST_JPEG_BYTES && photoPlace(path) !== undefined;
  for await (const { path, bytes, size } of streamTar(file.name, pieces, wanted)) {
    signal?.throwIfAborted();
    const place = photoPlace(path);
    if (!place) continue;
    if (!bytes) skipped.tooLarge(path, size);
    else if (!isJpeg(bytes)) skipped.otherKind(path);
    else pending.push(read(path, place, bytes));
    if (pending.length >= PARALLEL) await settle();
    if (decoded > MOST_PHOTOS) {
      throw new DatasetError(
        `${file.name} holds more than ${MOST_PHOTOS.toLocaleString('en-US')} pictures, which is the most that is read.`,
      );
    }
  }
  while (pending.length > 0) await settle();
  signal?.throwIfAborted();
  return toDataset(file.name, lists, skipped, sha256Hex(new TextEncoder().encode(`${PHOTO_SHAPE.width}\n${hashes.join('')}`)));
}

function toDataset(
  archive: string,
  lists: Readonly<Record<PhotoPlace['set'], PhotoList>>,
  skipped: SkippedFiles,
  checksum: string,
): Dataset {
  const { train, val, test } = lists;
  if (train.count === 0) {
    const why = skipped.count > 0 ? ` ${skipped.sentence()}` : '';
    throw new DatasetError(`${archive} has no JPEG pictures in folders train/<class>/: the folder that is packed must hold "train".${why}`);
  }
  checkEnough(`${archive} (folder train)`, train.count);
  const trained = train.folders();
  if (trained.size < 2) throw new DatasetError(`${archive} has one class alone, ${[...trained][0]}; at least two are needed.`);
  const given = val.count > 0 ? val : test;
  // Tiny-ImageNet has its test pictures in one folder, without classes.
  const foreign = given.count > 0 && ![...given.folders()].some((folder) => trained.has(folder));
  const tested = given.count > 0 && !foreign ? given : undefined;
  const folders = [...new Set([...trained, ...(tested?.folders() ?? [])])].sort();
  if (folders.length > MAX_CLASSES) {
    throw new DatasetError(`${archive} has ${folders.length} classes; at most ${MAX_CLASSES} are read.`);
  }
  const all = train.takeSet(folders);
  const sets = tested ? { train: all, test: tested.takeSet(folders) } : holdOutSixth(all);
  const name = tested ? archive : `${archive} (${HELD_OUT})`;
  return ownDataset({ name, shape: PHOTO_SHAPE, classes: folders.map(className), ...sets }, checksum, [
    `Each picture is cut to the square in its middle and scaled to ${PHOTO_SHAPE.width} × ${PHOTO_SHAPE.height} pixels.`,
    ...(foreign ? ['The folder for the test has none of the classes of the folder train, and is not used.'] : []),
    ...(skipped.count > 0 ? [skipped.sentence()] : []),
  ]);
}
