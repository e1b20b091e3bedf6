import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { gridCases, gridDraws, gridShape, gridValues } from '../../testing/grid-cases';
import { onGpu, openTestGpu } from '../../testing/webgpu-test-backend';
import { roundTensor } from '../round-to-grid';

beforeAll(openTestGpu);

test('WebGPU: equal to the twins bit for bit', async () => {
  const bits = (numbers: Float32Array) => new Uint32Array(numbers.map((x) => (Number.isNaN(x) ? Number.NaN : x)).buffer);
  const differing: string[] = [];
  for (const { name, attributes, expected } of gridCases()) {
    const [found] = await onGpu(() => [
      roundTensor(tf.tensor(gridValues(), [...gridShape]), attributes, () => tf.tensor(gridDraws(), [...gridShape])),
    ]);
    const [seen, wanted] = [bits(found!), bits(expected)];
    const at = wanted.findIndex((word, i) => word !== seen[i]);
    if (at >= 0) differing.push(`${name}: ${gridValues()[at]} gives ${found![at]}, not ${expected[at]}`);
  }
  expect(differing).toEqual([]);
});
