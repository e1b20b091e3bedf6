/** One step for any objective: labels, a teacher, images in place of weights. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildModel } from '../../experiment/methods/models/registry';
import type { TrainStage } from '../../experiment/types/experiment';
import { fillNormal } from '../../numerics/random/rng';
import { eagerContext } from '../device/step-context';
import { Feeder } from '../images/feeder';
import { Network } from '../network/network';
import { imageObjective, teacherObjective } from '../testing/other-objectives';
import { referenceLoss } from '../testing/reference-network';
import { tinyDataset } from '../testing/tiny-dataset';
import { model, train } from '../testing/tiny-run';
import { openTestBackends } from '../testing/wasm-test-backend';
import { EagerSteps } from './create-steps';
import type { Objective } from './objective';
import { hyperOf } from './optimizer-state';
import { trainingStep } from './step';

beforeAll(openTestBackends);

type Arrays = Readonly<Record<string, Float32Array>>;

const dataset = tinyDataset({ train: 60, side: 4 });
const { shape } = dataset;
const labels = [0, 1, 2, 3, 3, 2];
// Smooth, for finite differences.
const smooth = (width: number) => buildModel(model('mlp', { widths: [width], activation: 'tanh' }), shape, 4);
const layers = smooth(6);
const pictures = new Float32Array(6 * 16);
fillNormal(pictures, 1, 1, 4);

const network = () => new Network(layers, shape, 1);

/** Another network, whose answers are far from even. */
function teacher(): Network {
  const other = new Network(smooth(9), shape, 2);
  for (const { latent } of other.weights) tf.tidy(() => latent.assign(tf.mul(latent, 3)));
  return other;
}

const variableOf = (values: Float32Array) => tf.tidy(() => tf.variable(tf.tensor2d(values.slice(), [6, 16])));
const copy = async (own: Network): Promise<Arrays> => structuredClone(await own.read());

/** Losses of 30 steps of batch 6. */
async function losses(objective: Objective): Promise<Float32Array> {
  const stage = train({ optimizer: 'adam', lr: 0.05, batch: 6, steps: 30 }) as TrainStage;
  const steps = new EagerSteps({ objective, feeder: new Feeder(dataset, 'standard', 1), stage, seed: 1, ordinal: 0, slots: {} });
  const { loss } = await steps.run(0, 30);
  steps.dispose();
  return loss;
}

/** What one step of plain SGD with a learning rate of 1 takes away from the pictures' batch. */
async function gradients(objective: Objective): Promise<Arrays> {
  const values = () => Promise.all(objective.learned.map(async ({ variable }) => Float32Array.from(await variable.data())));
  const before = await values();
  const stage = train({ optimizer: 'sgd', lr: 1 }) as TrainStage;
  tf.tidy(() => {
    const batch = { images: tf.tensor2d(pictures.slice(), [6, 16]), labels: tf.tensor1d(labels, 'int32') };
    const context = eagerContext(1, 0, { elapsed: 0, progress: 0, lr: 1 });
    trainingStep({ objective, optimizer: 'sgd', slots: new Map() }, batch, hyperOf(stage, 0), context);
  });
  const after = await values();
  return Object.fromEntries(objective.learned.map(({ name }, k) => [name, before[k]!.map((value, i) => value - after[k]![i]!)]));
}

/** Some elements of the gradient against central differences of a loss in double precision. */
function expectDerivatives(found: Float32Array, at: Float32Array, loss: (values: Float64Array) => number): void {
  expect(found).toHaveLength(at.length);
  for (let i = 0; i < at.length; i += 7) {
    const moved = (by: number) => loss(Float64Array.from(at).with(i, at[i]! + by));
    expect(found[i]).toBeCloseTo((moved(1e-4) - moved(-1e-4)) / 2e-4, 5);
  }
}

describe('images that move, in front of a network that stays', () => {
  test('the loss falls; only the images move', async () => {
    const [own, images] = [network(), variableOf(pictures)];
    const before = await copy(own);
    const tensors = tf.memory().numTensors;
    const found = await losses(imageObjective(own, images, labels));
    expect(tf.memory().numTensors).toBe(tensors);
    expect(found.at(-1)!).toBeLessThan(0.5 * found[0]!);
    expect(await own.read()).toEqual(before);
    expect(Float32Array.from(await images.data())).not.toEqual(pictures);
    images.dispose();
    own.dispose();
  });

  test('their gradient is the one of the reference network', async () => {
    const [own, images] = [network(), variableOf(pictures)];
    const parameters = await copy(own);
    const found = await gradients(imageObjective(own, images, labels));
    expect(Object.keys(found)).toEqual(['images']);
    expectDerivatives(found.images!, pictures, (values) => referenceLoss(layers, shape, parameters, { images: values, labels }).loss);
    images.dispose();
    own.dispose();
  });
});

describe('a teacher in place of the labels', () => {
  test('the loss falls; the weights move, the teacher stays', async () => {
    const [own, other] = [network(), teacher()];
    const [before, taught] = [await copy(own), await copy(other)];
    const tensors = tf.memory().numTensors;
    const found = await losses(teacherObjective(own, other));
    expect(tf.memory().numTensors).toBe(tensors);
    const mean = (part: Float32Array) => part.reduce((sum, value) => sum + value, 0) / part.length;
    expect(mean(found.slice(-10))).toBeLessThan(mean(found.slice(0, 10)));
    expect(await other.read()).toEqual(taught);
    for (const [name, values] of Object.entries(await own.read())) expect(values, name).not.toEqual(before[name]);
    own.dispose();
    other.dispose();
  });

  test('the weights’ gradient is the one of the reference network', async () => {
    const [own, other] = [network(), teacher()];
    const [parameters, weights] = [await copy(own), await copy(other)];
    const found = await gradients(teacherObjective(own, other));
    const loss = (by: typeof layers, values: Readonly<Record<string, Float32Array | Float64Array>>, image: number, label: number) =>
      referenceLoss(by, shape, values, { images: pictures.subarray(16 * image, 16 * image + 16), labels: [label] }).loss;
    const [images, classes] = [labels.map((_, i) => i), [0, 1, 2, 3]];
    const shares = images.map((image) => classes.map((label) => Math.exp(-loss(smooth(9), weights, image, label))));
    for (const name of ['fc1/kernel', 'fc2/kernel', 'fc2/bias'])
      expectDerivatives(found[name]!, parameters[name]!, (values) => {
        const changed = { ...parameters, [name]: values };
        const each = images.flatMap((image) => classes.map((label) => shares[image]![label]! * loss(layers, changed, image, label)));
        return each.reduce((sum, value) => sum + value, 0) / images.length;
      });
    own.dispose();
    other.dispose();
  });
});

test('an objective that fails leaves nothing behind', () => {
  const own = network();
  const broken: Objective = {
    learned: own.learned,
    variables: own.variables,
    value() {
      const loss = tf.scalar(1);
      return { loss, correct: tf.scalar(0), minimized: tf.tensor1d([1, 2]) as unknown as tf.Scalar };
    },
    afterStep() {},
  };
  const tensors = tf.memory().numTensors;
  const step = () => {
    const batch = { images: tf.zeros([1, 16]), labels: tf.tensor1d([0], 'int32') };
    const hyper = hyperOf(train() as TrainStage, 0);
    trainingStep(
      { objective: broken, optimizer: 'sgd', slots: new Map() },
      batch,
      hyper,
      eagerContext(1, 0, { elapsed: 0, progress: 0, lr: 1 }),
    );
  };
  expect(() => tf.tidy(step)).toThrow();
  expect(tf.memory().numTensors).toBe(tensors);
  own.dispose();
});
