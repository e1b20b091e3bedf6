import { sameBlock } from './block';
import type { Values } from './parameter';
import type { Experiment, Stage } from './types';

/**
 * How many leading stages two experiments share, so that a checkpoint after them serves both: 0 if data, model or seed differ.
 * Stages are compared at the same position, because checkpoints are kept by position; two stages that are switched off are equal,
 * whatever they say. The titles do not matter.
 */
export function sharedStages(a: Experiment, b: Experiment): number {
  if (a.seed !== b.seed || !sameBlock(a.data, b.data) || !sameBlock(a.model, b.model)) return 0;
  let shared = 0;
  while (sameStage(a.stages[shared], b.stages[shared])) shared++;
  return shared;
}

/** True for experiments that run the same, whatever their titles. */
export function isSameRun(a: Experiment, b: Experiment): boolean {
  const shared = sharedStages(a, b);
  return a === b || (shared > 0 && shared === a.stages.length && shared === b.stages.length);
}

/**
 * A text for the first `stages` stages with data, model and seed: two experiments have the same one exactly if a checkpoint behind so
 * many stages serves both (`sharedStages`). Behind 0 stages it is a text for data, model and seed.
 */
export function prefixKey({ seed, data, model, stages }: Experiment, count = stages.length): string {
  // No value holds a line break once it is written as JSON.
  return [seed, blockKey(data), blockKey(model), ...stages.slice(0, count).map((stage) => (stage.on ? blockKey(stage) : 'off'))].join('\n');
}

function blockKey(block: Values): string {
  return JSON.stringify(Object.entries(block).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function sameStage(a: Stage | undefined, b: Stage | undefined): boolean {
  if (!a || !b) return false;
  return (!a.on && !b.on) || sameBlock(a, b);
}
