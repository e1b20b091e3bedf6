import { useEffect, useMemo } from 'react';
import type { GhostTrace } from '../../charts/ghost-trace';
import { preloadPlots } from '../../charts/plot-chunks';
import type { RunRecord } from '../../experiment/events';
import { firstCompression } from '../../experiment/program/unroll';
import { useExperiment } from '../../state/experiment-store';
import { recordedMetrics, useRecorded, useShownRun } from '../../state/recorded-run';
import { metrics, useRun } from '../../state/run-store';
import { useUi } from '../../state/ui-store';
import { usePinnedBaseline } from '../pinned-baseline';
import { runTitle } from '../run-title';
import { useBesideTrace } from './beside-trace';
import { ResultsView } from './results-view';

/** The middle column's pictures of the run on the screen, or of one that was recorded while nothing has run. */
export function ResultsPanel() {
  const stages = useExperiment((s) => s.experiment.stages);
  const summaries = useShownRun((s) => s.summaries);
  const inspection = useShownRun((s) => s.inspection);
  const ledger = useShownRun((s) => s.ledger);
  const totalSteps = useShownRun((s) => s.totalSteps);
  const recorded = useRecorded((s) => s.shown !== null);
  const beside = useBesideTrace();
  const ghost = useGhost();
  const { selectedLayer, selectLayer } = useUi();
  const wanted = useRun((s) => s.queued || s.status === 'running');
  useEffect(() => {
    if (wanted) void preloadPlots();
  }, [wanted]);
  return (
    <ResultsView
      metrics={recorded ? recordedMetrics : metrics}
      beside={recorded ? null : beside}
      ghost={recorded ? null : ghost}
      recorded={recorded}
      totalSteps={totalSteps}
      program={stages}
      compressedFromStage={firstCompression(stages)}
      summaries={Object.values(summaries)}
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
