import { count, percent, significant } from '../numerics/format';
import { type CurvePoints, lastBefore, valueAt } from './curve-points';
import type { LiveSeries } from './live-series';

/** The curves of a finished run behind those of the run on the screen. */
export interface GhostTrace {
  readonly label: string;
  /** Mean loss of stretches of steps, at their ends. */
  readonly loss: CurvePoints;
  /** Validation accuracy, 0 … 1. */
  readonly validation: CurvePoints;
  /** Training steps before each of its stages. */
  readonly starts: readonly number[];
}

/** Where the ghost was when it had done as many steps. */
export function ghostSummary(ghost: GhostTrace, { steps }: Pick<LiveSeries, 'steps'>, totalSteps: number): string {
  const last = Math.max(ghost.loss.step.at(-1) ?? 0, ghost.validation.step.at(-1) ?? 0);
  const at = Math.min(last, Math.max(totalSteps, steps));
  const [loss, accuracy] = [valueAt(ghost.loss, at), lastBefore(ghost.validation, at)];
  const parts = [
    ...(loss === null ? [] : [`mean loss ${significant(loss, 2)}`]),
    ...(accuracy === null ? [] : [`validation accuracy ${percent(accuracy)}`]),
  ];
  return `Behind it, grey and dashed, the baseline ${ghost.label}${parts.length > 0 ? `: ${parts.join(', ')} at step ${count(at)}` : ''}.`;
}

/** The ghost at a step, in words; '' where it has nothing. */
export function ghostReadout(ghost: GhostTrace, step: number): string {
  const [loss, accuracy] = [valueAt(ghost.loss, step), lastBefore(ghost.validation, step)];
  const parts = [...(loss === null ? [] : [`loss ${significant(loss)}`]), ...(accuracy === null ? [] : [percent(accuracy)])];
  return parts.length > 0 ? `baseline ${parts.join(', ')}` : '';
}
