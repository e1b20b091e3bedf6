/** Captured steps are eager steps through everything that stages stack up, and for objectives other than labels over the weights. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildModel } from '../experiment/methods/models/registry';
import type { Stage } from '../experiment/types/experiment';
import { Network } from './network/network';
import { imageObjective, teacherObjective } from './testing/other-objectives';
import { tinyDataset } from './testing/tiny-dataset';
import { model, stage, tinyMlp } from './testing/tiny-run';
import { behind, differences, type StepKind, startTraining, type Trained, type TrainingCase, trained } from './testing/tiny-training';
import { held, normalTensor, openTestGpu, testGpu } from './testing/webgpu-test-backend';

beforeAll(openTestGpu);

const dataset = tinyDataset();
const prune = stage('prune', { amount: 60 });
const lowRank = stage('factorize', { rank: 3 });
const quantize = (method: string, values = {}) => stage('quantize', { method, ...values });
const optimizer = { optimizer: 'adam', lr: 0.02, weightDecay: 1e-3, steps: 20 };

const stacks: Readonly<Record<string, readonly Stage[]>> = {
  'a mask under LSQ': [prune, quantize('lsq', { bits: 3 })],
  'a mask under one bit': [prune, quantize('ste', { bits: 1 })],
  'a mask under ProxQuant, which moves weights itself': [prune, quantize('prox-quant', { bits: 1, proxRate: 50 })],
  'a mask under stochastic rounding': [prune, quantize('ste', { bits: 3, rounding: 'stochastic' })],
  'low-rank factors, a mask and LSQ': [lowRank, prune, quantize('lsq', { bits: 4 })],
  'low-rank factors, a mask, everything quantized': [
    ...[lowRank, prune],
    quantize('ste', { bits: 4, granularity: 'channel', biases: 'same', activations: 'uniform', samples: 16, gradients: 'dorefa' }),
  ],
};

describe.each(Object.entries(stacks))('%s', (_name, stages) => {
  test('20 captured steps are 20 eager ones, bit for bit, and what is pruned stays 0', async () => {
    const training = { dataset, values: optimizer, prepare: behind(...stages) };
    const captured = await trained('captured', training, 20);
    expect(differences(captured, await trained('eager', training, 20))).toEqual([]);
    expect(captured.loss.at(-1)!).toBeLessThan(captured.loss[0]!);
    const masks = Object.entries(captured.arrays).filter(([name]) => name.endsWith('kept'));
    const kernels = Object.entries(captured.parameters).filter(([name]) => !name.endsWith('bias'));
    expect(masks).toHaveLength(kernels.length);
    for (const [i, [name, values]] of kernels.entries())
      for (const [k, keep] of masks[i]![1].entries()) if (keep === 0 && values[k] !== 0) expect.fail(`${name} has ${values[k]} at ${k}`);
  });

  test('memory stays flat while it trains and returns when it is gone', () =>
    expectFlat({ dataset, values: optimizer, prepare: behind(...stages) }));
});

test('with small gradients pruned, 20 captured steps are 20 eager ones, bit for bit, and memory stays flat', async () => {
  const training = { dataset, values: { ...optimizer, optimizer: 'sgd', lr: 0.1, weightDecay: 0, gradientThreshold: 1 } };
  const captured = await trained('captured', training, 20);
  expect(differences(captured, await trained('eager', training, 20))).toEqual([]);
  expect(captured.loss.at(-1)!).toBeLessThan(captured.loss[0]!);
  await expectFlat(training);
});

async function expectFlat(training: TrainingCase): Promise<void> {
  const before = held();
  const { network, steps } = await startTraining('captured', training);
  await steps.run(0, 3);
  const warm = held();
  await steps.run(3, 150);
  expect(held()).toEqual(warm);
  steps.dispose();
  network.dispose();
  expect(held()).toEqual(before);
}

describe('images that move, in front of a network that stays', () => {
  const labels = [0, 1, 2, 3, 0, 1, 2, 3];
  const training = (images: tf.Variable): TrainingCase => ({
    dataset,
    values: { optimizer: 'adam', lr: 0.05, steps: 20 },
    prepare: behind(prune, quantize('ste', { bits: 4, rounding: 'stochastic' })),
    objective: (network) => imageObjective(network, images, labels),
  });

  async function moved(kind: StepKind): Promise<Trained> {
    const images = tf.tidy(() => tf.variable(normalTensor([8, 64], 3)));
    const result = await trained(kind, training(images), 20);
    images.dispose();
    return result;
  }

  test('20 captured steps are 20 eager ones, bit for bit; the loss falls and the weights stay', async () => {
    const captured = await moved('captured');
    expect(differences(captured, await moved('eager'))).toEqual([]);
    expect(captured.loss.at(-1)!).toBeLessThan(0.5 * captured.loss[0]!);
    expect(Object.keys(captured.learned)).toEqual(['learned images']);
    const { network, steps } = await startTraining('eager', { dataset, prepare: behind(prune, quantize('ste', { bits: 4 })) });
    expect(captured.parameters).toEqual(await network.read());
    steps.dispose();
    network.dispose();
  });

  test('memory stays flat', async () => {
    const images = tf.tidy(() => tf.variable(normalTensor([8, 64], 3)));
    // On the GPU before anything is counted, and what brought them there is gone.
    testGpu().uploadToGPU(images.dataId);
    testGpu().flush();
    await expectFlat(training(images));
    images.dispose();
  });
});

describe('a teacher in place of the labels', () => {
  // Its weights are rounded at random when the file is written: a captured step must see those, not new ones of its own.
  async function makeTeacher(): Promise<Network> {
    const teacher = new Network(buildModel(model('mlp', { widths: [16] }), dataset.shape, 4), dataset.shape, 7);
    for (const { latent } of teacher.weights) tf.tidy(() => latent.assign(tf.mul(latent, 3)));
    const settings = quantize('ste', { bits: 3, rounding: 'stochastic' });
    await behind(settings)?.(teacher, undefined as never);
    return teacher;
  }

  test('20 captured steps are 20 eager ones, bit for bit; the loss falls and the teacher stays', async () => {
    const teacher = await makeTeacher();
    const before = await teacher.read();
    const training: TrainingCase = {
      ...{ dataset, model: tinyMlp, values: optimizer },
      prepare: behind(prune, quantize('lsq', { bits: 4 })),
      objective: (network) => teacherObjective(network, teacher),
    };
    const captured = await trained('captured', training, 20);
    expect(differences(captured, await trained('eager', training, 20))).toEqual([]);
    expect(captured.loss.at(-1)!).toBeLessThan(captured.loss[0]!);
    expect(await teacher.read()).toEqual(before);
    await expectFlat(training);
    teacher.dispose();
  });
});
