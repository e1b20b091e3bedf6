/** Costs and progress of a measurement in words, and its results as points. */
import type { BenchPoint } from '../../charts/quantizer/bench-layout';
import { sharedStages } from '../../experiment/program/prefix';
import { unroll } from '../../experiment/program/unroll';
import type { Variation } from '../../experiment/program/variations';
import { trainingSteps } from '../../experiment/stages/registry';
import type { StageSummary } from '../../experiment/types/events';
import type { Experiment } from '../../experiment/types/experiment';
import { count, duration, plural } from '../../numerics/measures/number-words';
import type { Measurement } from '../../state/run/measure-store';

/** What is measured so far, in the order of the variations. */
export function pointsOf({ variations, results }: Measurement): readonly BenchPoint[] {
  return variations.flatMap((variation, i): BenchPoint[] => {
    const result = results[i];
    if (!result) return [];
    return [
      'failed' in result
        ? { ...variation, accuracy: null, failed: result.failed }
        : { ...variation, accuracy: result.testAccuracy, failed: '' },
    ];
  });
}

/** Seconds of one measurement: those of the same kind that were made, else those of the run's own stages that do not train. */
function secondsEach(summaries: Readonly<Record<number, StageSummary>>, measurement: Measurement | undefined): number | null {
  const made = (measurement?.results ?? []).flatMap((result) => (result && !('failed' in result) ? [result.seconds] : []));
  // The first may have trained.
  const usual = made.length > 1 ? made.slice(1) : Object.values(summaries).flatMap((s) => (s.steps === 0 ? [s.seconds] : []));
  return usual.length > 0 ? usual.reduce((a, b) => a + b, 0) / usual.length : null;
}

/** What it will cost, before it is begun; and how the last one ended if that was early. */
export function costWords(
  experiment: Experiment,
  variations: readonly Variation[],
  summaries: Readonly<Record<number, StageSummary>>,
  measurement: Measurement | undefined,
): string {
  const [first] = variations;
  if (!first) return 'There is nothing to measure.';
  const shared = sharedStages(experiment, first.experiment);
  const missing = unroll(first.experiment.stages).filter(({ stage }, i) => stage.on && !(i < shared && summaries[i]));
  const steps = missing.reduce((sum, { stage }) => sum + trainingSteps(stage), 0);
  const each = secondsEach(summaries, measurement);
  const parts = [plural(variations.length, 'measurement') + (each === null ? '' : `, about ${duration(each * variations.length)}`)];
  if (steps > 0) parts.push(`${plural(steps, 'training step')} once before the first, or press Play first`);
  const made = measurement?.results.filter(Boolean).length ?? 0;
  const ended = measurement?.status === 'cancelled' ? `Cancelled after ${count(made)} of ${count(measurement.variations.length)}. ` : '';
  return `${ended}${parts.join('; ')}.`;
}

/** The state of a running measurement. */
export function progressWords({ variations, results, at }: Measurement): string {
  const made = results.filter(Boolean).length;
  const parts = [`${count(made)} of ${count(variations.length)}`];
  const now = at && variations[at.index];
  if (now) parts.push(now.label);
  if (at?.waiting === 'the run') parts.push('waits until the run is paused or done');
  else if (at && at.steps > 0) parts.push(`training step ${count(at.step)} of ${count(at.steps)}`);
  const usual = results.flatMap((result, i) => (i > 0 && result && !('failed' in result) ? [result.seconds] : []));
  if (usual.length > 0) {
    const left = (usual.reduce((a, b) => a + b, 0) / usual.length) * (variations.length - made);
    if (left >= 0.5) parts.push(`${duration(left < 10 ? Math.ceil(left) : left)} left`);
  }
  return `${parts.join(' · ')}.`;
}
