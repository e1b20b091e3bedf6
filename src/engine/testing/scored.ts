/** For tests of pruning criteria: a network of given layers, its scores on a few images, and those images. */
import { expect } from 'vitest';
import { buildModel } from '../../experiment/methods/models/registry';
import type { LayerSpec } from '../../experiment/operators/layers';
import type { ModelBlock, Stage } from '../../experiment/types/experiment';
import { Feeder } from '../images/feeder';
import { Network } from '../network/network';
import type { Saliencies } from '../pruning/criterion';
import { pruningCriterion } from '../pruning/registry';
import { emptyMemory } from '../state/memory';
import { tinyDataset } from './tiny-dataset';
import { tinyExperiment } from './tiny-run';

/** 8 × 8 pixels. */
export const scoringData = tinyDataset({ train: 90, test: 20 });
/** More than one batch. */
const SAMPLES = 70;

export interface Scored {
  readonly network: Network;
  readonly feeder: Feeder;
  readonly values: readonly Float32Array[];
  saliencies(settings: Record<string, unknown>, values?: readonly Float32Array[]): Promise<Saliencies>;
  score(settings: Record<string, unknown>, values?: readonly Float32Array[]): Promise<readonly Float32Array[]>;
}

/** The caller disposes the network. */
export async function scored(layers: readonly LayerSpec[]): Promise<Scored> {
  const network = new Network(layers, scoringData.shape, 7);
  const feeder = new Feeder(scoringData, 'standard', 7);
  const latent = await network.read();
  const values = network.weights.map(({ spec }) => latent[spec.name] as Float32Array);
  const context = { network, feeder, index: 3, memory: emptyMemory(), experiment: tinyExperiment([]) };
  const saliencies: Scored['saliencies'] = async (settings, own = values) =>
    pruningCriterion(String(settings.criterion))({
      weights: network.weights,
      values: own,
      kept: own.map(() => undefined),
      settings: { kind: 'prune', on: true, samples: SAMPLES, ...settings } as Stage,
      context,
    });
  return { network, feeder, values, saliencies, score: async (...of) => (await saliencies(...of)).scores };
}

export const layersOf = (block: ModelBlock) => buildModel(block, scoringData.shape, scoringData.classes.length);

/** The images that `scored` looks at. */
export function imagesOf(feeder: Feeder): { images: Float32Array; labels: Int32Array } {
  const indices = feeder.calibration(SAMPLES);
  const [images, labels] = [new Float32Array(indices.length * feeder.pixels), new Int32Array(indices.length)];
  feeder.fill(indices, images, labels);
  return { images, labels };
}

export function expectClose(found: Float32Array | undefined, expected: Float32Array, tolerance = 1e-4): void {
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  expect(largest).toBeGreaterThan(0);
  expect(found?.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(Math.abs((found?.[i] ?? Number.NaN) - value)).toBeLessThan(tolerance * largest);
}
