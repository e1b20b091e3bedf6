import { count, fixed, significant } from '../numerics/format';
import type { ChartTable } from './chart-frame';
import { lastBefore, valueAt } from './curve-points';
import type { GhostTrace } from './ghost-trace';
import type { LiveSeries } from './live-series';
import { evaluationAt } from './trace-data';

/** At most 60 rows: the validations, or evenly spaced steps where there are none. */
export function traceTable(series: LiveSeries, other?: LiveSeries, ghost: GhostTrace | null = null): ChartTable {
  const own = series.evaluations.map((e) => e.step);
  const steps =
    own.length > 0
      ? own
      : Array.from({ length: Math.min(20, series.steps) }, (_, i, n = Math.min(20, series.steps)) =>
          Math.round(((i + 1) * series.steps) / n),
        );
  const every = Math.ceil(steps.length / 60);
  const kept = steps.map((step, i) => ({ step, i })).filter(({ i }) => i % every === 0 || i === steps.length - 1);
  return {
    head: [
      'step',
      'loss of the batch',
      'validation loss',
      'validation accuracy',
      ...(other ? ['loss of the batch beside', 'accuracy beside'] : []),
      ...(ghost ? ['mean loss of the baseline', 'validation accuracy of the baseline'] : []),
    ],
    rows: kept.map(({ step, i }) => {
      const evaluation = own.length > 0 ? series.evaluations[i] : evaluationAt(series.evaluations, step);
      return [
        count(step),
        lossText(series, step),
        significant(evaluation?.loss ?? Number.NaN),
        accuracyText(evaluation),
        ...(other ? [lossText(other, step), accuracyText(other.evaluations.find((e) => e.step === step))] : []),
        ...(ghost ? [significant(valueAt(ghost.loss, step) ?? Number.NaN), ghostAccuracy(ghost, step)] : []),
      ];
    }),
  };
}

function lossText({ loss, steps }: LiveSeries, step: number): string {
  return significant(step > 0 && step <= steps ? loss[step - 1]! : Number.NaN);
}

function accuracyText(evaluation: { readonly accuracy: number } | undefined): string {
  return evaluation ? `${fixed(evaluation.accuracy * 100, 2)} %` : '–';
}

function ghostAccuracy({ validation }: GhostTrace, step: number): string {
  const accuracy = lastBefore(validation, step);
  return accuracyText(accuracy === null ? undefined : { accuracy });
}
