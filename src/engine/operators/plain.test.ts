import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { fillUniform, Purpose } from '../../numerics/random/rng';
import { notTraining } from '../device/step-context';
import { Network } from '../network/network';
import { on, openTestBackends } from '../testing/wasm-test-backend';
import { dropout } from './plain';

beforeAll(openTestBackends);

const ones = () => tf.ones([50, 40]);
const mask = async (rate: number, seed: number, step: number, layer: number) =>
  (await on('wasm', () => [dropout(ones(), rate, seed, step, layer)]))[0] ?? new Float32Array();

describe('dropout', () => {
  test('drops where the stream of this seed, layer and step is below the rate, and scales the rest', async () => {
    const draws = new Float32Array(2000);
    fillUniform(draws, 3, Purpose.dropout + 16 * 2, 9);
    const expected = draws.map((u) => (u < Math.fround(0.3) ? 0 : 1 / 0.7));
    for (const backend of ['wasm', 'cpu'] as const) {
      const [found] = await on(backend, () => [dropout(ones(), 0.3, 3, 9, 2)]);
      expect(found).toEqual(expected);
    }
  });

  test('keeps the mean; the share of zeros is the rate', async () => {
    for (const rate of [0.1, 0.5, 0.9]) {
      const found = await mask(rate, 1, 0, 1);
      const zeros = found.filter((value) => value === 0).length / found.length;
      // 2,000 draws: three standard deviations.
      expect(Math.abs(zeros - rate)).toBeLessThan(3 * Math.sqrt((rate * (1 - rate)) / 2000));
      expect(new Set(found).size).toBe(2);
      expect(Math.max(...found)).toBeCloseTo(1 / (1 - rate), 4);
    }
  });

  test('seed, step and layer each change the mask', async () => {
    const masks = [await mask(0.5, 1, 1, 1), await mask(0.5, 2, 1, 1), await mask(0.5, 1, 2, 1), await mask(0.5, 1, 1, 2)].map(String);
    expect(new Set(masks).size).toBe(4);
    expect(await mask(0.5, 1, 1, 1).then(String)).toBe(masks[0]);
  });

  test('a rate of 0 changes nothing; the gradient goes through what was kept', async () => {
    const values = Float32Array.from({ length: 30 }, (_, i) => i - 7);
    const [same, dx, kept] = await on('wasm', () => {
      const x = tf.tensor1d(values.slice());
      return [dropout(x, 0, 1, 1, 1), tf.grad((v: tf.Tensor) => dropout(v, 0.4, 1, 1, 1))(x), dropout(tf.ones([30]), 0.4, 1, 1, 1)];
    });
    expect(same).toEqual(values);
    expect(kept?.includes(0)).toBe(true);
    expect(dx).toEqual(kept);
  });

  test('a network drops in training only', async () => {
    const network = new Network(
      [{ type: 'flatten' }, { type: 'dense', name: 'fc1', units: 30, init: 'glorotNormal' }, { type: 'dropout', rate: 0.5 }],
      { height: 2, width: 2, channels: 1 },
      1,
    );
    const forward = (training: boolean, step: number) => network.forward(tf.ones([1, 4]), { ...notTraining, training, seed: 1, step });
    const [calm, calmer, first, second] = await on('wasm', () => [
      forward(false, 0),
      forward(false, 1),
      forward(true, 0),
      forward(true, 1),
    ]);
    network.dispose();
    expect(calm).toEqual(calmer);
    expect(calm?.every((value) => value !== 0)).toBe(true);
    expect(first?.some((value) => value === 0)).toBe(true);
    expect(second).not.toEqual(first);
  });
});
