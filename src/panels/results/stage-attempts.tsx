import { useEffect, useMemo } from 'react';
import type { Attempt } from '../../charts/shared/attempts';
import type { StagePoint } from '../../charts/shared/stage-points';
import { StageAccuracy } from '../../charts/trace/stage-accuracy';
import { isSameRun } from '../../experiment/program/prefix';
import { attemptsOf } from '../../experiment/results/attempts';
import type { RunRecord } from '../../experiment/types/events';
import type { Experiment } from '../../experiment/types/experiment';
import { bitsPerWeight } from '../../numerics/measures/ledger';
import { edit, useExperiment } from '../../state/experiment/experiment-store';
import { readKeptRuns, useRuns } from '../../state/kept/runs-store';
import { changedExperiment, useBeside } from '../../state/run/beside-store';
import { runTitle } from '../labels';
import { usePinnedBaseline } from '../pinned-baseline';

/** The stages of the run on the screen among other attempts: saved runs, the baseline, and the run in lock-step. Loaded with the first point. */
export function StageAttempts({ points }: { readonly points: readonly StagePoint[] }) {
  const experiment = useExperiment((s) => s.experiment);
  const runs = useRuns((s) => s.runs);
  const pinned = usePinnedBaseline();
  const change = useBeside((s) => s.change);
  const record = useBeside((s) => s.record);
  useEffect(() => {
    if (useRuns.getState().runs === null) void readKeptRuns();
  }, []);
  const found = useMemo(() => {
    const byId = new Map<string, { attempt: Attempt; experiment: Experiment }>();
    const add = (id: string, name: string, kind: Attempt['kind'], of: RunRecord) => {
      const { testAccuracy: accuracy, ledger } = of;
      const size = { totalBits: ledger.totalBits, bitsPerWeight: bitsPerWeight(ledger) };
      byId.set(id, { attempt: { id, name, kind, accuracy, ...size }, experiment: of.experiment });
    };
    const saved = attemptsOf(experiment, runs ?? []);
    for (const { run, name } of saved) add(run.id, name, 'saved', run.record);
    if (pinned?.sameData) {
      const { run } = pinned;
      add(run.id, saved.find((one) => one.run.id === run.id)?.name ?? runTitle(run), 'baseline', run.record);
    }
    if (change && record && changedExperiment(experiment, change)) {
      // It is saved too.
      for (const [id, { experiment: other }] of byId) if (isSameRun(other, record.experiment)) byId.delete(id);
      add('beside', change.label, 'beside', record);
    }
    return byId;
  }, [experiment, runs, pinned, change, record]);
  const attempts = useMemo(() => [...found.values()].map(({ attempt }) => attempt), [found]);
  const open = ({ id }: Attempt) => {
    const opened = found.get(id);
    if (opened) edit(opened.experiment);
  };
  return <StageAccuracy points={points} attempts={attempts} onOpen={open} />;
}
