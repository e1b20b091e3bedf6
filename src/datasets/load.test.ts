import { describe, expect, test } from 'vitest';
import { sha256 } from './checksum';
import { type ByteSource, loadDataset } from './load';
import { cyclicLabels, gzipBytes, patternPixels } from './test-bytes';
import { DatasetError, type LoadProgress } from './types';

const IMAGE = 64;
const shardCounts = [4, 6, 5];

/** A data folder in memory: three training shards and one of test images, 8 × 8. */
async function folder() {
  const files = new Map<string, Uint8Array>();
  const raws = new Map<string, Uint8Array>();
  const add = async (file: string, count: number, salt: number) => {
    const raw = new Uint8Array(count * (1 + IMAGE));
    raw.set(cyclicLabels(count, 3));
    raw.set(patternPixels(count, IMAGE, salt), count);
    const zipped = await gzipBytes(raw);
    files.set(`mnist/${file}`, zipped);
    raws.set(`mnist/${file}`, raw);
    return { file, count, bytes: zipped.length, sha256: await sha256(raw) };
  };
  const train = await Promise.all(shardCounts.map((count, i) => add(`train-${i}-ab.bin`, count, i)));
  const manifest = {
    format: 1,
    id: 'mnist',
    name: 'MNIST',
    origin: 'test',
    shape: { height: 8, width: 8, channels: 1 },
    classes: ['0', '1', '2'],
    train: { count: 15, shards: train },
    test: { count: 7, shards: [await add('test-0-ab.bin', 7, 9)] },
    mean: [0.5],
    std: [0.25],
    checksum: 'c'.repeat(64),
  };
  files.set('mnist/manifest.json', new TextEncoder().encode(JSON.stringify(manifest)));
  return { files, raws, manifest };
}

function sourceOf(files: ReadonlyMap<string, Uint8Array>): ByteSource {
  return async (path, onBytes) => {
    const bytes = files.get(path);
    if (!bytes) throw new DatasetError(`${path} is missing.`);
    onBytes?.(bytes.length);
    return bytes;
  };
}

const pixelsOf = (raws: ReadonlyMap<string, Uint8Array>, file: string, count: number) => raws.get(`mnist/${file}`)?.subarray(count);

describe('loadDataset', () => {
  test('puts every shard in its place', async () => {
    const { files, raws } = await folder();
    const dataset = await loadDataset('mnist', sourceOf(files));
    await dataset.ready(15);
    await dataset.testReady();
    expect(dataset).toMatchObject({ id: 'mnist', name: 'MNIST', shards: shardCounts, mean: [0.5], std: [0.25], checksum: 'c'.repeat(64) });
    expect([...dataset.train.labels]).toEqual([0, 1, 2, 0, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1]);
    expect(dataset.train.pixels.subarray(4 * IMAGE, 10 * IMAGE)).toEqual(pixelsOf(raws, 'train-1-ab.bin', 6));
    expect(dataset.train.pixels.subarray(10 * IMAGE)).toEqual(pixelsOf(raws, 'train-2-ab.bin', 5));
    expect(dataset.test.pixels).toEqual(pixelsOf(raws, 'test-0-ab.bin', 7));
  });

  test('resolves with the first shard while the rest is still on its way', async () => {
    const { files } = await folder();
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const source = sourceOf(files);
    const dataset = await loadDataset('mnist', async (path, ...rest) => {
      if (path.includes('train-1')) await gate;
      return source(path, ...rest);
    });
    await dataset.ready(4);
    let fifth = false;
    const waiting = dataset.ready(5).then(() => {
      fifth = true;
    });
    await dataset.testReady();
    expect(fifth).toBe(false);
    release();
    await waiting;
    await dataset.ready(15);
  });

  test('takes shards that the server has unzipped on the way', async () => {
    const { files, raws } = await folder();
    const dataset = await loadDataset('mnist', sourceOf(new Map([...files, ...raws])));
    await dataset.ready(15);
    await dataset.testReady();
    expect(dataset.test.pixels).toEqual(pixelsOf(raws, 'test-0-ab.bin', 7));
  });

  test('reports progress that only grows and ends at the total', async () => {
    const { files, raws, manifest } = await folder();
    const totalBytes = [...manifest.train.shards, ...manifest.test.shards].reduce((sum, shard) => sum + shard.bytes, 0);
    for (const served of [files, new Map([...files, ...raws])]) {
      const seen: LoadProgress[] = [];
      const dataset = await loadDataset('mnist', sourceOf(served), (progress) => seen.push(progress));
      await dataset.ready(15);
      await dataset.testReady();
      const loaded = seen.map((progress) => progress.loadedBytes);
      expect(loaded).toEqual([...loaded].sort((a, b) => a - b));
      expect(seen.at(-1)).toEqual({ name: 'MNIST', loadedBytes: totalBytes, totalBytes });
    }
  });

  test('asks once more, around the caches, for a shard that arrived damaged', async () => {
    const { files, raws } = await folder();
    for (const damage of [
      (bytes: Uint8Array) => bytes.slice(0, -1),
      (bytes: Uint8Array) => bytes.map((byte, i) => (i === 40 ? byte ^ 1 : byte)),
      () => raws.get('mnist/train-1-ab.bin')?.map((byte, i) => (i === 100 ? byte ^ 1 : byte)) as Uint8Array,
      () => Uint8Array.of(1, 2, 3),
    ]) {
      const asked: string[] = [];
      const source = sourceOf(files);
      const dataset = await loadDataset('mnist', async (path, onBytes, options) => {
        asked.push(`${path}${options?.fresh ? ' fresh' : ''}`);
        const bytes = await source(path, onBytes, options);
        return path.includes('train-1') && !options?.fresh ? damage(bytes) : bytes;
      });
      await dataset.ready(15);
      await dataset.testReady();
      expect(dataset.train.pixels.subarray(4 * IMAGE, 10 * IMAGE)).toEqual(pixelsOf(raws, 'train-1-ab.bin', 6));
      expect(asked.filter((path) => path.endsWith('fresh'))).toEqual(['mnist/train-1-ab.bin fresh']);
    }
  });

  test('says so when a shard is damaged twice, and keeps what is there usable', async () => {
    const { files } = await folder();
    const whole = files.get('mnist/train-1-ab.bin') as Uint8Array;
    files.set('mnist/train-1-ab.bin', whole.slice(0, -5));
    const dataset = await loadDataset('mnist', sourceOf(files));
    const message =
      'mnist/train-1-ab.bin was damaged in two downloads (wrong checksum): retry, or prepare the data again with "npm run data".';
    await expect(dataset.ready(5)).rejects.toThrow(new DatasetError(message));
    await dataset.ready(4);
    await expect(dataset.ready(15)).rejects.toThrow(DatasetError);
  });

  test('fails at once without a manifest, with another dataset, or without the first shard', async () => {
    const { files, manifest } = await folder();
    await expect(loadDataset('mnist', sourceOf(new Map()))).rejects.toThrow(new DatasetError('mnist/manifest.json is missing.'));
    const other = new TextEncoder().encode(JSON.stringify({ ...manifest, id: 'other' }));
    await expect(loadDataset('mnist', sourceOf(new Map([['mnist/manifest.json', other]])))).rejects.toThrow('describes "other"');
    files.delete('mnist/train-0-ab.bin');
    await expect(loadDataset('mnist', sourceOf(files))).rejects.toThrow(new DatasetError('mnist/train-0-ab.bin is missing.'));
  });
});
