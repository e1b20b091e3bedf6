import { DatasetError, type ImageSet } from './types';

const SIDE = 32;
const PLANE = SIDE * SIDE;
const CHANNELS = 3;
/** One label byte, then the red, the green and the blue plane. */
export const CIFAR_RECORD = 1 + CHANNELS * PLANE;
export const CIFAR_SHAPE = { height: SIDE, width: SIDE, channels: CHANNELS };
export const CIFAR_CLASSES = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'];

/** What is said of files of CIFAR-100. */
export function cifar100Sentence(name: string): string {
  return `${name} looks like CIFAR-100 (3,074 bytes an image); only the CIFAR-10 binary version is read.`;
}

/** True if the bytes are whole records of the CIFAR-100 binary version: a coarse label of 20, a fine one of 100, then the planes. */
export function isCifar100(bytes: Uint8Array): boolean {
  return isRecords(bytes, CIFAR_RECORD + 1, [20, 100]) && !isRecords(bytes, CIFAR_RECORD, [CIFAR_CLASSES.length]);
}

function isRecords(bytes: Uint8Array, length: number, classes: readonly number[]): boolean {
  if (bytes.length === 0 || bytes.length % length !== 0) return false;
  for (let at = 0; at < bytes.length; at += length) if (classes.some((count, i) => (bytes[at + i] as number) >= count)) return false;
  return true;
}

/**
 * Reads one batch of the CIFAR-10 binary version (Krizhevsky, "The CIFAR-10 dataset", binary version).
 * @returns pixels with channels last
 * @throws DatasetError naming the file if its length is not a whole number of records or a label is not 0 to 9
 */
export function parseCifarBatch(name: string, bytes: Uint8Array): ImageSet {
  const count = bytes.length / CIFAR_RECORD;
  if (count === 0 || !Number.isInteger(count)) {
    throw new DatasetError(
      isCifar100(bytes)
        ? cifar100Sentence(name)
        : `${name} is ${bytes.length.toLocaleString('en-US')} bytes long, which is not a whole number of CIFAR-10 records of 3,073 bytes.`,
    );
  }
  const labels = new Uint8Array(count);
  const pixels = new Uint8Array(count * PLANE * CHANNELS);
  for (let image = 0; image < count; image++) {
    const record = image * CIFAR_RECORD;
    const label = bytes[record] as number;
    if (label >= CIFAR_CLASSES.length) throw new DatasetError(`${name} has label ${label} at image ${image}; CIFAR-10 has labels 0 to 9.`);
    labels[image] = label;
    toChannelsLast(bytes, record + 1, pixels, image * PLANE * CHANNELS);
  }
  return { count, labels, pixels };
}

function toChannelsLast(planar: Uint8Array, from: number, out: Uint8Array, to: number): void {
  for (let pixel = 0; pixel < PLANE; pixel++) {
    const at = to + pixel * CHANNELS;
    out[at] = planar[from + pixel] as number;
    out[at + 1] = planar[from + PLANE + pixel] as number;
    out[at + 2] = planar[from + 2 * PLANE + pixel] as number;
  }
}
