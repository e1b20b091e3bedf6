import { describe, expect, test } from 'vitest';
import { parseManifest } from './manifest';
import { DatasetError } from './types';

const digest = 'a'.repeat(64);
const shard = { file: 'train-0-abc.bin', count: 6, bytes: 100, sha256: digest };
const valid = {
  format: 1,
  id: 'mnist',
  name: 'MNIST',
  origin: 'a-package@1.0.0 recipe 1',
  shape: { height: 28, width: 28, channels: 1 },
  classes: ['0', '1'],
  train: { count: 10, shards: [shard, { ...shard, file: 'train-1-abd.bin', count: 4 }] },
  test: { count: 6, shards: [{ ...shard, file: 'test-0-abe.bin' }] },
  mean: [0.5],
  std: [0.25],
  checksum: digest,
};

const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

describe('parseManifest', () => {
  test('gives back a valid manifest', () => {
    expect(parseManifest('m.json', encode(valid))).toEqual(valid);
  });

  test.each([
    ['a newer format', { format: 2 }, 'at format'],
    ['an unknown field', { extra: 1 }, 'at extra'],
    ['too small images', { shape: { height: 7, width: 28, channels: 1 } }, 'at shape.height'],
    ['two channels', { shape: { height: 28, width: 28, channels: 2 } }, 'at shape.channels'],
    ['one class', { classes: ['0'] }, 'at classes'],
    ['a path as file name', { test: { count: 6, shards: [{ ...shard, file: '../x.bin' }] } }, 'at test.shards.0.file'],
    ['a fraction of an image', { test: { count: 6.5, shards: [shard] } }, 'at test.count'],
    ['a short digest', { checksum: 'abc' }, 'at checksum'],
    ['counts that do not add up', { test: { count: 7, shards: [shard] } }, 'test.shards hold 6 images, but test.count is 7'],
    ['one mean too many', { mean: [0.5, 0.5] }, 'mean and std need 1 numbers each'],
    [
      'more than fits into memory',
      { train: { count: 2_000_000, shards: [{ ...shard, count: 2_000_000 }] } },
      'the images would take 1570004710 bytes',
    ],
  ])('rejects %s', (_, change, problem) => {
    const read = () => parseManifest('m.json', encode({ ...valid, ...change }));
    expect(read).toThrow(DatasetError);
    expect(read).toThrow(problem);
    expect(read).toThrow(/^m\.json is not a manifest that this version reads \(.*npm run data/);
  });

  test('rejects what is not JSON', () => {
    expect(() => parseManifest('m.json', new TextEncoder().encode('<!doctype html>'))).toThrow(
      new DatasetError('m.json is not JSON: prepare the data again with "npm run data".'),
    );
  });
});
