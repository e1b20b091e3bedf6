// Reads the four official MNIST files (IDX: magic, sizes as big-endian 32-bit numbers, then bytes).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

function readIdx(folder, file, sizes) {
  const path = join(folder, 'data', file);
  let bytes;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new Error(`${path} cannot be read (${error.code}): run "npm ci" and try again.`);
  }
  const magic = 0x800 + sizes.length;
  const header = 4 + 4 * sizes.length;
  const length = sizes.reduce((product, size) => product * size, 1);
  const fits = bytes.length === header + length && bytes.readUInt32BE(0) === magic;
  if (!fits || sizes.some((size, axis) => bytes.readUInt32BE(4 + 4 * axis) !== size)) {
    throw new Error(`${path} is not the official MNIST file (${bytes.length} bytes): run "npm ci" to install it again.`);
  }
  return bytes.subarray(header);
}

/** Yields { split, labels, pixels } for the training and the test images. */
export function* readMnistFiles(folder) {
  for (const [split, prefix, count] of [
    ['train', 'train', 60000],
    ['test', 't10k', 10000],
  ]) {
    yield {
      split,
      labels: readIdx(folder, `${prefix}-labels-idx1-ubyte`, [count]),
      pixels: readIdx(folder, `${prefix}-images-idx3-ubyte`, [count, 28, 28]),
    };
  }
}
