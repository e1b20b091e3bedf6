/** For tests: what must hold of every program, whatever its stages install one on top of the other. */
import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import type { Dataset } from '../../datasets/types';
import { architectureOf } from '../../experiment/methods/models/architecture';
import type { Checkpoint } from '../../experiment/types/events';
import type { Experiment } from '../../experiment/types/experiment';
import type { ModelState } from '../../experiment/types/model-state';
import { decodeTensor, readModelFile } from '../../numerics/container/model-file';
import { createEvaluator } from '../evaluation/create-evaluator';
import { Feeder } from '../images/feeder';
import { Network } from '../network/network';
import { emptyMemory } from '../state/memory';
import { restoreModel } from '../state/model-state';
import type { RunControl } from '../training/stage-context';
import { everyStep, type Finished, finish } from './tiny-run';

type Arrays = Readonly<Record<string, Float32Array>>;

/** An inspection of the weights and a checkpoint after every second step. */
const oftenInterrupted = (): RunControl => ({ ...everyStep(), maxSteps: 2 });

/**
 * Runs the experiment on the current backend and checks it: it does not fail; predictions through the parametrizations, from the file's values
 * and from the file alone are the same; pruned weights are 0 in the latent values and in the file; masks only ever shrink; the
 * ledger is the file's length; continuing from a checkpoint inside the last training gives the same digest; nothing is left behind.
 */
export async function checkCombination(experiment: Experiment, dataset: Dataset): Promise<Finished> {
  const before = tf.memory().numTensors;
  const whole = await finish(experiment, dataset, { control: oftenInterrupted(), backendName: tf.getBackend() as 'wasm' });
  expect(whole.events.filter((event) => event.type === 'failed')).toEqual([]);
  const last = whole.checkpoints.at(-1) as Checkpoint;
  const file = whole.models.at(-1) as Uint8Array;
  expect(whole.record?.ledger.totalBits).toBe(file.length * 8);
  expect(whole.record?.ledger.parts.reduce((sum, { bits }) => sum + bits, 0)).toBe(file.length * 8);
  const { meta, tensors } = readModelFile(file);
  const decoded: Arrays = Object.fromEntries(tensors.map((tensor) => [tensor.name, decodeTensor(tensor)]));
  expectZeros(whole.checkpoints, last.model, decoded);
  await expectSamePredictions(experiment, dataset, last.model, { meta, decoded });
  const inside = whole.checkpoints.filter(({ step }) => step > 0).at(-1);
  if (inside) {
    const resumed = await finish(experiment, dataset, { from: structuredClone(inside) });
    expect(resumed.record?.digest, `resumed at step ${inside.step} of stage ${inside.stage}`).toBe(whole.record?.digest);
  }
  expect(tf.memory().numTensors).toBe(before);
  return whole;
}

const keptIn = ({ parametrizations }: ModelState) =>
  new Map(
    parametrizations.filter(({ role }) => role === 'mask').map((parametrization) => [parametrization.place, parametrization.state.kept]),
  );

function expectZeros(checkpoints: readonly Checkpoint[], last: ModelState, decoded: Arrays): void {
  let earlier = new Map<string, Float32Array | undefined>();
  for (const { model } of checkpoints) {
    const masks = keptIn(model);
    for (const [place, kept] of masks) {
      const [before, latent] = [earlier.get(place), model.parameters[place]];
      // Where units were removed, the places are others.
      const old = before?.length === kept?.length ? before : undefined;
      kept?.forEach((keep, i) => {
        if (keep === 0 && latent?.[i] !== 0) expect.fail(`${place} has ${latent?.[i]} where its mask is 0`);
        if (keep === 1 && old?.[i] === 0) expect.fail(`${place} has a weight back at ${i}`);
      });
    }
    earlier = masks;
  }
  for (const [place, kept] of keptIn(last))
    kept?.forEach((keep, i) => {
      if (keep === 0 && decoded[place]?.[i] !== 0) expect.fail(`the file has ${decoded[place]?.[i]} in ${place} where the mask is 0`);
    });
}

async function expectSamePredictions(
  experiment: Experiment,
  dataset: Dataset,
  state: ModelState,
  { meta, decoded }: { readonly meta: Readonly<Record<string, unknown>>; readonly decoded: Arrays },
): Promise<void> {
  const images = Uint32Array.from({ length: dataset.test.count }, (_, i) => i);
  const { affine } = new Feeder(dataset, experiment.data.normalize, experiment.seed);
  const logitsOf = async (network: Network, replace?: Arrays) => {
    const evaluator = createEvaluator(network, affine);
    const logits = Float32Array.from(await evaluator.logits(dataset.test, images, replace));
    evaluator.dispose();
    return logits;
  };
  const network = new Network(state.layers, dataset.shape, experiment.seed);
  await restoreModel(network, emptyMemory(), state);
  const [seen, stored] = [await logitsOf(network), await logitsOf(network, decoded)];
  network.dispose();
  expectNear(seen, stored, 'through the parametrizations, and from the values in the file');
  // What activations are rounded to is not in the file's notes yet.
  if (state.parametrizations.some(({ role }) => role === 'activations')) return;
  const { layers, input } = architectureOf(meta);
  const alone = new Network(layers, input, 0);
  alone.write(decoded);
  const own = await logitsOf(alone);
  alone.dispose();
  expectNear(own, stored, 'from the file alone, and from the values in the file');
}

function expectNear(found: Float32Array, expected: Float32Array, what: string): void {
  expect(found.length, what).toBe(expected.length);
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
  for (const [i, value] of expected.entries())
    if (!(Math.abs((found[i] ?? Number.NaN) - value) <= 1e-5 * largest)) expect.fail(`${what}: logit ${i} is ${found[i]}, not ${value}`);
}
