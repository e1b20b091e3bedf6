import { useEffect, useMemo } from 'react';
import type { GhostTrace } from '../../charts/trace/ghost-trace';
import { preloadPlots } from '../../charts/trace/preload-plots';
import type { BesideTrace } from '../../charts/trace/trace-words';
import { loadHistogramPlot } from '../../charts/weights/weights-histogram';
import { sharedStages } from '../../experiment/program/prefix';
import { firstCompression, stepName, unroll } from '../../experiment/program/unroll';
import type { RunRecord, StageSummary } from '../../experiment/types/events';
import type { Stage } from '../../experiment/types/experiment';
import { useExperiment } from '../../state/experiment/experiment-store';
import { compare } from '../../state/lab';
import { recordedMetrics, useShownKind, useShownRun, useShownStages } from '../../state/recorded/recorded-run';
import { besideMetrics, changedExperiment, useBeside } from '../../state/run/beside-store';
import { previousMetrics } from '../../state/run/previous-run';
import { metrics, useRun } from '../../state/run/run-store';
import { useUi } from '../../state/ui/ui-store';
import { runTitle } from '../labels';
import { usePinnedBaseline } from '../pinned-baseline';
import { ResultsView, testsOf, traceStages } from './results-view';

/** The run beside the one on the screen, for the live trace; null if there is none. */
export function useBesideTrace(): BesideTrace | null {
  const { change, parting, summaries, failure } = useBeside();
  const experiment = useExperiment((s) => s.experiment);
  const own = useRun((s) => s.summaries);
  const changed = useMemo(() => changedExperiment(experiment, change), [experiment, change]);
  const shared = changed ? sharedStages(experiment, changed) : 0;
  const stages = useMemo(() => traceStages(changed?.stages ?? []), [changed]);
  const measured = useMemo(
    () => testsOf([...Object.values(own).filter(({ stage }) => stage < shared), ...Object.values(summaries)]),
    [own, summaries, shared],
  );
  if (!change) return null;
  return {
    series: besideMetrics,
    label: change.label,
    own: 'own' in change ? change.own : undefined,
    stages,
    measured,
    compressedFromStage: firstCompression(changed?.stages ?? []),
    parting,
    tests: lastTests(own, summaries, shared, experiment.stages, changed?.stages),
    failure,
    onEnd: () => compare(null),
  };
}

type Summaries = Readonly<Record<number, Pick<StageSummary, 'testAccuracy'>>>;

/**
 * What both measured after the last step that both have finished, not before step `from`; null if there is none. Where the other program
 * has other stages, a number does not name the same one: then it is what both measured at their ends.
 */
export function lastTests(
  own: Summaries,
  other: Summaries,
  from: number,
  program: readonly Stage[] = [],
  otherProgram: readonly Stage[] = program,
): BesideTrace['tests'] {
  if (!sameKinds(program, otherProgram)) {
    const [a, b] = [own[lastOn(program)], other[lastOn(otherProgram)]];
    return a && b ? { stage: 'the last stage', own: a.testAccuracy, other: b.testAccuracy } : null;
  }
  const stage = Math.max(
    ...Object.keys(own)
      .map(Number)
      .filter((index) => index >= from && other[index]),
  );
  const [a, b] = [own[stage], other[stage]];
  return a && b ? { stage: stepName(program, stage), own: a.testAccuracy, other: b.testAccuracy } : null;
}

function sameKinds(a: readonly Stage[], b: readonly Stage[]): boolean {
  const [one, other] = [unroll(a), unroll(b)];
  return one.length === other.length && one.every(({ stage }, i) => stage.kind === other[i]?.stage.kind);
}

function lastOn(program: readonly Stage[]): number {
  return unroll(program).findLastIndex(({ stage }) => stage.on);
}

/** The middle column's pictures of the run on the screen, or of one that was recorded while nothing has run. */
export function ResultsPanel() {
  const stages = useShownStages();
  const summaries = useShownRun((s) => s.summaries);
  const inspection = useShownRun((s) => s.inspection);
  const ledger = useShownRun((s) => s.ledger);
  const totalSteps = useShownRun((s) => s.totalSteps);
  const kind = useShownKind();
  const beside = useBesideTrace();
  const ghost = useGhost();
  const finished = useMemo(() => Object.values(summaries), [summaries]);
  const { selectedLayer, selectLayer } = useUi();
  const wanted = useRun((s) => s.queued || s.status === 'running');
  useEffect(() => {
    if (wanted)
      void preloadPlots()
        .then(loadHistogramPlot)
        .catch(() => {});
  }, [wanted]);
  return (
    <ResultsView
      metrics={kind === 'recorded' ? recordedMetrics : kind === 'previous' ? previousMetrics : metrics}
      beside={kind === 'live' ? beside : null}
      ghost={kind === 'live' ? ghost : null}
      recorded={kind === 'recorded'}
      totalSteps={totalSteps}
      program={stages}
      compressedFromStage={firstCompression(stages)}
      summaries={finished}
      layers={inspection?.layers ?? []}
      ledger={ledger}
      selectedLayer={selectedLayer}
      onSelectLayer={selectLayer}
    />
  );
}

/** The pinned run as the live trace draws it; null where it was trained on other images. */
function useGhost(): GhostTrace | null {
  const pinned = usePinnedBaseline();
  const run = pinned?.sameData ? pinned.run : null;
  return useMemo(() => run && { label: runTitle(run), ...run.curves, starts: startsOf(run.record) }, [run]);
}

function startsOf({ stages }: RunRecord): readonly number[] {
  return stages.map((_, i) => stages.slice(0, i).reduce((steps, stage) => steps + stage.steps, 0));
}
