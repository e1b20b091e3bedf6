import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildModel } from '../experiment/methods/models/registry';
import { optimizers } from '../experiment/methods/optimizers';
import type { TrainStage } from '../experiment/types/experiment';
import { Feeder } from './images/feeder';
import { Network } from './network/network';
import { steParametrization } from './parametrizations/quantizers/ste';
import { run } from './run/session';
import { parametrizationSetup } from './testing/parametrization-setup';
import { tinyDataset } from './testing/tiny-dataset';
import { everyStep, finish, quantize, tinyCnn, tinyExperiment, train } from './testing/tiny-run';
import { openTestBackends } from './testing/wasm-test-backend';
import { EagerSteps } from './training/create-steps';
import { labelObjective } from './training/label-objective';

beforeAll(openTestBackends);

const dataset = tinyDataset({ train: 100, test: 20 });
const layers = buildModel(tinyCnn, dataset.shape, 4);

/** Tensors that tfjs knows of, and arrays that the backend holds. */
const held = () => [tf.memory().numTensors, tf.engine().backend.numDataIds()];

for (const backend of ['wasm', 'cpu'])
  describe(`memory on ${backend}`, () => {
    beforeAll(async () => {
      await tf.setBackend(backend);
    });

    test('200 steps hold no more than one', async () => {
      const start = held();
      const network = new Network(layers, dataset.shape, 1);
      for (const { parametrizations } of network.weights) parametrizations.push(steParametrization(parametrizationSetup({ bits: 4 })));
      const feeder = new Feeder(dataset, 'standard', 1);
      const stage = train({ batch: 2, weightDecay: 0.01 }) as TrainStage;
      const steps = new EagerSteps({ objective: labelObjective(network, stage.loss), feeder, stage, seed: 1, ordinal: 0, slots: {} });
      const made = held();
      expect(made[0]).toBeGreaterThan(start[0] ?? 0);
      for (let turn = 0; turn < 20; turn++) {
        await steps.run(turn * 10, 10);
        expect(held()).toEqual(made);
      }
      await steps.slots();
      await network.read();
      expect(held()).toEqual(made);
      steps.dispose();
      network.dispose();
      expect(held()).toEqual(start);
    });

    test('a turn that breaks after some steps leaves nothing of them behind', async () => {
      let calls = 0;
      const ready = async () => {
        if (++calls > 3) throw new Error('The images are gone.');
      };
      const network = new Network(layers, dataset.shape, 1);
      const feeder = new Feeder({ ...dataset, ready }, 'standard', 1);
      const stage = train({ batch: 8, optimizer: 'sgd' }) as TrainStage;
      const steps = new EagerSteps({ objective: labelObjective(network, stage.loss), feeder, stage, seed: 1, ordinal: 0, slots: {} });
      const made = held();
      await expect(steps.run(0, 10)).rejects.toThrow('The images are gone.');
      expect(calls).toBe(4);
      expect(held()).toEqual(made);
      steps.dispose();
      network.dispose();
    });

    for (const { id: optimizer } of optimizers)
      test(`a whole run with ${optimizer} gives everything back`, async () => {
        const start = held();
        const stages = [train({ steps: 3, optimizer, evaluateEvery: 2 }), quantize(2), quantize(4), train({ steps: 2, optimizer })];
        const experiment = tinyExperiment(stages, { model: tinyCnn });
        const { checkpoints, record } = await finish(experiment, dataset, { control: everyStep() });
        expect(record).toBeDefined();
        expect(held()).toEqual(start);
        await finish(experiment, dataset, { from: checkpoints[1] });
        expect(held()).toEqual(start);
      });

    test('a run that is stopped, fails or breaks gives everything back too', async () => {
      const start = held();
      const experiment = tinyExperiment([train({ steps: 5, evaluateEvery: 2 }), quantize(4)], { model: tinyCnn });
      const options = { backend: { name: 'cpu', adapter: '', reasons: [] }, url: '', control: everyStep() } as const;
      let stops = 0;
      for (const at of [1, 2, 3, 4, 5, 7, 9, 14, 20, 25]) {
        const events = run(experiment, dataset, options);
        for (let i = 0; i < at; i++) if ((await events.next()).done) break;
        await events.return(undefined);
        expect(held()).toEqual(start);
        stops++;
      }
      expect(stops).toBe(10);
      const failed = await finish(tinyExperiment([train({ steps: 50, optimizer: 'sgd', lr: 1e30 })]), dataset);
      expect(failed.events.at(-1)?.type).toBe('failed');
      expect(held()).toEqual(start);
      const broken = { ...dataset, ready: async (count: number) => (count > 90 ? Promise.reject(new Error('gone')) : undefined) };
      await expect(finish(experiment, broken)).rejects.toThrow('gone');
      expect(held()).toEqual(start);
      const place = { place: 'conv1/kernel', role: 'weights', stage: 0, settings: {}, share: 1, state: {} } as const;
      const nonsense = { ...place, method: 'nonsense' };
      const from = (await finish(experiment, dataset)).checkpoints[0];
      await expect(
        finish(experiment, dataset, { from: from && { ...from, model: { ...from.model, parametrizations: [nonsense] } } }),
      ).rejects.toThrow(/nonsense/);
      expect(held()).toEqual(start);
    });
  });
