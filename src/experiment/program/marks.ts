import type { Checkpoint } from '../events';
import { stageDefinition } from '../stages/registry';
import type { Stage } from '../types';
import { unroll } from './unroll';

const found = new WeakMap<readonly Stage[], readonly number[]>();

/** Training steps of the run behind which its weights are marked, because a stage goes back to them: ascending, 0 left out. */
export function markedSteps(stages: readonly Stage[]): readonly number[] {
  const known = found.get(stages);
  if (known) return known;
  const steps = unroll(stages).flatMap(({ stage }) => (stage.on ? (stageDefinition(stage.kind).mark?.(stage) ?? 0) : 0));
  const marked = [...new Set(steps)].filter((step) => step > 0).sort((a, b) => a - b);
  found.set(stages, marked);
  return marked;
}

/**
 * Whether a run may go on from a checkpoint on its way: one made by a program that begins alike may lack the weights of a moment to
 * which this one goes back. One that has more of them serves as well.
 */
export function serves({ stepsBefore, step, model }: Checkpoint, { stages }: { readonly stages: readonly Stage[] }): boolean {
  return markedSteps(stages).every((needed) => needed > stepsBefore + step || model.marks.some((mark) => mark.step === needed));
}
