import * as v from 'valibot';
import type { ImageShape } from '../experiment/operators/layers';
import { DatasetError, MAX_BYTES, MAX_CLASSES, MAX_SIDE, MIN_SIDE } from './types';

/** One file of a prepared dataset: `count` label bytes, then the pixels of as many images. */
export interface Shard {
  readonly file: string;
  readonly count: number;
  /** Length of the gzipped file. */
  readonly bytes: number;
  /** SHA-256 (hex) of the unzipped bytes. */
  readonly sha256: string;
}

interface ManifestSplit {
  readonly count: number;
  readonly shards: readonly Shard[];
}

/** What a prepared dataset consists of: public/data/<id>/manifest.json. */
export interface Manifest {
  readonly format: 1;
  readonly id: string;
  readonly name: string;
  /** Package, version and recipe that it was made from. */
  readonly origin: string;
  readonly shape: ImageShape;
  readonly classes: readonly string[];
  readonly train: ManifestSplit;
  readonly test: ManifestSplit;
  readonly mean: readonly number[];
  readonly std: readonly number[];
  readonly checksum: string;
}

const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_BYTES));
const digest = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const text = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
const side = v.pipe(v.number(), v.integer(), v.minValue(MIN_SIDE), v.maxValue(MAX_SIDE));
const file = v.pipe(v.string(), v.regex(/^[a-z0-9-]+\.bin$/));
const split = v.strictObject({
  count,
  shards: v.pipe(v.array(v.strictObject({ file, count, bytes: count, sha256: digest })), v.minLength(1), v.maxLength(1000)),
});
const fraction = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

const schema = v.strictObject({
  format: v.literal(1),
  id: text,
  name: text,
  origin: text,
  shape: v.strictObject({ height: side, width: side, channels: v.picklist([1, 3]) }),
  classes: v.pipe(v.array(text), v.minLength(2), v.maxLength(MAX_CLASSES)),
  train: split,
  test: split,
  mean: v.array(fraction),
  std: v.array(fraction),
  checksum: digest,
});

/**
 * Reads a manifest and checks every field and that the fields agree with each other.
 * @param path where it came from, for the error's sentence
 * @throws DatasetError
 */
export function parseManifest(path: string, bytes: Uint8Array): Manifest {
  const manifest = parseFields(path, bytes);
  const { height, width, channels } = manifest.shape;
  for (const key of ['train', 'test'] as const) {
    const total = manifest[key].shards.reduce((sum, shard) => sum + shard.count, 0);
    if (total !== manifest[key].count) fail(path, `${key}.shards hold ${total} images, but ${key}.count is ${manifest[key].count}`);
  }
  if (manifest.mean.length !== channels || manifest.std.length !== channels) fail(path, `mean and std need ${channels} numbers each`);
  const bytesInMemory = (manifest.train.count + manifest.test.count) * (height * width * channels + 1);
  if (bytesInMemory > MAX_BYTES) fail(path, `the images would take ${bytesInMemory} bytes, more than ${MAX_BYTES}`);
  return manifest;
}

function parseFields(path: string, bytes: Uint8Array): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new DatasetError(`${path} is not JSON: prepare the data again with "npm run data".`);
  }
  const result = v.safeParse(schema, json, { abortEarly: true });
  if (result.success) return result.output;
  const issue = result.issues[0];
  return fail(path, `at ${v.getDotPath(issue) ?? 'the top'}: ${issue.message}`);
}

function fail(path: string, problem: string): never {
  throw new DatasetError(`${path} is not a manifest that this version reads (${problem}): prepare the data again with "npm run data".`);
}
