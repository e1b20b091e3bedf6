import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { uniform } from '../../../experiment/methods/quantizers/uniform';
import { defaultBlock } from '../../../experiment/settings/block';
import type { Values } from '../../../experiment/settings/setting';
import { RangeObserver } from '../../../numerics/calibration/calibration';
import { decodeEncoding } from '../../../numerics/container/encoding';
import { affineEncoding } from '../../../numerics/quantizers/uniform-encodings';
import { minMaxRanges, affineInside as twinInside } from '../../../numerics/scales/affine-groups';
import { scaleGrid } from '../../../numerics/scales/scale-grid';
import { notTraining } from '../../device/step-context';
import type { Network } from '../../network/network';
import { differences, trained } from '../../testing/tiny-training';
import { expectClose, normalValues, onGpu, openTestGpu } from '../../testing/webgpu-test-backend';
import { disposeParametrization } from '../parametrization';
import { affineInside } from './affine-operations';
import { uniformActivation } from './uniform';

beforeAll(openTestGpu);

const cases: readonly (readonly [string, Values])[] = [
  ['static, percentile', { actBits: 4, actCalibration: 'percentile', actPercentile: 98 }],
  ['moving average, asymmetric', { actBits: 4, actRange: 'average', actScheme: 'asymmetric' }],
  ['dynamic', { actBits: 4, actRange: 'dynamic' }],
];

function make(values: Values, seen: Float32Array, shape: readonly number[]) {
  const observed = new RangeObserver();
  observed.add(seen);
  return uniformActivation({
    values: defaultBlock(uniform.settings, values),
    stage: 0,
    shape,
    index: 4096,
    seed: 1,
    observed,
    state: {},
  });
}

describe('50 captured steps are 50 eager ones, and learn', () => {
  for (const [name, values] of cases)
    test(name, async () => {
      const prepare = (network: Network) => {
        for (const [i, place] of network.linearLayers.entries()) {
          const seen = normalValues(200, i + 1);
          place.input = make(values, i === 0 ? seen : seen.map((x) => Math.max(0, x)), place.shape);
        }
      };
      const training = { prepare, values: { optimizer: 'adam', lr: 0.01 } };
      const captured = await trained('captured', training, 50);
      expect(differences(captured, await trained('eager', training, 50))).toEqual([]);
      expect(captured.loss.at(-1)!).toBeLessThan(captured.loss[0]!);
    });
});

test('on the GPU it gives the twin’s values', async () => {
  const shape = [6, 4, 4, 5];
  const x = normalValues(480, 3);
  const grid = scaleGrid(shape, 'tensor');
  const place = { shape, granularity: 'tensor' } as const;
  for (const [scheme, settings] of [
    ['data', { bits: 5, scheme: 'symmetric', range: 'narrow' }],
    ['asymmetric', { bits: 5, scheme: 'asymmetric', range: 'full' }],
  ] as const) {
    const parametrization = make({ actBits: 5, actScheme: scheme }, x, shape.slice(1));
    const [seen] = await onGpu(() => [parametrization.apply(tf.tensor(x.slice(), shape), notTraining)]);
    expectClose(seen!, decodeEncoding(affineEncoding(x, minMaxRanges(x, grid), settings, place, 'nearest-even'), shape), 1e-6);
    disposeParametrization(parametrization);
  }
});

test('on the GPU the clipped gradient at a tie is decided by the rounded code', async () => {
  const ties = Float32Array.from({ length: 81 }, (_, i) => (i - 40) * 0.125);
  const settings = { bits: 4, scheme: 'symmetric', range: 'full' } as const;
  const [inside] = await onGpu(() => [affineInside(tf.tensor1d(ties), { scale: tf.scalar(0.25) }, settings)]);
  expect(inside).toEqual(twinInside(ties, [{ scale: 0.25, zeroPoint: 0 }], scaleGrid([81], 'tensor'), settings));
  expect([inside![ties.indexOf(1.875)], inside![ties.indexOf(1.75)]]).toEqual([0, 1]);
});
