import type { ImageSet } from '../types';
import { PHOTO_BYTES } from './size';

interface Photo {
  readonly folder: string;
  readonly pixels: Uint8Array;
}

/** The photographs of one set while they arrive: how many there will be is known at the end. */
export class PhotoList {
  #photos: Photo[] = [];

  get count(): number {
    return this.#photos.length;
  }

  folders(): Set<string> {
    return new Set(this.#photos.map(({ folder }) => folder));
  }

  /** @param pixels PHOTO_BYTES bytes, channels last */
  add(folder: string, pixels: Uint8Array): void {
    this.#photos.push({ folder, pixels });
  }

  /** All of them in one array, in their order, labelled by the place of their folder in `folders`. The list is empty afterwards. */
  takeSet(folders: readonly string[]): ImageSet {
    const label = new Map(folders.map((folder, i) => [folder, i]));
    const photos = this.#photos;
    this.#photos = [];
    const set = { count: photos.length, labels: new Uint8Array(photos.length), pixels: new Uint8Array(photos.length * PHOTO_BYTES) };
    for (const [i, { folder, pixels }] of photos.entries()) {
      set.labels[i] = label.get(folder) as number;
      set.pixels.set(pixels, i * PHOTO_BYTES);
    }
    return set;
  }
}
