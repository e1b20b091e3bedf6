import type { BesideTrace } from '../../charts/beside-words';
import type { StageSummary } from '../../experiment/events';
import { sharedStages } from '../../experiment/prefix';
import { firstCompression, stepName } from '../../experiment/program/unroll';
import type { Stage } from '../../experiment/types';
import { besideMetrics, changedExperiment, useBeside } from '../../state/beside-store';
import { useExperiment } from '../../state/experiment-store';
import { compare } from '../../state/lab';
import { useRun } from '../../state/run-store';

/** The run beside the one on the screen, for the live trace; null if there is none. */
export function useBesideTrace(): BesideTrace | null {
  const { change, parting, summaries, failure } = useBeside();
  const experiment = useExperiment((s) => s.experiment);
  const own = useRun((s) => s.summaries);
  if (!change) return null;
  const changed = changedExperiment(experiment, change);
  return {
    series: besideMetrics,
    label: change.label,
    compressedFromStage: firstCompression(changed?.stages ?? []),
    parting,
    tests: lastTests(own, summaries, changed ? sharedStages(experiment, changed) : 0, experiment.stages),
    failure,
    onEnd: () => compare(null),
  };
}

type Summaries = Readonly<Record<number, Pick<StageSummary, 'testAccuracy'>>>;

/** What both measured behind the last step that both have finished, not before step `from`; null if there is none. */
export function lastTests(own: Summaries, other: Summaries, from: number, program: readonly Stage[] = []): BesideTrace['tests'] {
  const stage = Math.max(
    ...Object.keys(own)
      .map(Number)
      .filter((index) => index >= from && other[index]),
  );
  const [a, b] = [own[stage], other[stage]];
  return a && b ? { stage: stepName(program, stage), own: a.testAccuracy, other: b.testAccuracy } : null;
}
