import * as tf from '@tensorflow/tfjs-core';
import type { Stage } from '../../experiment/types/experiment';
import type { Arrays } from '../../experiment/types/model-state';
import {
  activeShares,
  aliveScores,
  l1Scores,
  l2Scores,
  medianScores,
  normalizedScores,
  taylorScores,
} from '../../numerics/pruning/unit-scores';
import { fillUniform, Purpose } from '../../numerics/random/rng';
import { readTensor } from '../device/gpu-program';
import { notTraining } from '../device/step-context';
import { eachBatch } from '../images/each-batch';
import { softmaxCrossEntropy } from '../kernels/loss';
import type { UnitGroup } from '../rewrites/unit-groups';
import type { StageContext } from '../training/stage-context';

/** What a criterion may look at. */
export interface UnitCandidates {
  readonly groups: readonly UnitGroup[];
  /** Latent values by parameter name; 0 where a mask is. */
  readonly values: Arrays;
  readonly settings: Stage;
  readonly context: Pick<StageContext, 'network' | 'feeder' | 'experiment' | 'index'>;
}

/** A score for each unit of each group: the lowest go. */
type UnitCriterion = (candidates: UnitCandidates) => readonly Float32Array[] | Promise<readonly Float32Array[]>;

/** Criteria by id, with their tables in experiment/methods/pruning/unit-criteria. */
const criteria: Readonly<Record<string, UnitCriterion>> = {
  l1: ofKernels(l1Scores),
  l2: ofKernels(l2Scores),
  fpgm: ofKernels(medianScores),
  taylor,
  apoz: activeOutputs,
  gamma: ({ groups, values }) => groups.map((group) => gammaOf(group, values).map(Math.abs)),
  random: ({ groups, context }) =>
    groups.map(({ units }, g) => {
      const scores = new Float32Array(units);
      fillUniform(scores, context.experiment.seed, Purpose.masks, STEP_STREAMS * (context.index + 1) + g);
      return scores;
    }),
  dead: ofKernels(aliveScores),
};

/** Random streams of one step of the run. */
const STEP_STREAMS = 4096;

/** What the layers share a scale of by themselves, so that they can be ranked together as they are. */
const comparable: ReadonlySet<string> = new Set(['apoz', 'gamma', 'random', 'dead']);

/**
 * The scores of the criterion that the settings name.
 * @returns for each group one score per unit; comparable between groups if the scope is global
 * @throws RangeError for an id without an implementation
 */
export async function unitScores(candidates: UnitCandidates): Promise<readonly Float32Array[]> {
  const { criterion, scope } = candidates.settings;
  const scores = await unitCriterion(String(criterion))(candidates);
  return scope === 'global' && !comparable.has(String(criterion)) ? scores.map(normalizedScores) : scores;
}

/** @throws RangeError for an id without an implementation */
export function unitCriterion(id: string): UnitCriterion {
  const found = Object.hasOwn(criteria, id) ? criteria[id] : undefined;
  if (!found) throw new RangeError(`There is no criterion for units called "${id}".`);
  return found;
}

/** The groups that a criterion can rank: batch norm's γ exists only where there is batch norm. */
export function rankedBy(criterion: unknown, groups: readonly UnitGroup[]): readonly UnitGroup[] {
  return criterion === 'gamma' ? groups.filter(({ between }) => between.some(({ type }) => type === 'batchNorm')) : groups;
}

function ofKernels(score: (kernel: Float32Array, units: number) => Float32Array): UnitCriterion {
  return ({ groups, values }) => groups.map(({ kernel, units }) => score(values[kernel] ?? new Float32Array(units), units));
}

function gammaOf({ between, units }: UnitGroup, values: Arrays): Float32Array {
  const norm = between.find((layer) => layer.type === 'batchNorm');
  return (norm && 'name' in norm && values[`${norm.name}/gamma`]) || new Float32Array(units);
}

/** The mean over batches of the squared first-order change of the loss. */
async function taylor({ groups, values, settings, context: { network, feeder } }: UnitCandidates): Promise<readonly Float32Array[]> {
  const sums = groups.map(({ units }) => new Float32Array(units));
  const variables = groups.map(({ kernel }) => network.parameter(kernel).latent);
  const batches = await eachBatch(feeder, Number(settings.samples), async (images, labels) => {
    const { value, grads } = tf.variableGrads(() => softmaxCrossEntropy(network.forward(images, notTraining), labels).loss, variables);
    for (const [g, { kernel, units }] of groups.entries()) {
      const gradient = await readTensor(grads[(variables[g] as tf.Variable).name] as tf.Tensor);
      const scores = taylorScores(values[kernel] ?? new Float32Array(), gradient, units);
      sums[g] = (sums[g] as Float32Array).map((sum, unit) => sum + (scores[unit] ?? 0));
    }
    tf.dispose([value, ...Object.values(grads)]);
  });
  return sums.map((sum) => sum.map((score) => score / batches));
}

/** How often each unit's output is not 0 where the next layer receives it. */
async function activeOutputs({ groups, settings, context: { network, feeder } }: UnitCandidates): Promise<readonly Float32Array[]> {
  const sums = groups.map(({ units }) => new Float32Array(units));
  let images = 0;
  await eachBatch(feeder, Number(settings.samples), async (batch) => {
    const seen = new Map<string, tf.Tensor>();
    const observe = (layer: string, input: tf.Tensor) => seen.set(layer, tf.keep(tf.clone(input)));
    tf.tidy(() => network.forward(batch, { ...notTraining, observe }));
    const count = batch.shape[0];
    for (const [g, { next, units }] of groups.entries()) {
      const shares = activeShares(await readTensor(seen.get(next) as tf.Tensor), units);
      sums[g] = (sums[g] as Float32Array).map((sum, unit) => sum + count * (shares[unit] ?? 0));
    }
    tf.dispose([...seen.values()]);
    images += count;
  });
  return sums.map((sum) => sum.map((score) => score / images));
}
