/** Which prune stage the threshold belongs to, and how its amount and a place of the threshold follow from each other. */
import { setStageValue } from '../../experiment/program/edit';
import { unroll } from '../../experiment/program/unroll';
import { prunes } from '../../experiment/stages/registry';
import type { LayerInspection } from '../../experiment/types/events';
import type { Experiment, Stage } from '../../experiment/types/experiment';
import { type SparsityInspection, THOUSANDTHS, thousandthsBelow } from '../../numerics/inspection/sparsity';
import { layerRates } from '../../numerics/pruning/layer-rates';

export interface PruneTarget {
  readonly stage: Stage;
  /** Its position in the program. */
  readonly index: number;
  /** The step of the run at which it first prunes. */
  readonly step: number;
}

/** The prune stages of a program that are switched on. */
export function pruneTargets(stages: readonly Stage[]): readonly PruneTarget[] {
  const found = new Map<number, PruneTarget>();
  unroll(stages).forEach(({ stage, index }, step) => {
    // Only a share, the same in every round, is a place of the threshold.
    if (stage.on && prunes(stage) && 'amount' in stage && stage.schedule !== 'cubic' && !found.has(index))
      found.set(index, { stage, index, step });
  });
  return [...found.values()];
}

/** The one that runs next; if all have run, the last. @param isDone whether a step of the run is finished */
export function nextTarget(targets: readonly PruneTarget[], isDone: (step: number) => boolean): PruneTarget | undefined {
  return targets.find(({ step }) => !isDone(step)) ?? targets.at(-1);
}

/** A layer that was inspected for pruning. */
export type SeenLayer = LayerInspection & { readonly sparsity: SparsityInspection };

export function seenLayers(layers: readonly LayerInspection[]): readonly SeenLayer[] {
  return layers.filter((layer): layer is SeenLayer => layer.sparsity !== undefined);
}

/** The inspection that a stage prunes from: the last one before its step; undefined if there is none. */
function beforeStep<T>(inspections: Readonly<Record<number, T>>, step: number): T | undefined {
  const earlier = Object.keys(inspections)
    .map(Number)
    .filter((number) => number < step);
  return inspections[Math.max(...earlier)];
}

/** The inspection whose weights the threshold is shown on: those that the target prunes, where known; without a target the current ones. */
export function inspectionFor<T>(target: PruneTarget | undefined, inspections: Readonly<Record<number, T>>, current: T): T | undefined {
  return target ? beforeStep(inspections, target.step) : current;
}

const isGlobal = (stage: Stage) => stage.scope === 'global';

/** The part of the amount that a layer loses, 0 … 1. */
function rateOf(stage: Stage, layers: readonly SeenLayer[], at: number): number {
  if (isGlobal(stage)) return 1;
  // Factors of one layer are labelled "fc3 left" and "fc3 right".
  const tensors = layers.map(({ layer, shape }) => ({ layer: layer.split(' ')[0] ?? layer, shape }));
  return layerRates(tensors, { conv: Number(stage.convRate ?? 100), output: Number(stage.outputRate ?? 100) })[at] ?? 1;
}

/** Of the weights that are kept, the thousandths that the stage's amount means: for all layers together, or for one. */
function amountPosition({ amount, share }: Stage, rate: number, layers: readonly SparsityInspection[]): number {
  const [all, gone] = [total(layers, 'weights'), total(layers, 'pruned')];
  if (all === gone) return 0;
  const removed = share === 'all' ? Math.max(0, (Number(amount) / 100) * rate * all - gone) : (Number(amount) / 100) * rate * (all - gone);
  return clamp(Math.round((THOUSANDTHS * removed) / (all - gone)));
}

function total(layers: readonly SparsityInspection[], key: 'weights' | 'pruned'): number {
  return layers.reduce((sum, layer) => sum + layer[key], 0);
}

/** Where the threshold of the layer at `at` lies for the amount of a stage, in thousandths of the layer's kept weights. */
export function positionOf(stage: Stage, layers: readonly SeenLayer[], at: number): number {
  const seen = layers.map(({ sparsity }) => sparsity);
  const own = seen[at];
  if (!own) return 0;
  if (!isGlobal(stage)) return amountPosition(stage, rateOf(stage, layers, at), [own]);
  const wanted = amountPosition(stage, 1, seen);
  // One threshold for all layers: the place in this one where as many of all lie below it.
  const place = own.thresholds.findIndex((threshold) => thousandthsBelow(seen, threshold) >= wanted);
  return place < 0 ? THOUSANDTHS : place;
}

/** The amount in percent with which a stage removes so many thousandths of the kept weights of the layer at `at`; one decimal. */
export function amountOf(stage: Stage, layers: readonly SeenLayer[], at: number, position: number): number {
  const seen = layers.map(({ sparsity }) => sparsity);
  const own = seen[at];
  if (!own) return Number(stage.amount);
  const global = isGlobal(stage);
  const thousandths = global ? thousandthsBelow(seen, own.thresholds[position] ?? 0) : position;
  const ranked = global ? seen : [own];
  const [all, gone] = [total(ranked, 'weights'), total(ranked, 'pruned')];
  const removed = (thousandths / THOUSANDTHS) * (all - gone);
  const percent = stage.share === 'all' ? (100 * (gone + removed)) / all : thousandths / 10;
  const rate = rateOf(stage, layers, at) || 1;
  return Math.min(100, Number((percent / rate).toFixed(1)));
}

/** The experiment with another amount of a prune stage. */
export function withAmount(experiment: Experiment, index: number, amount: number): Experiment {
  return setStageValue(experiment, index, 'amount', amount);
}

function clamp(position: number): number {
  return Math.min(THOUSANDTHS, Math.max(0, position));
}
