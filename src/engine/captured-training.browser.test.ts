/** Captured steps are the eager ones, for every optimizer and model; nothing piles up; the same experiment gives the same file. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { modelDefinition } from '../experiment/methods/models/registry';
import { CapturedEvaluator } from './evaluation/captured-evaluator';
import { EagerEvaluator } from './evaluation/create-evaluator';
import { steParametrization } from './parametrizations/quantizers/ste';
import { parametrizationSetup } from './testing/parametrization-setup';
import { tinyDataset } from './testing/tiny-dataset';
import { finish, model, quantize, tinyCnn, tinyExperiment, train } from './testing/tiny-run';
import { differences, narrowed, startTraining, trained } from './testing/tiny-training';
import { openTestGpu, testGpu } from './testing/webgpu-test-backend';
import type { CapturedSteps } from './training/captured-steps';

beforeAll(openTestGpu);

describe('50 captured steps are 50 eager steps, bit for bit', () => {
  for (const optimizer of ['sgd', 'momentum', 'adam', 'rmsprop'])
    test(optimizer, async () => {
      const training = { values: { optimizer, lr: 0.005, weightDecay: 0.001, schedule: 'cosine', warmup: 5, steps: 50 } };
      const captured = await trained('captured', training, 50);
      expect(differences(captured, await trained('eager', training, 50))).toEqual([]);
      expect(captured.loss.at(-1)!).toBeLessThan(captured.loss[0]!);
    });
});

describe('50 captured steps of every model, quantized to 4 bits, are the eager ones', () => {
  const small = tinyDataset({ train: 60, channels: 3, classes: 5 });
  const cases = {
    'thesis-mlp': model('thesis-mlp', {}),
    'lenet-300-100': model('lenet-300-100', {}),
    'lenet-5': model('lenet-5', {}),
    'conv-2': model('conv-2', {}),
    'conv-4': model('conv-4', {}),
    'conv-6': model('conv-6', {}),
    'thesis-cnn': model('thesis-cnn', {}),
    'mlp, tanh, dropout': model('mlp', { widths: [12, 6], activation: 'tanh', dropout: 0.3 }),
    'mlp, sigmoid, batch norm': model('mlp', { widths: [12], activation: 'sigmoid', batchNorm: true }),
    'cnn, ReLU, batch norm, dropout': tinyCnn,
    'resnet, with a projection': model('resnet', { groups: [24, 36] }),
    'cnn, 5 × 5, no pooling': model('cnn', { channels: [2], dense: [], kernel: '5', pool: 'none' }),
  };
  for (const [name, block] of Object.entries(cases))
    test(name, async () => {
      const dataset = name === 'lenet-5' ? tinyDataset({ train: 60, side: 16 }) : small;
      const layers = narrowed(modelDefinition(block.id).build(block, dataset.shape, dataset.classes.length), 12);
      const training = {
        layers,
        dataset,
        values: { batch: 4, lr: 0.01, optimizer: 'momentum' },
        parametrization: () => steParametrization(parametrizationSetup({ bits: 4 })),
      };
      const captured = await trained('captured', training, 50);
      expect(differences(captured, await trained('eager', training, 50))).toEqual([]);
      // The rows of the step table were walked: a step that always saw the first batch would soon repeat itself.
      expect(new Set(captured.loss).size).toBeGreaterThan(25);
    });
});

test('LeNet-300-100 with Adam takes at most 30 launches a step, quantized or not', async () => {
  const layers = narrowed(modelDefinition('lenet-300-100').build(model('lenet-300-100', {}), tinyDataset().shape, 4), 12);
  const launches: number[] = [];
  for (const parametrization of [undefined, () => steParametrization(parametrizationSetup({ bits: 4 }))]) {
    const { network, steps } = await startTraining('captured', { layers, parametrization, values: { optimizer: 'adam' } });
    await steps.warmUp();
    launches.push((steps as CapturedSteps).dispatches);
    steps.dispose();
    network.dispose();
  }
  // Two more for each of the three kernels.
  expect(launches).toEqual([17, 23]);
});

test('10,000 captured steps leave tensors and GPU memory as they were', async () => {
  const held = () => {
    const { numBytesInGPU, numBytesAllocatedInGPU } = testGpu().memory() as unknown as Record<string, number>;
    return { ...tf.memory(), numBytesInGPU, numBytesAllocatedInGPU };
  };
  const { network, steps } = await startTraining('captured', {
    model: model('mlp', { widths: [4] }),
    values: { batch: 2, optimizer: 'sgd' },
  });
  await steps.run(0, 10);
  const before = held();
  await steps.run(10, 10_000);
  expect(held()).toEqual(before);
  steps.dispose();
  network.dispose();
});

test('captured evaluation gives the eager logits', async () => {
  const dataset = tinyDataset({ test: 130, channels: 3 });
  const { network, steps } = await startTraining('captured', { dataset, model: tinyCnn });
  await steps.run(0, 5);
  const affine = { scale: [0.01, 0.02, 0.03], shift: [-1, 0, 1] };
  const eager = new EagerEvaluator(network, affine);
  const captured = new CapturedEvaluator(testGpu(), network, affine, eager);
  const indices = Uint32Array.from({ length: 120 }, (_, i) => 129 - i);
  expect(await captured.logits(dataset.test, indices)).toEqual(await eager.logits(dataset.test, indices));
  // The weights move on; the traced pass must see them.
  await steps.run(5, 1);
  expect(await captured.logits(dataset.test, indices)).toEqual(await eager.logits(dataset.test, indices));
  captured.dispose();
  steps.dispose();
  network.dispose();
});

test('the same experiment twice gives the same file, and a second training stage continues', async () => {
  const dataset = tinyDataset();
  const experiment = tinyExperiment([train({ optimizer: 'adam' }), quantize(3), train({ optimizer: 'adam' })], { model: tinyCnn });
  const [first, second] = [await finish(experiment, dataset), await finish(experiment, dataset)];
  expect(first.record?.digest).toMatch(/^[0-9a-f]{64}$/);
  expect(second.record?.digest).toBe(first.record?.digest);
  expect(second.losses).toEqual(first.losses);
  expect(first.losses).toHaveLength(24);
  expect(first.losses.every(Number.isFinite)).toBe(true);
});

test('a loss that is not a number fails the run', async () => {
  const { events, record } = await finish(tinyExperiment([train({ optimizer: 'sgd', lr: 1e38 })]), tinyDataset());
  expect(record).toBeUndefined();
  expect(events.at(-1)?.type).toBe('failed');
});
