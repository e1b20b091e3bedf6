import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { idxPair } from '../datasets/test-bytes';
import { DatasetError } from '../datasets/types';
import { tinyDataset } from '../engine/testing/tiny-dataset';
import { defaultData } from '../experiment/program/defaults';
import { DataShelf, describeDataset, testImages } from './data-shelf';
import type { Message } from './protocol';

const asFile = ({ name, bytes }: { name: string; bytes: Uint8Array }) => new File([bytes as Uint8Array<ArrayBuffer>], name);

function shelf() {
  const messages: Message[] = [];
  const opened = new DataShelf((message) => messages.push(message));
  opened.open('https://lab.test/data/');
  return { shelf: opened, messages };
}

describe('data that is served', () => {
  const fetched: string[] = [];
  beforeEach(() => {
    fetched.length = 0;
    vi.stubGlobal('fetch', async (address: string | URL | Request) => {
      fetched.push(String(address instanceof Request ? address.url : address));
      return new Response('gone', { status: 404 });
    });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  test('is read once for all who ask at a time, and again after it failed', async () => {
    const { shelf: opened } = shelf();
    const both = await Promise.allSettled([opened.get(defaultData()), opened.get(defaultData())]);
    for (const outcome of both) expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(DatasetError) });
    const once = fetched.length;
    expect(once).toBeGreaterThan(0);
    expect(fetched.every((address) => address.startsWith('https://lab.test/data/mnist/'))).toBe(true);
    await expect(opened.get(defaultData())).rejects.toThrow(DatasetError);
    expect(fetched.length).toBe(2 * once);
  });

  test('of the other dataset has its own address', async () => {
    const { shelf: opened } = shelf();
    await expect(opened.get({ ...defaultData(), dataset: 'cifar10' })).rejects.toThrow(DatasetError);
    expect(fetched[0]).toMatch(/^https:\/\/lab\.test\/data\/cifar10\//);
  });
});

describe('a person’s own files', () => {
  const files = [...idxPair('train', 120), ...idxPair('t10k', 30)].map(asFile);

  test('are found by their checksum, and by no other', async () => {
    const { shelf: opened, messages } = shelf();
    const own = (checksum: string) => ({ ...defaultData(), dataset: 'own', checksum });
    await expect(opened.get(own('ab'))).rejects.toThrow(/Open the same files/);
    await opened.readFiles(files);
    const [read] = messages;
    if (read?.type !== 'filesRead') throw new Error('The files were not read.');
    expect(read.dataset).toMatchObject({ id: 'own', width: 8, height: 8, channels: 1, trainCount: 120, testCount: 30 });
    expect((await opened.get(own(read.dataset.checksum))).train.count).toBe(120);
    await expect(opened.get(own('ab'))).rejects.toThrow(DatasetError);
  });

  test('of an archive are no longer read when the person stops it, and say nothing more', async () => {
    const { shelf: opened, messages } = shelf();
    const reading = opened.readFiles(files);
    opened.cancelFiles();
    opened.cancelFiles();
    await reading;
    expect(messages).toEqual([{ type: 'filesCancelled' }]);
    await opened.readFiles(files);
    expect(messages.at(-1)?.type).toBe('filesRead');
  });

  test('that are something else are rejected with a sentence, and the ones before stay', async () => {
    const { shelf: opened, messages } = shelf();
    await opened.readFiles(files);
    await opened.readFiles([asFile({ name: 'notes.txt', bytes: new TextEncoder().encode('hello') })]);
    expect(messages[1]).toMatchObject({ type: 'filesRejected', message: expect.stringContaining('notes.txt') });
    const [read] = messages;
    const checksum = read?.type === 'filesRead' ? read.dataset.checksum : '';
    expect((await opened.get({ ...defaultData(), dataset: 'own', checksum })).train.count).toBe(120);
  });

  test('are shown by 24 images from everywhere in the file, which may be sorted by class', async () => {
    const { shelf: opened, messages } = shelf();
    await opened.readFiles(files);
    const [read] = messages;
    if (read?.type !== 'filesRead') throw new Error('The files were not read.');
    const { train } = await opened.get({ ...defaultData(), dataset: 'own', checksum: read.dataset.checksum });
    const { sample } = describeDataset({ ...(await opened.get({ ...defaultData(), dataset: 'own', checksum: read.dataset.checksum })) });
    const shown = Array.from({ length: 24 }, (_, i) => Math.floor((i * train.count) / 24));
    expect([...sample.labels]).toEqual(shown.map((image) => train.labels[image]));
    expect([...sample.pixels]).toEqual(shown.flatMap((image) => [...train.pixels.subarray(image * 64, (image + 1) * 64)]));
    // A copy: the page may have it while the engine continues reading.
    expect(sample.pixels.buffer).not.toBe(train.pixels.buffer);
  });
});

describe('images of the test set', () => {
  test('come with all labels, in the order in which they were asked for', () => {
    const dataset = tinyDataset({ train: 10, test: 6 });
    const area = dataset.shape.width * dataset.shape.height * dataset.shape.channels;
    const { labels, pixels, classes } = testImages(dataset, [4, 0, 99, -1, 0.5]);
    expect([...labels]).toEqual([...dataset.test.labels]);
    expect(classes).toEqual(dataset.classes);
    expect([...pixels]).toEqual([...dataset.test.pixels.subarray(4 * area, 5 * area), ...dataset.test.pixels.subarray(0, area)]);
  });

  test('are refused in a sentence where they are a person’s own', async () => {
    const { shelf: opened, messages } = shelf();
    await opened.sendTestImages(7, { ...defaultData(), dataset: 'own', checksum: 'a'.repeat(64) }, [0]);
    expect(messages).toEqual([{ type: 'testImages', request: 7, images: { failed: expect.stringContaining('Open the same files') } }]);
  });
});
