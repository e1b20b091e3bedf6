// Turns the image files that "npm ci" brought into public/data/<id>/: a manifest and gzipped shards for the browser.
//   node scripts/prepare-data.mjs            all datasets
//   node scripts/prepare-data.mjs mnist      one of them
// A shard, unzipped: `count` label bytes, then count × height × width × channels pixel bytes, image after image, channels last.
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { origin, packageFolder, sources } from './data/sources.mjs';
import { channelStatistics, checkAgainstPublished, sha256 } from './data/statistics.mjs';

const gzipAsync = promisify(gzip);
const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));

/** The manifest of a folder that is complete and made from these sources, else undefined. Shards are judged by size: they are renamed into place whole. */
function preparedManifest(folder, source, madeFrom) {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    const shards = [...manifest.train.shards, ...manifest.test.shards];
    const whole = shards.every((shard) => statSync(join(folder, shard.file)).size === shard.bytes);
    return manifest.id === source.id && manifest.origin === madeFrom && whole ? manifest : undefined;
  } catch {
    return undefined;
  }
}

function shardCounts(total, first, rest) {
  const counts = [first];
  for (let i = 0; i < rest; i += 1) counts.push(Math.floor(((i + 1) * (total - first)) / rest) - Math.floor((i * (total - first)) / rest));
  return counts;
}

/** Cuts a split into shards, compresses them in parallel and writes them; returns the manifest's entry. */
async function writeShards(folder, split, { labels, pixels }, counts, source) {
  const imageBytes = source.shape.height * source.shape.width * source.shape.channels;
  let start = 0;
  const parts = counts.map((count, index) => {
    const from = start;
    start += count;
    return { index, count, labels: labels.subarray(from, start), pixels: pixels.subarray(from * imageBytes, start * imageBytes) };
  });
  const shards = await Promise.all(
    parts.map(async (part) => {
      const raw = Buffer.concat([part.labels, part.pixels]);
      const digest = sha256(raw);
      const zipped = await gzipAsync(raw, { level: source.gzipLevel });
      const file = `${split}-${part.index}-${digest.slice(0, 10)}.bin`;
      writeFileSync(join(folder, file), zipped);
      return { file, count: part.count, bytes: zipped.length, sha256: digest };
    }),
  );
  return { count: labels.length, shards };
}

async function readSource(source, folder) {
  const read = await source.reader();
  const parts = { train: [], test: [] };
  for (const part of read(folder)) parts[part.split].push(part);
  const join = (list) => ({ labels: Buffer.concat(list.map((p) => p.labels)), pixels: Buffer.concat(list.map((p) => p.pixels)) });
  return { train: join(parts.train), test: join(parts.test) };
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Removes what killed runs left in the work folder, and nothing of runs that are still going. */
function removeLeftovers(workRoot) {
  if (!existsSync(workRoot)) return;
  for (const entry of readdirSync(workRoot)) {
    const pid = Number(entry.split('-').at(-1));
    if (pid !== process.pid && !isRunning(pid)) rmSync(join(workRoot, entry), { recursive: true, force: true });
  }
}

async function prepareOne(source, root, log) {
  const packageAt = packageFolder(source, root);
  const madeFrom = origin(source, packageAt);
  const target = join(root, 'public', 'data', source.id);
  const there = preparedManifest(target, source, madeFrom);
  if (there) return there;

  const started = performance.now();
  log(`${source.name}: converting ${source.package} …`);
  const workRoot = join(root, '.cache', 'prepare-data');
  removeLeftovers(workRoot);
  const work = join(workRoot, `${source.id}-${process.pid}`);
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  try {
    const { train, test } = await readSource(source, packageAt);
    const statistics = channelStatistics(train.pixels, source.shape.channels);
    const checksum = sha256(train.labels, train.pixels, test.labels, test.pixels);
    checkAgainstPublished(source, train, test, statistics, checksum);
    const counts = shardCounts(train.labels.length, source.firstShard, source.restShards);
    log(`${source.name}: compressing ${train.labels.length} training and ${test.labels.length} test images …`);
    const manifest = {
      format: 1,
      id: source.id,
      name: source.name,
      origin: madeFrom,
      shape: source.shape,
      classes: source.classes,
      train: await writeShards(work, 'train', train, counts, source),
      test: await writeShards(work, 'test', test, [test.labels.length], source),
      ...statistics,
      checksum,
    };
    writeFileSync(join(work, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    // Another process may have finished the same work meanwhile; its folder is as good as this one.
    const others = preparedManifest(target, source, madeFrom);
    if (!others) {
      rmSync(target, { recursive: true, force: true });
      mkdirSync(dirname(target), { recursive: true });
      renameSync(work, target);
    }
    const bytes = [...manifest.train.shards, ...manifest.test.shards].reduce((total, shard) => total + shard.bytes, 0);
    log(`${source.name}: ready in ${((performance.now() - started) / 1000).toFixed(1)} s, ${(bytes / 1e6).toFixed(1)} MB.`);
    return manifest;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * Makes public/data/<id>/ for each dataset unless it is already there and whole. Returns the manifests in the order asked.
 * Throws an Error whose message is one sentence for a person.
 */
export async function prepareData(ids = Object.keys(sources), { root = projectRoot, log = console.log } = {}) {
  const manifests = [];
  for (const id of ids) {
    const source = Object.hasOwn(sources, id) ? sources[id] : undefined;
    if (!source) throw new Error(`There is no dataset "${id}"; there are ${Object.keys(sources).join(' and ')}.`);
    manifests.push(await prepareOne(source, root, log));
  }
  return manifests;
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const ids = process.argv.slice(2);
  try {
    await prepareData(ids.length ? ids : undefined);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
