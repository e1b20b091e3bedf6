import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { decodeLevels, levelCodes, midpoints } from '../../numerics/quantizers/levels';
import { fillNormal } from '../../numerics/random/rng';
import { type Granularity, scaleGrid } from '../../numerics/scales/scale-grid';
import { on, openTestBackends } from '../testing/wasm-test-backend';
import { nearestLevel } from './nearest-level';
import { KernelName } from './shared/dispatch';

beforeAll(openTestBackends);

type Way = 'wasm' | 'cpu' | 'composed';

/** 'composed' is the path of a backend without the kernel, here cpu's. */
async function by(way: Way, compute: () => tf.Tensor[]): Promise<Float32Array[]> {
  if (way !== 'composed') return on(way, compute);
  const kernel = tf.getKernel(KernelName.nearestLevel, 'cpu');
  tf.unregisterKernel(KernelName.nearestLevel, 'cpu');
  try {
    return await on('cpu', compute);
  } finally {
    tf.registerKernel(kernel);
  }
}

const granularities: readonly Granularity[] = ['tensor', 'channel', { channels: 4 }, { inputs: 8 }, { axis: 0 }];

describe.each(['wasm', 'cpu', 'composed'] as const)('%s', (way) => {
  test.each(granularities)('levels by %o are the twin’s', async (granularity) => {
    for (const size of [2, 5, 64]) {
      const grid = scaleGrid([30, 10], granularity);
      const levels = new Float32Array(grid.scales * size);
      fillNormal(levels, 2, 1, size);
      for (let codebook = 0; codebook < grid.scales; codebook++) levels.subarray(codebook * size, (codebook + 1) * size).sort();
      const thresholds = midpoints(levels, size);
      const x = new Float32Array(300);
      fillNormal(x, 1, 1, 0);
      // Far values, and values on thresholds.
      x.set([-1e30, 1e30, 0, thresholds[0]!, thresholds.at(-1)!, levels[0]!, levels.at(-1)!]);
      const [seen] = await by(way, () => [
        nearestLevel(tf.tensor(x.slice(), [30, 10]), { levels: tf.tensor1d(levels), thresholds: tf.tensor1d(thresholds), grid, size }),
      ]);
      expect(seen).toEqual(decodeLevels(levelCodes(x, thresholds, size, grid), levels, size, grid));
    }
  });

  test('equal levels, and values that are not finite', async () => {
    const grid = scaleGrid([4], 'tensor');
    const [seen] = await by(way, () => {
      const [levels, thresholds] = [tf.tensor1d([0.5, 0.5, 0.5]), tf.tensor1d([0.5, 0.5])];
      return [nearestLevel(tf.tensor1d([Number.NaN, Number.POSITIVE_INFINITY, 0, 2]), { levels, thresholds, grid, size: 3 })];
    });
    expect([...seen!]).toEqual([Number.NaN, Number.NaN, 0.5, 0.5]);
  });
});
