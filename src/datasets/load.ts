import { Arrivals } from './arrivals';
import { sha256 } from './checksum';
import { gunzip, isGzip } from './gunzip';
import { type Manifest, parseManifest, type Shard } from './manifest';
import { type Dataset, DatasetError, type ImageSet, type LoadProgress } from './types';

/**
 * Gets one file of the data folder, such as 'mnist/manifest.json', gzipped or already unzipped by the server.
 * `onBytes` receives the number of bytes that arrived since it was last called. `fresh` asks to go around every cache.
 * Rejects with a DatasetError.
 */
export type ByteSource = (path: string, onBytes?: (count: number) => void, options?: { readonly fresh?: boolean }) => Promise<Uint8Array>;

/** Files fetched at a time after the first shard: hides latency without delaying the shard that comes next. */
const PARALLEL = 2;

interface Job {
  readonly shard: Shard;
  readonly set: ImageSet;
  readonly start: number;
  readonly arrived: () => void;
}

/**
 * Loads a prepared dataset. Resolves as soon as the first training shard has arrived; the rest streams in after `ready`.
 * @throws DatasetError if the manifest or the first shard cannot be read; later failures reject `ready` and `testReady`.
 */
export async function loadDataset(
  id: 'mnist' | 'cifar10',
  source: ByteSource,
  onProgress: (progress: LoadProgress) => void = () => {},
): Promise<Dataset> {
  const path = `${id}/manifest.json`;
  const manifest = parseManifest(path, await source(path));
  if (manifest.id !== id) throw new DatasetError(`${path} describes "${manifest.id}": prepare the data again with "npm run data".`);
  const imageBytes = manifest.shape.height * manifest.shape.width * manifest.shape.channels;
  const train = emptySet(manifest.train.count, imageBytes);
  const test = emptySet(manifest.test.count, imageBytes);
  const shards = manifest.train.shards.map((shard) => shard.count);
  const trainArrivals = new Arrivals(shards);
  const testArrivals = new Arrivals(manifest.test.shards.map((shard) => shard.count));
  const track = progressTracker(manifest, onProgress);
  const [first, ...rest] = [...jobs(manifest.train.shards, train, trainArrivals), ...jobs(manifest.test.shards, test, testArrivals)];
  if (first) await loadShard(manifest, first, source, track);

  const worker = async () => {
    for (let job = rest.shift(); job; job = rest.shift()) await loadShard(manifest, job, source, track);
  };
  const fail = (error: unknown) => {
    rest.length = 0;
    trainArrivals.fail(error);
    testArrivals.fail(error);
  };
  for (let i = 0; i < PARALLEL; i++) worker().catch(fail);

  return {
    id,
    name: manifest.name,
    shape: manifest.shape,
    classes: manifest.classes,
    train,
    test,
    shards,
    mean: manifest.mean,
    std: manifest.std,
    checksum: manifest.checksum,
    ready: (count) => trainArrivals.first(count),
    testReady: () => testArrivals.first(test.count),
  };
}

function emptySet(count: number, imageBytes: number): ImageSet {
  return { count, labels: new Uint8Array(count), pixels: new Uint8Array(count * imageBytes) };
}

function jobs(shards: readonly Shard[], set: ImageSet, arrivals: Arrivals): Job[] {
  let end = 0;
  return shards.map((shard, index) => {
    end += shard.count;
    return { shard, set, start: end - shard.count, arrived: () => arrivals.arrived(index) };
  });
}

type Track = (shard: Shard, loaded: number) => void;

/**
 * Sums what arrived per shard and reports it in steps of at least half a percent, so that a fast network does not flood the
 * listener. A server that unzips on the way sends more bytes than the file has: each shard counts at most its own.
 */
function progressTracker(manifest: Manifest, onProgress: (progress: LoadProgress) => void): Track {
  const all = [...manifest.train.shards, ...manifest.test.shards];
  const totalBytes = all.reduce((sum, shard) => sum + shard.bytes, 0);
  const loaded = new Map<string, number>();
  let reported = 0;
  return (shard, bytes) => {
    loaded.set(shard.file, Math.min(bytes, shard.bytes));
    const loadedBytes = [...loaded.values()].reduce((sum, value) => sum + value, 0);
    if (loadedBytes - reported < totalBytes / 200 && loadedBytes < totalBytes) return;
    reported = loadedBytes;
    onProgress({ name: manifest.name, loadedBytes, totalBytes });
  };
}

async function loadShard(manifest: Manifest, job: Job, source: ByteSource, track: Track): Promise<void> {
  const { shard, set, start } = job;
  const raw = (await fetchShard(manifest, shard, source, track, false)) ?? (await fetchShard(manifest, shard, source, track, true));
  if (!raw) {
    throw new DatasetError(
      `${manifest.id}/${shard.file} was damaged in two downloads (wrong checksum): retry, or prepare the data again with "npm run data".`,
    );
  }
  set.labels.set(raw.subarray(0, shard.count), start);
  set.pixels.set(raw.subarray(shard.count), start * (set.pixels.length / set.count));
  track(shard, shard.bytes);
  job.arrived();
}

/** The shard's unzipped bytes, or undefined if they are not the bytes that the manifest promises. */
async function fetchShard(
  manifest: Manifest,
  shard: Shard,
  source: ByteSource,
  track: Track,
  fresh: boolean,
): Promise<Uint8Array | undefined> {
  const path = `${manifest.id}/${shard.file}`;
  let loaded = 0;
  const count = (bytes: number) => {
    loaded += bytes;
    track(shard, loaded);
  };
  const bytes = await source(path, count, { fresh });
  const expected = shard.count * (1 + manifest.shape.height * manifest.shape.width * manifest.shape.channels);
  let raw = bytes;
  if (bytes.length !== expected) {
    if (!isGzip(bytes)) return undefined;
    try {
      raw = await gunzip(path, bytes, expected);
    } catch {
      return undefined;
    }
  }
  return raw.length === expected && (await sha256(raw)) === shard.sha256 ? raw : undefined;
}
