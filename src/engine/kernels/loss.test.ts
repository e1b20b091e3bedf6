import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { normal, on, openTestBackends } from '../testing/wasm-test-backend';
import { softmaxCrossEntropy } from './loss';
import { KernelName } from './shared/dispatch';

beforeAll(openTestBackends);

type Way = 'wasm' | 'cpu' | 'composed';
const ways: readonly Way[] = ['wasm', 'cpu', 'composed'];

/** 'composed' is the path of a backend without the kernel, here cpu's. */
async function by(way: Way, compute: () => tf.Tensor[]): Promise<Float32Array[]> {
  if (way !== 'composed') return on(way, compute);
  const kernel = tf.getKernel(KernelName.softmaxCrossEntropy, 'cpu');
  tf.unregisterKernel(KernelName.softmaxCrossEntropy, 'cpu');
  try {
    return await on('cpu', compute);
  } finally {
    tf.registerKernel(kernel);
  }
}

function lossAndGradient(logits: tf.Tensor, labels: number[], dy = 1): tf.Tensor[] {
  const wanted = tf.tensor1d(labels, 'int32');
  const { loss, correct } = softmaxCrossEntropy(logits as tf.Tensor2D, wanted);
  const gradient = tf.grad((x: tf.Tensor) => softmaxCrossEntropy(x as tf.Tensor2D, wanted).loss)(logits, tf.scalar(dy));
  return [loss, correct, gradient];
}

for (const way of ways) {
  test(`${way}: two rows by hand`, async () => {
    // Row 1: logits ln 1, ln 2, ln 5, label 1, so p = 1/8, 2/8, 5/8. Row 2: equal logits, label 0, so p = 1/3 each.
    const logits = () => tf.tensor2d([Math.log(1), Math.log(2), Math.log(5), 7, 7, 7], [2, 3]);
    const [loss, correct, gradient] = await by(way, () => lossAndGradient(logits(), [1, 0]));
    expect(loss![0]).toBeCloseTo((Math.log(4) + Math.log(3)) / 2, 6);
    expect(correct![0]).toBe(1);
    const expected = [1 / 16, -3 / 8, 5 / 16, -1 / 3, 1 / 6, 1 / 6];
    for (const [i, value] of expected.entries()) expect(gradient![i]).toBeCloseTo(value, 6);
  });

  test(`${way}: large logits do not overflow`, async () => {
    const [loss, correct] = await by(way, () => lossAndGradient(tf.tensor2d([1000, -1000], [1, 2]), [1]));
    expect(loss![0]).toBeCloseTo(2000, 2);
    expect(correct![0]).toBe(0);
  });

  test(`${way}: dy multiplies the gradient`, async () => {
    const gradients = await by(way, () =>
      [lossAndGradient(normal([4, 5], 1), [0, 4, 2, 2]), lossAndGradient(normal([4, 5], 1), [0, 4, 2, 2], 3)].map((g) => g[2]!),
    );
    for (let i = 0; i < 20; i++) expect(gradients[1]![i]).toBeCloseTo(3 * gradients[0]![i]!, 5);
  });

  test(`${way}: agrees with tfjs's loss and its gradient`, async () => {
    const labels = [3, 0, 9, 9, 1, 5, 2, 8];
    const [loss, , gradient, theirs, theirGradient] = await by(way, () => {
      const logits = normal([8, 10], 4);
      const oneHot = tf.oneHot(tf.tensor1d(labels, 'int32'), 10);
      const reference = (x: tf.Tensor) => tf.losses.softmaxCrossEntropy(oneHot, x) as tf.Tensor;
      return [...lossAndGradient(logits, labels), reference(logits), tf.grad(reference)(logits)];
    });
    expect(loss![0]).toBeCloseTo(theirs![0]!, 5);
    for (let i = 0; i < gradient!.length; i++) expect(gradient![i]).toBeCloseTo(theirGradient![i]!, 6);
  });
}

test('a weight that is not a number gives a loss that is not a number', async () => {
  for (const way of ways) {
    const [loss] = await by(way, () => lossAndGradient(tf.tensor2d([Number.NaN, 1], [1, 2]), [0]));
    expect(loss![0]).toBeNaN();
  }
});

test('labels of another length are refused', () => {
  expect(() => softmaxCrossEntropy(tf.zeros([2, 3]), tf.tensor1d([0], 'int32'))).toThrow(RangeError);
});

test('nothing is left behind by value and gradient', async () => {
  for (const way of ['wasm', 'cpu'] as const) {
    await tf.setBackend(way);
    const logits = tf.variable(normal([4, 5], 1));
    const labels = tf.tensor1d([0, 1, 2, 3], 'int32');
    const step = () => {
      const { value, grads } = tf.variableGrads(() => softmaxCrossEntropy(logits as unknown as tf.Tensor2D, labels).loss, [logits]);
      tf.dispose([value, grads]);
    };
    step();
    const before = tf.memory().numTensors;
    for (let i = 0; i < 3; i++) step();
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose([logits, labels]);
  }
});
