import { streamTar } from '../tar-stream';
import { photoPlace } from './folders';
import { archivePieces } from './pieces';

/** Batches of CIFAR and IDX files of images are longer than what stands before the pictures of an archive. */
const MOST_BEFORE = 8 * 2 ** 20;

/** Whether the file is an archive, gzipped or not, of pictures in folders. Reads no more than it takes to know. */
export async function isPhotoArchive(file: File): Promise<boolean> {
  try {
    for await (const { path, size } of streamTar(
      file.name,
      archivePieces(file, () => {}),
      () => false,
    )) {
      if (/\.jpe?g$/i.test(path) && photoPlace(path)) return true;
      if (size > MOST_BEFORE) return false;
    }
  } catch {
    // Whoever reads it next says what is wrong.
  }
  return false;
}
