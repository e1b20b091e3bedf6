import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import type { AffineSettings } from '../../../numerics/scales/affine';
import { affineInside as twinInside } from '../../../numerics/scales/affine-groups';
import { scaleGrid } from '../../../numerics/scales/scale-grid';
import { on, openTestBackends } from '../../testing/wasm-test-backend';
import { affineInside } from './affine-operations';

beforeAll(openTestBackends);

const ties = Float32Array.from({ length: 81 }, (_, i) => (i - 40) * 0.125);

test.each(['wasm', 'cpu'] as const)('%s: at a tie the rounded code decides whether the clipped gradient passes', async (backend) => {
  for (const [settings, zeroPoint] of [
    [{ bits: 4, scheme: 'symmetric', range: 'full' }, 0],
    [{ bits: 4, scheme: 'symmetric', range: 'narrow' }, 0],
    [{ bits: 3, scheme: 'asymmetric', range: 'full' }, -1],
    [{ bits: 1, scheme: 'symmetric', range: 'narrow' }, 0],
  ] satisfies (readonly [AffineSettings, number])[]) {
    const tensors = () => ({ scale: tf.scalar(0.25), ...(zeroPoint !== 0 && { zeroPoint: tf.scalar(zeroPoint) }) });
    const [inside] = await on(backend, () => [affineInside(tf.tensor1d(ties), tensors(), settings)]);
    expect(inside).toEqual(twinInside(ties, [{ scale: 0.25, zeroPoint }], scaleGrid([81], 'tensor'), settings));
    // 1.875 = 7.5 s becomes 8: no code of 4 bits.
    if (settings.bits === 4) expect(inside![ties.indexOf(1.875)]).toBe(0);
  }
});
