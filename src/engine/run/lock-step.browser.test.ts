/** Two runs in lock-step on WebGPU: two captured steps alternate, and neither hears of the other. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import type { Experiment } from '../../experiment/types/experiment';
import { tinyDataset } from '../testing/tiny-dataset';
import { finish, quantize, quiet, tinyExperiment, train } from '../testing/tiny-run';
import { openTestGpu, testGpu } from '../testing/webgpu-test-backend';
import { lockStep, type Side } from './lock-step';
import { run } from './session';

beforeAll(openTestGpu);

const program = (bits: number) => tinyExperiment([quantize(bits), train({ steps: 12 })]);
const dataset = tinyDataset({ train: 100, test: 20 });

function side(experiment: Experiment): Side {
  const control = { ...quiet(), maxSteps: 3 };
  return { control, events: run(experiment, dataset, { backend: { name: 'webgpu', adapter: '', reasons: [] }, url: '#test', control }) };
}

/** Gives the second run when it is first asked for. */
function once(experiment: Experiment): () => Side | undefined {
  let given = false;
  return () => {
    if (given) return undefined;
    given = true;
    return side(experiment);
  };
}

async function both() {
  const losses: number[][] = [[], []];
  const digests: string[] = [];
  for await (const { side: at, event } of lockStep(side(program(4)), once(program(2)))) {
    if (event.type === 'metrics') losses[at]?.push(...event.loss);
    if (event.type === 'done') digests[at] = event.record.digest;
  }
  return { losses, digests };
}

test('each run has the losses and the digest that it has alone; a second time takes no more memory', async () => {
  const alone = [
    await finish(program(4), dataset, { backendName: 'webgpu' }),
    await finish(program(2), dataset, { backendName: 'webgpu' }),
  ];
  const expected = { losses: alone.map((run) => run.losses), digests: alone.map((run) => run.record?.digest) };
  expect(await both()).toEqual(expected);
  const bytes = testGpu().memory().numBytesAllocatedInGPU;
  const tensors = tf.memory().numTensors;
  expect(await both()).toEqual(expected);
  expect(testGpu().memory().numBytesAllocatedInGPU).toBe(bytes);
  expect(tf.memory().numTensors).toBe(tensors);
});
