import { sameBlock } from '../settings/block';
import type { Values } from '../settings/setting';
import { type Experiment, STAGE_LIMIT, type Stage } from '../types/experiment';
import { type Branch, isRepeat, type ProgramNode, programList, programTree, roundsOf } from './tree';
import { countSteps, unroll } from './unroll';

/**
 * How many leading steps of their runs two experiments share: 0 if data, model or seed differ. A checkpoint after them leads both on,
 * as long as it remembers the weights to which they go back later (`serves`). Steps are compared at the same position, because
 * checkpoints are stored by position: what a program repeats five times begins like what it repeats three times. Two stages that are
 * switched off are equal, whatever they say. The titles do not matter.
 */
export function sharedStages(a: Experiment, b: Experiment): number {
  if (a.seed !== b.seed || !sameBlock(a.data, b.data) || !sameBlock(a.model, b.model)) return 0;
  const [one, other] = [unroll(a.stages), unroll(b.stages)];
  let shared = 0;
  while (sameStage(one[shared]?.stage, other[shared]?.stage)) shared++;
  return shared;
}

/** Steps of the run, those that are switched off too. */
export function stepCount({ stages }: Pick<Experiment, 'stages'>): number {
  return unroll(stages).length;
}

/** True for experiments that run the same, whatever their titles. */
export function isSameRun(a: Experiment, b: Experiment): boolean {
  const shared = sharedStages(a, b);
  return a === b || (shared > 0 && shared === stepCount(a) && shared === stepCount(b));
}

/**
 * A text for the first `count` steps of a run with data, model and seed: two experiments have the same one exactly if they share
 * this many steps (`sharedStages`). After 0 steps it is a text for data, model and seed.
 */
export function prefixKey({ seed, data, model, stages }: Experiment, count = unroll(stages).length): string {
  const steps = unroll(stages).slice(0, count);
  // No value holds a line break once it is written as JSON.
  return [seed, blockKey(data), blockKey(model), ...steps.map(({ stage }) => stageKey(stage))].join('\n');
}

function blockKey(block: Values): string {
  return JSON.stringify(Object.entries(block).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const keys = new WeakMap<Stage, string>();

/** Written once for each stage: a program that repeats it many times asks many times. */
function stageKey(stage: Stage): string {
  if (!stage.on) return 'off';
  const known = keys.get(stage) ?? blockKey(stage);
  keys.set(stage, known);
  return known;
}

function sameStage(a: Stage | undefined, b: Stage | undefined): boolean {
  if (!a || !b) return false;
  return a === b || (!a.on && !b.on) || sameBlock(a, b);
}

/**
 * A program whose run is the first `count` steps of this one's: whole rounds stay repeated, and those of an incomplete round come after
 * them. Where that is longer than a program may be, the steps themselves as far as they fit.
 */
export function firstSteps(stages: readonly Stage[], count: number): readonly Stage[] {
  const list = programList(cut(programTree(stages), count));
  if (list.length <= STAGE_LIMIT) return list;
  return unroll(stages)
    .slice(0, Math.min(count, STAGE_LIMIT))
    .map(({ stage }) => stage);
}

function cut(nodes: readonly ProgramNode[], count: number): readonly Branch[] {
  let left = count;
  return nodes.flatMap((node): readonly Branch[] => {
    const steps = countSteps([node]);
    const taken = Math.min(steps, left);
    left -= taken;
    if (taken === 0) return [];
    if (taken === steps || !isRepeat(node.stage)) return [node];
    const round = steps / roundsOf(node.stage);
    const whole = Math.floor(taken / round);
    const repeated = whole > 0 ? [{ stage: node.stage.on ? { ...node.stage, rounds: whole } : node.stage, children: node.children }] : [];
    return [...repeated, ...cut(node.children, taken - whole * round)];
  });
}
