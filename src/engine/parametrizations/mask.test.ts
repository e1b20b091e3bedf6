import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { decodeEncoding } from '../../numerics/container/encoding';
import { eagerContext } from '../device/step-context';
import { on, openTestBackends } from '../testing/wasm-test-backend';
import { masked, maskParametrization } from './mask';
import { disposeParametrization, readState } from './parametrization';

beforeAll(openTestBackends);

const shape = [3, 2] as const;
const values = Float32Array.of(1, -2, 3, -4, 5, -6);
const kept = Uint8Array.of(1, 0, 0, 1, 1, 0);
const left = Float32Array.of(1, 0, 0, -4, 5, 0);
const context = eagerContext(1, 0, { elapsed: 0, progress: 0, lr: 0.1 });
const mask = (fresh?: Uint8Array, state = {}) => maskParametrization(0, shape, fresh, state, 'magnitude');

test('values where it is 1, else 0', () => {
  expect(masked(values, kept)).toEqual(left);
});

describe.each(['wasm', 'cpu'] as const)('on %s', (backend) => {
  test('layers see what is kept; the gradient of the rest is 0', async () => {
    await tf.setBackend(backend);
    const parametrization = mask(kept);
    const dy = Float32Array.of(7, 8, 9, 10, 11, 12);
    const [seen, gradient] = await on(backend, () => {
      const { value, grad } = tf.valueAndGrad((x: tf.Tensor) => parametrization.apply(x, context))(tensor(values), tensor(dy));
      return [tf.clone(value), grad];
    });
    expect(seen!.map((x) => x + 0)).toEqual(left);
    expect(gradient).toEqual(masked(dy, kept));
    disposeParametrization(parametrization);
  });

  test('after a step what is pruned is 0 again, in the variable itself', async () => {
    await tf.setBackend(backend);
    const parametrization = mask(kept);
    const latent = tf.tidy(() => tf.variable(tensor(values)));
    const before = tf.memory().numTensors;
    tf.tidy(() => parametrization.afterStep?.(latent, context));
    expect(tf.memory().numTensors).toBe(before);
    expect(Float32Array.from(await latent.data()).map((x) => x + 0)).toEqual(left);
    latent.dispose();
    disposeParametrization(parametrization);
  });
});

test('the file holds what is kept, whether the mask comes from a stage, from a checkpoint or from nowhere', async () => {
  await tf.setBackend('wasm');
  const checkpoint = { kept: Float32Array.from(kept) };
  for (const [parametrization, expected] of [
    [mask(kept), left],
    [mask(undefined, checkpoint), left],
    [mask(kept, { kept: new Float32Array(6).fill(1) }), left],
    [mask(), values],
  ] as const) {
    expect(decodeEncoding(parametrization.materialize(values, await readState(parametrization)), shape)).toEqual(expected);
    disposeParametrization(parametrization);
  }
  const parametrization = mask(kept);
  expect(parametrization.materialize(values, {})).toEqual({ kind: 'float32', values });
  disposeParametrization(parametrization);
});

test('no optimizer moves it, and it says what it was made by', async () => {
  const parametrization = mask(kept);
  expect(parametrization.arrays.map(({ name, rate, variable }) => [name, rate, variable.trainable, variable.shape])).toEqual([
    ['kept', 0, false, [3, 2]],
  ]);
  expect(parametrization).toMatchObject({ kind: 'mask', stage: 0, origin: { method: 'magnitude', share: 1 } });
  expect(await readState(parametrization)).toEqual({ kept: Float32Array.from(kept) });
  disposeParametrization(parametrization);
});

function tensor(array: Float32Array): tf.Tensor {
  return tf.tensor(array.slice(), [...shape]);
}
