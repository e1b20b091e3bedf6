import { useEffect, useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { KeptRun } from '../../experiment/results/kept-run';
import { pointNames } from '../../experiment/sweep/axis-names';
import { bitsPerWeight } from '../../numerics/measures/ledger';
import { type HeldSweep, useSweeps } from '../../state/sweep/sweep-store';
import { openSweeps } from '../../state/sweep/sweeps';
import { runTitle } from '../labels';

/** What runs are called in a list: those of a sweep by their positions in it, or they would all be called the same. */
export function useRowTitles(): (run: KeptRun) => string {
  // What is saved of a sweep; its progress changes ten times a second.
  const kept = useSweeps(useShallow((s) => s.sweeps.map((held) => held.kept)));
  useEffect(() => {
    void openSweeps();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the points change with what is kept only.
  return useMemo(() => rowTitles(useSweeps.getState().sweeps), [kept]);
}

/** "Bits 3, Seed 2 · Two rates": the positions and the sweep's own name, unless the run has a name of its own. */
export function rowTitles(sweeps: readonly Pick<HeldSweep, 'kept' | 'points'>[]): (run: KeptRun) => string {
  const known = new Map(sweeps.map(({ kept, points }) => [kept.id, { name: kept.sweep.name, points, ticks: pointNames(kept.sweep) }]));
  return (run) => {
    const sweep = run.sweep && known.get(run.sweep.id);
    const point = run.sweep && sweep?.points[run.sweep.index];
    if (run.name !== '' || !sweep || !point || point.ticks.length === 0) return runTitle(run);
    return [sweep.ticks(point), sweep.name].filter(Boolean).join(' · ');
  };
}

export type RunOrder = 'newest' | 'accuracy' | 'bits';

export const runOrders: readonly { readonly value: RunOrder; readonly label: string }[] = [
  { value: 'newest', label: 'newest first' },
  { value: 'accuracy', label: 'highest accuracy' },
  { value: 'bits', label: 'fewest bits' },
];

/** The runs in this order; they come the newest first. */
export function sortedRuns(runs: readonly KeptRun[], order: RunOrder): readonly KeptRun[] {
  if (order === 'accuracy') return runs.toSorted((a, b) => b.record.testAccuracy - a.record.testAccuracy);
  if (order === 'bits') return runs.toSorted((a, b) => bitsPerWeight(a.record.ledger) - bitsPerWeight(b.record.ledger));
  return runs;
}
