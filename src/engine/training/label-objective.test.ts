import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { buildModel } from '../../experiment/methods/models/registry';
import { eagerContext } from '../device/step-context';
import { squaredHinge } from '../kernels/loss';
import { Network } from '../network/network';
import { tinyDataset } from '../testing/tiny-dataset';
import { tinyMlp } from '../testing/tiny-run';
import { on, openTestBackends } from '../testing/wasm-test-backend';
import { labelObjective } from './label-objective';

beforeAll(openTestBackends);

const { shape } = tinyDataset();
const layers = buildModel(tinyMlp, shape, 4);

test('the loss that the stage names, over the weights of the network', async () => {
  const network = new Network(layers, shape, 1);
  const context = eagerContext(1, 0, { elapsed: 0, progress: 0, lr: 0.01 });
  const images = tf.randomUniform([3, 64], 0, 1, 'float32', 1);
  const labels = tf.tensor1d([0, 1, 2], 'int32');
  const [loss, expected] = await on('wasm', () => [
    labelObjective(network, 'squared-hinge').value({ images, labels }, context).minimized,
    squaredHinge(network.forward(images, context), labels).loss,
  ]);
  expect(loss).toEqual(expected);
  expect(labelObjective(network).learned.map(({ name }) => name)).toEqual(['fc1/kernel', 'fc1/bias', 'fc2/kernel', 'fc2/bias']);
  network.dispose();
});

test('an unknown loss is refused', () => {
  const network = new Network(layers, shape, 1);
  expect(() => labelObjective(network, 'toString')).toThrow('There is no loss called "toString".');
  network.dispose();
});
