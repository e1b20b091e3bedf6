import { stageDefinition } from '../stages/registry';
import type { Stage } from '../types';
import { unroll } from './unroll';

/** Training steps of the run behind which its weights are marked, because a stage goes back to them: ascending, 0 left out. */
export function markedSteps(stages: readonly Stage[]): readonly number[] {
  const steps = unroll(stages).flatMap(({ stage }) => (stage.on ? (stageDefinition(stage.kind).mark?.(stage) ?? 0) : 0));
  return [...new Set(steps)].filter((step) => step > 0).sort((a, b) => a - b);
}
