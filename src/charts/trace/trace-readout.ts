import { count, percent, significant } from '../../numerics/measures/number-words';
import { type GhostTrace, ghostReadout } from './ghost-trace';
import type { StageChange, TraceStage } from './stage-places';
import { evaluationAt, type LiveSeries } from './trace-data';
import { changeSentence } from './trace-words';

/** What lies under the cursor: a stage without training, or a training step. */
export function traceReadout(
  series: LiveSeries,
  { step, stage }: { readonly step: number; readonly stage: number | null },
  stages: readonly TraceStage[],
  changes: readonly StageChange[],
  ghost: GhostTrace | null,
): string {
  const change = changes.find((one) => one.stage === stage);
  if (change) {
    const { mark = '', name = '' } = stages[change.stage] ?? {};
    return changeSentence(stages, change) || `${mark} ${name} · test accuracy ${percent(change.after)}`;
  }
  const loss = step > 0 ? series.loss[step - 1] : undefined;
  const evaluation = evaluationAt(series.evaluations, step);
  const parts = [`step ${count(step)}`];
  if (loss !== undefined) parts.push(`loss ${significant(loss)}`);
  if (evaluation) parts.push(`validation accuracy ${percent(evaluation.accuracy)} (step ${count(evaluation.step)})`);
  if (ghost) parts.push(ghostReadout(ghost, step));
  return parts.filter(Boolean).join(' · ');
}
