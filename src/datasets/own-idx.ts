import { HELD_OUT, holdOutSixth } from './hold-out';
import { type IdxFile, parseIdx } from './idx';
import { checkEnough, type OwnImages } from './own-images';
import type { NamedBytes } from './tar';
import { DatasetError, type ImageSet } from './types';

interface Pair {
  readonly images: IdxFile;
  readonly labels: IdxFile;
}

/** IDX files: images and labels, for training and test or for training alone. */
export function fromIdxFiles(files: readonly NamedBytes[]): OwnImages {
  const parsed = files.map((file) => parseIdx(file.name, file.bytes));
  const images = parsed.filter((file) => file.kind === 'images');
  const labels = parsed.filter((file) => file.kind === 'labels');
  if (images.length !== labels.length || images.length > 2) {
    throw new DatasetError(
      `${list(files)}: found ${plural(images.length, 'image file')} and ${plural(labels.length, 'label file')}; ` +
        'one of each is needed for training, and one of each for test if there is a test set.',
    );
  }
  return images.length === 2 ? fromTwoPairs(images, labels) : fromOnePair({ images: images[0] as IdxFile, labels: labels[0] as IdxFile });
}

function fromOnePair(pair: Pair): OwnImages {
  const all = toSet(pair);
  checkEnough(pair.images.name, all.count);
  return { name: `IDX files (${HELD_OUT})`, shape: shapeOf(pair.images), classes: classesOf(pair.labels), ...holdOutSixth(all) };
}

function fromTwoPairs(images: readonly IdxFile[], labels: readonly IdxFile[]): OwnImages {
  const [trainImages, testImages] = trainFirst(images) ?? byCount(images);
  // Names decide; labels without telling names follow the counts of their images.
  const [trainLabels, testLabels] = trainFirst(labels) ?? matching(labels, trainImages);
  const train = { images: trainImages, labels: trainLabels };
  const test = { images: testImages, labels: testLabels };
  if (trainImages.height !== testImages.height || trainImages.width !== testImages.width) {
    throw new DatasetError(
      `${testImages.name} has images of ${testImages.height} × ${testImages.width} pixels, ` +
        `but ${trainImages.name} of ${trainImages.height} × ${trainImages.width}.`,
    );
  }
  const sets = { train: toSet(train), test: toSet(test) };
  checkEnough(trainImages.name, sets.train.count);
  return { name: 'IDX files', shape: shapeOf(trainImages), classes: classesOf(trainLabels, testLabels), ...sets };
}

/** [training, test] by what the two names say, or undefined if they do not distinguish them. */
function trainFirst(files: readonly IdxFile[]): [IdxFile, IdxFile] | undefined {
  const [a, b] = files as [IdxFile, IdxFile];
  const [roleA, roleB] = [roleOf(a.name), roleOf(b.name)];
  if (roleA === roleB) return undefined;
  return roleA === 'train' || roleB === 'test' ? [a, b] : [b, a];
}

function roleOf(name: string): 'train' | 'test' | undefined {
  if (/train/i.test(name)) return 'train';
  return /t10k|test|val/i.test(name) ? 'test' : undefined;
}

/** The file with more images is the training set. */
function byCount(images: readonly IdxFile[]): [IdxFile, IdxFile] {
  const [a, b] = images as [IdxFile, IdxFile];
  if (a.count === b.count) {
    throw new DatasetError(
      `${a.name} and ${b.name} both hold ${a.count} images: put "train" and "test" into the names to distinguish them.`,
    );
  }
  return a.count > b.count ? [a, b] : [b, a];
}

function matching(labels: readonly IdxFile[], trainImages: IdxFile): [IdxFile, IdxFile] {
  const [a, b] = labels as [IdxFile, IdxFile];
  if (a.count === b.count) {
    throw new DatasetError(
      `${a.name} and ${b.name} both hold ${a.count} labels: put "train" and "test" into the names to distinguish them.`,
    );
  }
  return a.count === trainImages.count ? [a, b] : [b, a];
}

function toSet({ images, labels }: Pair): ImageSet {
  if (images.count !== labels.count) {
    throw new DatasetError(`${images.name} holds ${images.count} images, but ${labels.name} holds ${labels.count} labels.`);
  }
  return { count: images.count, pixels: images.data, labels: labels.data };
}

function shapeOf(images: IdxFile): OwnImages['shape'] {
  return { height: images.height, width: images.width, channels: 1 };
}

/** Class names '0', '1', … up to the highest label, also of the test images alone. */
function classesOf(labels: IdxFile, tested?: IdxFile): string[] {
  const highestOf = (data: Uint8Array) => data.reduce((max, label) => Math.max(max, label), 0);
  const highest = highestOf(labels.data);
  const lowest = labels.data.reduce((min, label) => Math.min(min, label), 255);
  if (lowest === highest) throw new DatasetError(`${labels.name} has label ${highest} for every image; at least two classes are needed.`);
  return Array.from({ length: 1 + Math.max(highest, highestOf(tested?.data ?? labels.data)) }, (_, label) => String(label));
}

function plural(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function list(files: readonly NamedBytes[]): string {
  const names = files.slice(0, 4).map((file) => file.name);
  return files.length > 4 ? `${names.join(', ')} and ${files.length - 4} more` : names.join(', ');
}
