import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { epochOrder, splitIndices, validationCount } from './split';

const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const shardsArbitrary = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 });
const total = (shards: readonly number[]) => shards.reduce((sum, count) => sum + count, 0);
const ascending = (values: Uint32Array) => values.slice().sort();

describe('splitIndices', () => {
  test('keeps a tenth for validation, at most 5,000', () => {
    expect([9, 10, 19, 100, 50_000, 60_000].map(validationCount)).toEqual([0, 1, 1, 10, 5000, 5000]);
  });

  test('gives two ascending lists that together are all images once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), seed, (count, key) => {
        const { train, validation } = splitIndices(count, key);
        expect(validation.length).toBe(validationCount(count));
        expect(train).toEqual(ascending(train));
        expect(validation).toEqual(ascending(validation));
        expect([...train, ...validation].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
      }),
    );
  });

  test('depends on the seed alone', () => {
    expect(splitIndices(1000, 5)).toEqual(splitIndices(1000, 5));
    expect(splitIndices(1000, 5).validation).not.toEqual(splitIndices(1000, 6).validation);
  });

  test('draws validation images from the whole file', () => {
    const { validation } = splitIndices(10_000, 1);
    const perQuarter = [0, 0, 0, 0];
    for (const index of validation) perQuarter[Math.floor(index / 2500)] = (perQuarter[Math.floor(index / 2500)] ?? 0) + 1;
    // 250 expected in each, standard deviation 13.
    for (const found of perQuarter) expect(Math.abs(found - 250)).toBeLessThan(70);
  });
});

describe('epochOrder', () => {
  test('is a permutation of the training images in every epoch', () => {
    fc.assert(
      fc.property(shardsArbitrary, seed, fc.nat(3), (shards, key, epoch) => {
        const { train } = splitIndices(total(shards), key);
        expect(ascending(epochOrder(train, shards, key, epoch))).toEqual(train);
      }),
    );
  });

  test('goes through the shards in file order in epoch 0', () => {
    fc.assert(
      fc.property(shardsArbitrary, seed, (shards, key) => {
        const { train } = splitIndices(total(shards), key);
        const ends = shards.map((_, i) => total(shards.slice(0, i + 1)));
        const shardOf = Array.from(epochOrder(train, shards, key, 0), (index) => ends.findIndex((end) => index < end));
        expect(shardOf).toEqual([...shardOf].sort((a, b) => a - b));
      }),
    );
  });

  test('is the same for the same seed and epoch, and differs by both', () => {
    const { train } = splitIndices(300, 1);
    for (const epoch of [0, 1, 2]) {
      expect(epochOrder(train, [100, 200], 7, epoch)).toEqual(epochOrder(train, [100, 200], 7, epoch));
      expect(epochOrder(train, [100, 200], 7, epoch)).not.toEqual(epochOrder(train, [100, 200], 8, epoch));
      expect(epochOrder(train, [100, 200], 7, epoch)).not.toEqual(epochOrder(train, [100, 200], 7, epoch + 1));
    }
  });

  test('mixes shards from epoch 1 on, and shuffles within a shard in epoch 0', () => {
    const train = Uint32Array.from({ length: 200 }, (_, i) => i);
    const firstHalf = (epoch: number) => epochOrder(train, [100, 100], 3, epoch).subarray(0, 100);
    expect(firstHalf(1).some((index) => index >= 100)).toBe(true);
    expect(firstHalf(0).every((index) => index < 100)).toBe(true);
    expect(firstHalf(0)).not.toEqual(train.subarray(0, 100));
  });

  test('rejects shards that are too few for the images', () => {
    expect(() => epochOrder(Uint32Array.of(0, 5), [5], 1, 0)).toThrow(RangeError);
  });
});
