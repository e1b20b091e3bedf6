import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { type Hyper, slotCount, type UpdateMethod } from '../device/step-table';
import { normal, openTestBackends } from '../testing/wasm-test-backend';
import { applyUpdate } from './optimizer-update';
import { KernelName } from './shared/dispatch';

beforeAll(openTestBackends);

const methods: readonly UpdateMethod[] = ['sgd', 'momentum', 'adam', 'rmsprop'];
const hyper: Omit<Hyper, 'step'> = { lr: 0.1, momentum: 0.9, beta1: 0.9, beta2: 0.99, decay: 0.9, epsilon: 1e-3, weightDecay: 0 };

/** Parameter and slots after one step for each gradient. */
async function after(
  backend: 'wasm' | 'cpu',
  method: UpdateMethod,
  start: () => tf.Tensor,
  gradients: (() => tf.Tensor)[],
  changes: Partial<Hyper> = {},
): Promise<Float32Array[]> {
  await tf.setBackend(backend);
  const parameter = tf.tidy(() => tf.variable(start()));
  const slots = Array.from({ length: slotCount[method] }, () => tf.tidy(() => tf.variable(tf.zeros(parameter.shape))));
  for (const [i, gradient] of gradients.entries())
    tf.tidy(() => applyUpdate(method, parameter, gradient(), slots, { ...hyper, ...changes, step: i + 1 }));
  const arrays = await Promise.all([parameter, ...slots].map(async (variable) => Float32Array.from(await variable.data())));
  tf.dispose([parameter, ...slots]);
  return arrays;
}

const two = () => tf.tensor1d([1, -2]);
const gradient = () => tf.tensor1d([0.5, -1]);
const known: Record<UpdateMethod, number[][]> = {
  sgd: [[0.95, -1.9]],
  // First step: velocity is the gradient.
  momentum: [
    [0.95, -1.9],
    [0.5, -1],
  ],
  // First step: corrected moments are g and g², so w moves by lr g / (|g| + ε).
  adam: [
    [1 - 0.05 / 0.501, -2 + 0.1 / 1.001],
    [0.05, -0.1],
    [0.0025, 0.01],
  ],
  // Mean square 0.1 g².
  rmsprop: [
    [1 - 0.05 / Math.sqrt(0.026), -2 + 0.1 / Math.sqrt(0.101)],
    [0.025, 0.1],
  ],
};

for (const backend of ['wasm', 'cpu'] as const)
  for (const method of methods) {
    test(`${method} on ${backend}: the first step by hand`, async () => {
      const arrays = await after(backend, method, two, [gradient]);
      expect(arrays.length).toBe(known[method].length);
      for (const [k, expected] of known[method].entries())
        for (const [i, value] of expected.entries()) expect(arrays[k]![i]).toBeCloseTo(value, 5);
    });

    test(`${method} on ${backend}: weight decay adds its share to the gradient`, async () => {
      const decayed = await after(backend, method, two, [gradient], { weightDecay: 0.1 });
      const added = await after(backend, method, two, [() => tf.tensor1d([0.6, -1.2])]);
      for (const [k, expected] of added.entries())
        for (const [i, value] of expected.entries()) expect(decayed[k]![i]).toBeCloseTo(value, 6);
    });
  }

for (const method of methods) {
  const start = () => normal([6, 7], 1);
  const gradients = [2, 3, 4].map((stream) => () => normal([6, 7], stream));
  const changes = { weightDecay: 0.01 };

  test(`${method}: wasm and cpu give the same bits`, async () => {
    expect(await after('wasm', method, start, gradients, changes)).toEqual(await after('cpu', method, start, gradients, changes));
  });

  test(`${method}: composed of operations, it agrees to 1e-5`, async () => {
    const kernel = await after('cpu', method, start, gradients, changes);
    const config = tf.getKernel(KernelName.applyUpdate, 'cpu');
    tf.unregisterKernel(KernelName.applyUpdate, 'cpu');
    const composed = await after('cpu', method, start, gradients, changes).finally(() => tf.registerKernel(config));
    for (const [k, expected] of kernel.entries())
      for (const [i, value] of expected.entries()) expect(Math.abs(composed[k]![i]! - value)).toBeLessThan(1e-5);
  });
}

test('on wasm a product sees the new weights: nothing packed stays behind', async () => {
  await tf.setBackend('wasm');
  const weights = tf.variable(tf.zeros([3, 4]));
  // Many rows, so that the weights are the factor that XNNPACK packs and keeps.
  const x = tf.ones([200, 3]);
  const product = async () => [...new Set(await tf.tidy(() => tf.matMul(x as tf.Tensor2D, weights as unknown as tf.Tensor2D)).data())];
  expect(await product()).toEqual([0]);
  tf.tidy(() => applyUpdate('sgd', weights, tf.ones([3, 4]), [], { lr: -1, weightDecay: 0, step: 1 }));
  expect(await product()).toEqual([3]);
});

test('on cpu the array that a variable was made from is not written to', async () => {
  await tf.setBackend('cpu');
  const values = Float32Array.of(1, 2);
  const parameter = tf.variable(tf.tensor1d(values));
  tf.tidy(() => applyUpdate('sgd', parameter, tf.ones([2]), [], { lr: 0.5, weightDecay: 0, step: 1 }));
  expect([...(await parameter.data())]).toEqual([0.5, 1.5]);
  expect([...values]).toEqual([1, 2]);
});

test('a wrong number of slots or a wrong shape is refused', () => {
  const parameter = tf.variable(tf.zeros([2]));
  expect(() => applyUpdate('adam', parameter, tf.zeros([2]), [], { ...hyper, step: 1 })).toThrow(RangeError);
  expect(() => applyUpdate('sgd', parameter, tf.zeros([3]), [], { ...hyper, step: 1 })).toThrow(RangeError);
});

test('tensors do not pile up', async () => {
  for (const backend of ['wasm', 'cpu'] as const) {
    await tf.setBackend(backend);
    const parameter = tf.variable(tf.zeros([5]));
    const slots = [tf.variable(tf.zeros([5])), tf.variable(tf.zeros([5]))];
    const step = (count: number) => tf.tidy(() => applyUpdate('adam', parameter, tf.ones([5]), slots, { ...hyper, step: count }));
    step(1);
    const [before, ids] = [tf.memory().numTensors, tf.engine().backend.numDataIds()];
    for (let i = 2; i < 6; i++) step(i);
    expect([tf.memory().numTensors, tf.engine().backend.numDataIds()]).toEqual([before, ids]);
  }
});
