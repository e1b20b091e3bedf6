import { useEffect, useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { KeptRun } from '../../experiment/results/kept-run';
import { pointNames } from '../../experiment/sweep/axis-names';
import { type HeldSweep, useSweeps } from '../../state/sweep-store';
import { openSweeps } from '../../state/sweeps';
import { runTitle } from '../run-title';

/** What runs are called in a list: those of a sweep by their places in it, or they would all be called the same. */
export function useRowTitles(): (run: KeptRun) => string {
  // What is kept of a sweep; its progress changes ten times a second.
  const kept = useSweeps(useShallow((s) => s.sweeps.map((held) => held.kept)));
  useEffect(() => {
    void openSweeps();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the points change with what is kept only.
  return useMemo(() => rowTitles(useSweeps.getState().sweeps), [kept]);
}

/** "Bits 3, Seed 2 · Two rates": the places and the sweep's own name, unless the run has a name of its own. */
export function rowTitles(sweeps: readonly Pick<HeldSweep, 'kept' | 'points'>[]): (run: KeptRun) => string {
  const known = new Map(sweeps.map(({ kept, points }) => [kept.id, { name: kept.sweep.name, points, places: pointNames(kept.sweep) }]));
  return (run) => {
    const sweep = run.sweep && known.get(run.sweep.id);
    const point = run.sweep && sweep?.points[run.sweep.index];
    if (run.name !== '' || !sweep || !point || point.places.length === 0) return runTitle(run);
    return [sweep.places(point), sweep.name].filter(Boolean).join(' · ');
  };
}
