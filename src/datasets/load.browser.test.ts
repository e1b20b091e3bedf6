import { beforeEach, expect, test } from 'vitest';
import { fetchSource } from './fetch-source';
import { loadDataset } from './load';
import { openFiles } from './own-files';
import { gzipBytes, idxPair } from './test-bytes';

const base = new URL('/data/', location.href).href;

const mnist = async () => {
  const dataset = await loadDataset('mnist', fetchSource(base));
  await dataset.ready(dataset.train.count);
  await dataset.testReady();
  return dataset;
};

const cached = async () => {
  const cache = await caches.open('fewbits-data-1');
  return { cache, keys: (await cache.keys()).map((request) => request.url) };
};

beforeEach(() => caches.delete('fewbits-data-1'));

test('a browser loads MNIST, keeps it, and repairs a shard that its cache damaged', async () => {
  const first = await mnist();
  expect([...first.train.labels.subarray(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
  // Seven shards and the manifest; writing to the cache is not waited for.
  await expect.poll(async () => (await cached()).keys.length).toBe(8);
  const { cache, keys } = await cached();
  const shard = keys.find((url) => url.includes('/train-2-')) as string;
  await cache.put(shard, new Response('damaged'));
  const second = await mnist();
  expect(second.train.pixels.findIndex((byte, i) => byte !== first.train.pixels[i])).toBe(-1);
  const repaired = async () => (await (await cache.match(shard))?.arrayBuffer())?.byteLength;
  await expect.poll(repaired).toBeGreaterThan(1_000_000);
});

test('a browser says what is wrong when the data folder is not there', async () => {
  const missing = fetchSource(new URL('/no-such-folder/', location.href).href);
  await expect(loadDataset('mnist', missing)).rejects.toThrow(/^mnist\/manifest\.json is not on the server.*npm run data/);
});

test('a browser opens own files', async () => {
  const [images, labels] = idxPair('train', 120);
  const files = [
    new File([(await gzipBytes(images.bytes)) as Uint8Array<ArrayBuffer>], 'images.gz'),
    new File([labels.bytes as Uint8Array<ArrayBuffer>], 'labels'),
  ];
  expect((await openFiles(files)).train.count).toBe(100);
});
