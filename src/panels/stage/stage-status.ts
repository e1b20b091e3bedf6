import type { Stage } from '../../experiment/types';
import { percent } from '../../numerics/format';
import type { RunState } from '../../state/run-state';

export interface StageStatus {
  readonly kind: 'off' | 'waiting' | 'running' | 'done';
  /** Share of the stage that is done, 0 … 1. */
  readonly share: number;
  /** In words, for the card. */
  readonly text: string;
  /** Test accuracy in percent, when it is done. */
  readonly accuracy: string;
}

/** Where a stage stands in the run. */
export function stageStatus(
  stage: Stage,
  index: number,
  run: Pick<RunState, 'summaries' | 'current' | 'progress' | 'status'>,
): StageStatus {
  if (!stage.on) return { kind: 'off', share: 0, text: 'off', accuracy: '' };
  const summary = run.summaries[index];
  if (summary) return { kind: 'done', share: 1, text: 'test', accuracy: percent(summary.testAccuracy) };
  if (run.current?.stage === index) {
    const { step = 0, steps = 0 } = run.progress ?? {};
    const share = steps > 0 ? step / steps : 0;
    return { kind: 'running', share, text: percent(share, 0), accuracy: '' };
  }
  return { kind: 'waiting', share: 0, text: run.status === 'running' ? 'waiting' : '', accuracy: '' };
}
