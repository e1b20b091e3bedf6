import { stageDefinition, trainingSteps } from '../stages/registry';
import type { Stage } from '../types';
import { unroll } from './unroll';

/** Training steps of the run behind which its weights are marked, because a stage goes back to them: ascending, 0 left out. */
export function markedSteps(stages: readonly Stage[]): readonly number[] {
  const steps = unroll(stages).flatMap(({ stage }) => (stage.on ? (stageDefinition(stage.kind).mark?.(stage) ?? 0) : 0));
  return [...new Set(steps)].filter((step) => step > 0).sort((a, b) => a - b);
}

const found = new WeakMap<readonly Stage[], readonly string[]>();

/**
 * What each step of a run marks for later, as a text: two runs that begin with the same steps share a checkpoint behind them only if
 * they mark the same. '' for nearly every step.
 */
export function marksOfSteps(stages: readonly Stage[]): readonly string[] {
  const known = found.get(stages);
  if (known) return known;
  const marked = markedSteps(stages);
  let done = 0;
  const texts = unroll(stages).map(({ stage }) => {
    const from = done;
    if (stage.on) done += trainingSteps(stage);
    return marked.filter((step) => step > from && step <= done).join(',');
  });
  found.set(stages, texts);
  return texts;
}
