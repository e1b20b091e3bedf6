// Reads CIFAR-10 from six PNG sheets: 1024 × 10,000 pixels each, one row of the sheet = one 32 × 32 image, row by row.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';

const IMAGES = 10000;
const PIXELS = 1024;

function read(folder, file) {
  try {
    return readFileSync(join(folder, file));
  } catch (error) {
    throw new Error(`${join(folder, file)} cannot be read (${error.code}): run "npm ci" and try again.`);
  }
}

function readSheet(folder, file) {
  let sheet;
  try {
    sheet = PNG.sync.read(read(folder, file));
  } catch (error) {
    throw new Error(`${join(folder, file)} cannot be decoded (${error.message}): run "npm ci" to install it again.`);
  }
  if (sheet.width !== PIXELS || sheet.height !== IMAGES) {
    throw new Error(`${join(folder, file)} is ${sheet.width} × ${sheet.height} pixels, ${PIXELS} × ${IMAGES} expected.`);
  }
  // The decoder gives RGBA; the sheets are opaque.
  const rgba = sheet.data;
  const pixels = Buffer.allocUnsafe(IMAGES * PIXELS * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    pixels[to] = rgba[from];
    pixels[to + 1] = rgba[from + 1];
    pixels[to + 2] = rgba[from + 2];
  }
  return pixels;
}

function readLabels(folder, file, count) {
  let labels;
  try {
    labels = JSON.parse(read(folder, file).toString('utf8'));
  } catch (error) {
    throw new Error(`${join(folder, file)} holds no list of labels (${error.message}).`);
  }
  if (!Array.isArray(labels) || labels.length !== count) throw new Error(`${join(folder, file)} does not hold ${count} labels.`);
  return Buffer.from(labels);
}

/** Yields { split, labels, pixels }, sheet after sheet. */
export function* readCifarSheets(folder) {
  const trainLabels = readLabels(folder, 'train_lables.json', 5 * IMAGES);
  const testLabels = readLabels(folder, 'test_lables.json', IMAGES);
  for (let sheet = 1; sheet <= 5; sheet += 1) {
    const labels = trainLabels.subarray((sheet - 1) * IMAGES, sheet * IMAGES);
    yield { split: 'train', labels, pixels: readSheet(folder, `data_batch_${sheet}.png`) };
  }
  yield { split: 'test', labels: testLabels, pixels: readSheet(folder, 'test_batch.png') };
}
