import { useEffect, useMemo } from 'react';
import { type Pace, paceOf, sameNetwork } from '../../experiment/sweep/cost';
import type { Experiment } from '../../experiment/types/experiment';
import { readKeptRuns, useRuns } from '../../state/kept/runs-store';
import { useRun } from '../../state/run/run-store';
import { openRecorded, readRecordedList, useRecorded } from '../../state/sweep/recorded-sweeps';
import { useSweeps } from '../../state/sweep/sweep-store';
import { backendLabel } from '../labels';

interface KnownPace {
  /** null while nothing like it has run anywhere. */
  readonly pace: Pace | null;
  /** Where it was measured, if not here: " on the machine of the recording, on WebAssembly". */
  readonly where: string;
}

/** What a run of this network takes on this backend, by what has run in this browser; else by a recorded sweep. */
export function usePace(experiment: Experiment): KnownPace {
  const backend = useRun((s) => s.backend?.name);
  const summaries = useRun((s) => s.summaries);
  const sweeps = useSweeps((s) => s.sweeps);
  const kept = useRuns((s) => s.runs);
  const { list, opened } = useRecorded();
  useEffect(() => {
    void readKeptRuns();
    void readRecordedList();
  }, []);
  const own = useMemo(() => {
    const all = [...(kept ?? []), ...sweeps.flatMap((held) => Object.values(held.runs))];
    // A recorded or imported run was made on another machine.
    const here = new Map(all.filter(({ origin }) => origin === 'live').map((run) => [run.id, run]));
    return paceOf(experiment, backend, here.values(), Object.values(summaries));
  }, [experiment, backend, summaries, sweeps, kept]);
  const wanted = own === null && kept !== null ? list?.find(({ sweep }) => sameNetwork(sweep.experiment, experiment)) : undefined;
  useEffect(() => {
    if (wanted) void openRecorded(wanted);
  }, [wanted]);
  const held = wanted && opened[wanted.id];
  return useMemo(() => {
    if (own !== null || !wanted || typeof held !== 'object') return { pace: own, where: '' };
    const pace = paceOf(experiment, wanted.backend, Object.values(held.runs), []);
    return { pace, where: ` on the machine of the recording, on ${backendLabel(wanted.backend)}` };
  }, [own, wanted, held, experiment]);
}
