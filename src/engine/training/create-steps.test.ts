import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildModel } from '../../experiment/methods/models/registry';
import type { Values } from '../../experiment/settings/setting';
import type { TrainStage } from '../../experiment/types/experiment';
import { adamStep, momentumStep, rmspropStep, sgdStep } from '../../numerics/training/optimizers';
import { Feeder } from '../images/feeder';
import { Network } from '../network/network';
import { tinyDataset } from '../testing/tiny-dataset';
import { tinyMlp, train } from '../testing/tiny-run';
import { openTestBackends } from '../testing/wasm-test-backend';
import { EagerSteps } from './create-steps';
import { labelObjective } from './label-objective';
import { hyperOf } from './optimizer-state';

beforeAll(openTestBackends);

const dataset = tinyDataset({ train: 100 });
const layers = buildModel(tinyMlp, dataset.shape, 4);
const feeder = new Feeder(dataset, 'unit', 3);

type Arrays = Readonly<Record<string, Float32Array>>;

function steps(network: Network, stage: TrainStage, slots: Arrays = {}, ordinal = 0): EagerSteps {
  return new EagerSteps({ objective: labelObjective(network, stage.loss), feeder, stage, seed: 3, ordinal, slots });
}

/** The gradient at these weights in this step: what SGD with learning rate 1 takes from them. */
async function gradientAt(weights: Arrays, step: number): Promise<Arrays> {
  const network = new Network(layers, dataset.shape, 3);
  network.write(weights);
  const sgd = steps(network, train({ optimizer: 'sgd', lr: 1, batch: 10 }) as TrainStage);
  await sgd.run(step, 1);
  const after = await network.read();
  sgd.dispose();
  network.dispose();
  return Object.fromEntries(Object.entries(weights).map(([name, w]) => [name, w.map((v, i) => v - (after[name]?.[i] ?? Number.NaN))]));
}

/** One step of the twin in numerics, in place. */
function twinStep(stage: TrainStage, name: string, w: Float32Array, g: Float32Array, slots: Float32Array[], step: number): void {
  const [first = new Float32Array(), second = new Float32Array()] = slots;
  const { lr } = stage;
  const weightDecay = name.endsWith('kernel') ? stage.weightDecay : 0;
  if (stage.optimizer === 'sgd') sgdStep(w, g, { lr, weightDecay });
  else if (stage.optimizer === 'momentum') momentumStep(w, g, first, { lr, weightDecay, momentum: 0.7 });
  else if (stage.optimizer === 'rmsprop') rmspropStep(w, g, first, { lr, weightDecay, decay: 0.8, epsilon: 1e-3 });
  else adamStep(w, g, first, second, { lr, weightDecay, beta1: 0.8, beta2: 0.95, epsilon: 1e-2, step });
}

const optimizers: readonly [string, readonly string[], Values][] = [
  ['sgd', [], {}],
  ['momentum', ['velocity'], { momentum: 0.7 }],
  ['rmsprop', ['meanSquare'], { decay: 0.8, epsilon: 1e-3 }],
  ['adam', ['moment1', 'moment2'], { beta1: 0.8, beta2: 0.95, epsilon: 1e-2 }],
];

describe('three steps of each optimizer, with weight decay, follow their references', () => {
  for (const backend of ['wasm', 'cpu'])
    for (const [optimizer, slotNames, own] of optimizers)
      test(`${optimizer} on ${backend}`, async () => {
        await tf.setBackend(backend);
        const stage = train({ optimizer, lr: 0.02, batch: 10, weightDecay: 0.1, ...own }) as TrainStage;
        const network = new Network(layers, dataset.shape, 3);
        const engine = steps(network, stage);
        const weights = structuredClone(await network.read());
        const slots = new Map(Object.entries(weights).map(([name, w]) => [name, slotNames.map(() => new Float32Array(w.length))]));
        for (let step = 0; step < 3; step++) {
          const gradient = await gradientAt(weights, step);
          for (const [name, w] of Object.entries(weights)) {
            twinStep(stage, name, w, gradient[name] ?? new Float32Array(), slots.get(name) ?? [], step + 1);
          }
          await engine.run(step, 1);
        }
        const found = await network.read();
        for (const [name, w] of Object.entries(weights)) {
          for (const [i, v] of w.entries()) expect(Math.abs((found[name]?.[i] ?? Number.NaN) - v)).toBeLessThan(2e-6 + 1e-4 * Math.abs(v));
        }
        const kept = await engine.slots();
        expect(Object.keys(kept).sort()).toEqual(
          Object.keys(weights)
            .flatMap((name) => slotNames.map((slot) => `${name}/${slot}`))
            .sort(),
        );
        for (const [name, arrays] of slots) {
          for (const [k, slot] of slotNames.entries()) {
            const largest = (arrays[k] ?? new Float32Array()).reduce((most, v) => Math.max(most, Math.abs(v)), 0);
            expect(largest).toBeGreaterThan(0);
            for (const [i, v] of (arrays[k] ?? []).entries()) {
              expect(Math.abs((kept[`${name}/${slot}`]?.[i] ?? Number.NaN) - v)).toBeLessThan(1e-4 * largest);
            }
          }
        }
        engine.dispose();
        network.dispose();
        await tf.setBackend('wasm');
      });
});

describe('what changes from step to step', () => {
  const stage = train({ steps: 100, optimizer: 'adam', lr: 0.01, schedule: 'cosine', floor: 0, warmup: 4 }) as TrainStage;

  test('the learning rate follows schedule and warm-up; Adam counts from 1', () => {
    expect(hyperOf(stage, 0)).toMatchObject({ lr: 0.01 / 5, step: 1, epsilon: 1e-7, beta1: 0.9, beta2: 0.999, weightDecay: 0 });
    expect(hyperOf(stage, 4).lr).toBeCloseTo(0.01, 12);
    expect(hyperOf(stage, 52).lr).toBeCloseTo(0.005, 12);
    expect(hyperOf(stage, 99)).toMatchObject({ step: 100 });
    expect(hyperOf(stage, 99).lr).toBeLessThan(1e-5);
  });

  test('losses are those of the batches, in order; the share of right answers is a share', async () => {
    const network = new Network(layers, dataset.shape, 3);
    const still = train({ optimizer: 'sgd', lr: 0, batch: 10 }) as TrainStage;
    const engine = steps(network, still);
    const five = await engine.run(0, 5);
    const single: number[] = [];
    for (const step of [4, 2, 0]) single.push(...(await engine.run(step, 1)).loss);
    expect(single).toEqual([five.loss[4], five.loss[2], five.loss[0]]);
    expect(new Set(five.loss).size).toBe(5);
    for (const share of five.accuracy) {
      expect(share * 10).toBeCloseTo(Math.round(share * 10), 5);
      expect(share).toBeLessThanOrEqual(1);
    }
    // Another training stage sees other batches.
    const later = steps(network, still, {}, 1);
    expect((await later.run(0, 5)).loss).not.toEqual(five.loss);
    engine.dispose();
    later.dispose();
    network.dispose();
  });
});
