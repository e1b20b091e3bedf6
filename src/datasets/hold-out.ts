import type { ImageSet } from './types';

/** Said in the dataset's name when the files have no test set of their own. */
export const HELD_OUT = 'a sixth of each class held out as test';

const SHARE = 6;

/**
 * A sixth of the images of each class as a test set, when the files have none. What the images show decides which, so that the order
 * of a file changes nothing: a file sorted by class has all classes on both sides, each with 6 images or more. Both sides keep the
 * order of the file.
 */
export function holdOutSixth(all: ImageSet): { train: ImageSet; test: ImageSet } {
  const classes = imagesByClass(all.labels);
  const shares = sharesOf(classes.map(({ length }) => length));
  const held = new Uint8Array(all.count);
  for (const [label, images] of classes.entries()) {
    const hashes = new Map(images.map((image) => [image, hashOf(pixelsOf(all, image))]));
    const order = images.toSorted((a, b) => (hashes.get(a) ?? 0) - (hashes.get(b) ?? 0) || a - b);
    for (const image of order.slice(0, shares[label])) held[image] = 1;
  }
  return { train: chosen(all, held, 0), test: chosen(all, held, 1) };
}

function imagesByClass(labels: Uint8Array): number[][] {
  const classes: number[][] = [];
  for (const [image, label] of labels.entries()) {
    while (classes.length <= label) classes.push([]);
    classes[label]?.push(image);
  }
  return classes;
}

/** How many of each class: a sixth rounded down, and one more of those with the largest remainders until it is a sixth of all. */
function sharesOf(counts: readonly number[]): number[] {
  const shares = counts.map((count) => Math.floor(count / SHARE));
  const total = counts.reduce((sum, count) => sum + count, 0);
  let missing = Math.floor(total / SHARE) - shares.reduce((sum, share) => sum + share, 0);
  const byRemainder = [...counts.keys()].sort((a, b) => ((counts[b] as number) % SHARE) - ((counts[a] as number) % SHARE) || a - b);
  for (const label of byRemainder) {
    // A class of one image stays in the training set.
    if (missing === 0 || (counts[label] as number) < 2) continue;
    shares[label] = (shares[label] as number) + 1;
    missing--;
  }
  return shares;
}

/** A number that the pixels determine and that looks random: FNV-1a with the finalizer of MurmurHash3. */
function hashOf(pixels: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < pixels.length; i++) hash = Math.imul(hash ^ (pixels[i] as number), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function pixelsOf({ pixels, count }: ImageSet, image: number): Uint8Array {
  const size = pixels.length / count;
  return pixels.subarray(image * size, (image + 1) * size);
}

function chosen(all: ImageSet, held: Uint8Array, side: 0 | 1): ImageSet {
  const count = held.reduce((sum, mark) => sum + (mark === side ? 1 : 0), 0);
  const size = all.pixels.length / all.count;
  const set = { count, labels: new Uint8Array(count), pixels: new Uint8Array(count * size) };
  let place = 0;
  for (let image = 0; image < all.count; image++) {
    if (held[image] !== side) continue;
    set.labels[place] = all.labels[image] as number;
    set.pixels.set(pixelsOf(all, image), place++ * size);
  }
  return set;
}
