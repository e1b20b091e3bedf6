import { fetchSource } from '../datasets/fetch-source';
import { loadDataset } from '../datasets/load';
import { openFiles } from '../datasets/own-files';
import { keptPhotos } from '../datasets/photos/photo-cache';
import type { PhotoProgress } from '../datasets/photos/read-photos';
import { type Dataset, DatasetError } from '../datasets/types';
import type { DataBlock } from '../experiment/types/experiment';
import type { DatasetInfo, Message, TestImages } from './protocol';

const SAMPLE = 24;

/** The datasets in memory: the ones that are served, and a person's own. */
export class DataShelf {
  private readonly served = new Map<string, Promise<Dataset>>();
  private own: Dataset | undefined;
  private reading: AbortController | undefined;
  private baseUrl = '';

  constructor(private readonly post: (message: Message) => void) {}

  open(baseUrl: string): void {
    this.baseUrl = baseUrl;
  }

  /** @throws DatasetError with a sentence for the user */
  async get(block: DataBlock): Promise<Dataset> {
    if (block.dataset === 'own') {
      if (this.own?.checksum === block.checksum) return this.own;
      const kept = await keptPhotos({ checksum: block.checksum });
      if (kept) {
        this.own = kept;
        return kept;
      }
      throw new DatasetError('This experiment uses own files, which a link cannot contain. Open the same files to run it.');
    }
    const id = block.dataset === 'cifar10' ? 'cifar10' : 'mnist';
    let dataset = this.served.get(id);
    if (!dataset) {
      dataset = loadDataset(id, fetchSource(this.baseUrl), ({ name, loadedBytes, totalBytes }) =>
        this.post({ type: 'dataProgress', name, loadedBytes, totalBytes }),
      );
      this.served.set(id, dataset);
    }
    try {
      return await dataset;
    } catch (error) {
      if (this.served.get(id) === dataset) this.served.delete(id);
      throw error;
    }
  }

  /** Forgets what failed, so that the next `get` reads again. */
  forget(block: DataBlock): void {
    this.served.delete(block.dataset);
  }

  /** Answers with the test labels and the pixels of some test images, or with a sentence. Never rejects. */
  async sendTestImages(request: number, block: DataBlock, indices: readonly number[]): Promise<void> {
    let images: TestImages | { readonly failed: string };
    try {
      const dataset = await this.get(block);
      await dataset.testReady();
      images = testImages(dataset, indices);
    } catch (error) {
      images = { failed: error instanceof Error ? error.message : String(error) };
    }
    this.post({ type: 'testImages', request, images });
  }

  /** Files that are still being read are given up. */
  async readFiles(files: readonly File[]): Promise<void> {
    this.cancelFiles();
    const stop = new AbortController();
    this.reading = stop;
    const tell = progressTeller(files[0]?.name ?? '', this.post);
    try {
      const own = await openFiles(files, { onProgress: tell, signal: stop.signal });
      if (stop.signal.aborted) return;
      this.own = own;
      this.post({ type: 'filesRead', dataset: describeDataset(own) });
    } catch (error) {
      if (stop.signal.aborted) return;
      this.post({ type: 'filesRejected', message: error instanceof Error ? error.message : String(error) });
    } finally {
      if (this.reading === stop) this.reading = undefined;
    }
  }

  /** Stops reading a person's files, if they are being read. */
  cancelFiles(): void {
    if (!this.reading || this.reading.signal.aborted) return;
    this.reading.abort();
    this.post({ type: 'filesCancelled' });
  }
}

/** Reports how far an archive is read, ten times a second at most. */
function progressTeller(name: string, post: (message: Message) => void): (progress: PhotoProgress) => void {
  let last = 0;
  return ({ loadedBytes, totalBytes, decoded, skipped }) => {
    const now = performance.now();
    if (now - last < 100) return;
    last = now;
    post({ type: 'dataProgress', name, loadedBytes, totalBytes, photos: { decoded, skipped } });
  };
}

/** What the data panel shows. */
export function describeDataset(dataset: Dataset): DatasetInfo {
  const { id, name, checksum, shape, classes, train, test, notices = [] } = dataset;
  return { id, name, checksum, ...shape, classes, trainCount: train.count, testCount: test.count, sample: sampleOf(dataset), notices };
}

/** Some training images: of own files, which may be sorted by class, from everywhere; else the first, because others are on their way. */
function sampleOf({ id, shape, train }: Dataset): DatasetInfo['sample'] {
  const area = shape.width * shape.height * shape.channels;
  const count = Math.min(SAMPLE, train.count);
  const sample = { pixels: new Uint8Array(count * area), labels: new Uint8Array(count) };
  for (let i = 0; i < count; i++) {
    const image = id === 'own' ? Math.floor((i * train.count) / count) : i;
    sample.labels[i] = train.labels[image] as number;
    sample.pixels.set(train.pixels.subarray(image * area, (image + 1) * area), i * area);
  }
  return sample;
}

/** Indices that the test set does not have are left out. */
export function testImages({ shape, classes, test }: Dataset, indices: readonly number[]): TestImages {
  const area = shape.width * shape.height * shape.channels;
  const there = indices.filter((i) => Number.isInteger(i) && i >= 0 && i < test.count);
  const pixels = new Uint8Array(there.length * area);
  for (const [place, i] of there.entries()) pixels.set(test.pixels.subarray(i * area, (i + 1) * area), place * area);
  return { ...shape, classes, labels: test.labels.slice(), pixels };
}
