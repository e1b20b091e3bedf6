import { DatasetError, type ImageSet } from './types';

const SIDE = 32;
const PLANE = SIDE * SIDE;
const CHANNELS = 3;
/** One label byte, then the red, the green and the blue plane. */
export const CIFAR_RECORD = 1 + CHANNELS * PLANE;
export const CIFAR_SHAPE = { height: SIDE, width: SIDE, channels: CHANNELS };
export const CIFAR_CLASSES = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'];

/**
 * Reads one batch of the CIFAR-10 binary version (Krizhevsky, "The CIFAR-10 dataset", binary version).
 * @returns pixels with channels last
 * @throws DatasetError naming the file if its length is not a whole number of records or a label is not 0 to 9
 */
export function parseCifarBatch(name: string, bytes: Uint8Array): ImageSet {
  const count = bytes.length / CIFAR_RECORD;
  if (count === 0 || !Number.isInteger(count)) {
    const cifar100 = bytes.length > 0 && bytes.length % (CIFAR_RECORD + 1) === 0;
    throw new DatasetError(
      cifar100
        ? `${name} looks like CIFAR-100 (3,074 bytes an image); only the CIFAR-10 binary version is read.`
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
