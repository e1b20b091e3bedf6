/** The pixels of the last archive of photographs, in the browser's Cache API: decoding thousands of pictures takes a minute. */

import * as v from 'valibot';
import { sha256 } from '../checksum';
import { ownDataset } from '../own-dataset';
import type { Dataset, ImageSet } from '../types';
import { PHOTO_BYTES, PHOTO_SHAPE } from './size';

const CACHE = 'fewbits-photos-1';
/** One archive at a time: each may take half a gigabyte of the disk. */
const PATH = '/kept-photos';

const about = v.object({
  /** Name, size and time of the archive. */
  file: v.string(),
  name: v.string(),
  classes: v.array(v.string()),
  notices: v.array(v.string()),
  checksum: v.string(),
  train: v.pipe(v.number(), v.integer(), v.minValue(1)),
  test: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** SHA-256 of labels and pixels, hexadecimal. */
  bytes: v.string(),
});

/** Keeps the dataset in place of the one before. A full or forbidden cache only means that the next visit decodes again. */
export async function keepPhotos(dataset: Dataset, file: string): Promise<void> {
  const { name, classes, notices = [], checksum, train, test } = dataset;
  try {
    const cache = await openCache();
    if (!cache) return;
    const parts = [train.labels, test.labels, train.pixels, test.pixels] as Uint8Array<ArrayBuffer>[];
    const hashes = await Promise.all(parts.map(sha256));
    const head: v.InferOutput<typeof about> = {
      ...{ file, name, checksum, classes: [...classes], notices: [...notices] },
      ...{ train: train.count, test: test.count, bytes: hashes.join() },
    };
    const text = new TextEncoder().encode(JSON.stringify(head));
    await cache.put(address(), new Response(new Blob([Uint32Array.of(text.length), text, ...parts])));
  } catch {
    await globalThis.caches?.delete(CACHE).catch(() => {});
  }
}

/** The kept photographs, if they came from this file or have this checksum, and are whole. */
export async function keptPhotos(wanted: { readonly file: string } | { readonly checksum: string }): Promise<Dataset | undefined> {
  try {
    const blob = await (await (await openCache())?.match(address()))?.blob();
    if (!blob) return undefined;
    const length = new Uint32Array(await blob.slice(0, 4).arrayBuffer())[0] as number;
    const head = v.parse(about, JSON.parse(await blob.slice(4, 4 + length).text()));
    if ('file' in wanted ? wanted.file !== head.file : wanted.checksum !== head.checksum) return undefined;
    let at = 4 + length;
    const take = async (count: number) => {
      at += count;
      return new Uint8Array(await blob.slice(at - count, at).arrayBuffer());
    };
    const [trainLabels, testLabels] = [await take(head.train), await take(head.test)];
    const [trainPixels, testPixels] = [await take(head.train * PHOTO_BYTES), await take(head.test * PHOTO_BYTES)];
    const hashes = await Promise.all([trainLabels, testLabels, trainPixels, testPixels].map(sha256));
    if (hashes.join() !== head.bytes) return undefined;
    const train: ImageSet = { count: head.train, labels: trainLabels, pixels: trainPixels };
    const test: ImageSet = { count: head.test, labels: testLabels, pixels: testPixels };
    const images = { name: head.name, shape: PHOTO_SHAPE, classes: head.classes, train, test };
    return { ...ownDataset(images, head.checksum), notices: head.notices };
  } catch {
    return undefined;
  }
}

/** `caches` exists on https and localhost only, and private windows may refuse it. */
async function openCache(): Promise<Cache | undefined> {
  return globalThis.caches?.open(CACHE);
}

function address(): string {
  return new URL(PATH, globalThis.location.origin).href;
}
