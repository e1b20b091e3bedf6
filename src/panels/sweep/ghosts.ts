import { useMemo } from 'react';
import type { ParetoPoint } from '../../charts/pareto/pareto-points';
import { recordedSweepId } from '../../experiment/recorded/types';
import { useRecorded } from '../../state/sweep/recorded-sweeps';
import { type HeldSweep, useSweeps } from '../../state/sweep/sweep-store';
import { sameImages } from './front-notice';
import { paretoPoints, sweepTitle } from './sweep-words';

/** A sweep that can be drawn behind another one. */
export interface GhostChoice {
  readonly id: string;
  readonly name: string;
  readonly recorded: boolean;
  readonly runs: number;
  /** undefined until its file has been loaded. */
  readonly held: HeldSweep | undefined;
}

/** Sweeps on the same images that have results: those of this browser, the newest first, then recorded ones. No two have one name. */
export function useGhostChoices(shown: HeldSweep): readonly GhostChoice[] {
  const sweeps = useSweeps((s) => s.sweeps);
  const { list, opened } = useRecorded();
  return useMemo(() => {
    const { id: own, sweep } = shown.kept;
    const kept = sweeps.toReversed().map((held) => ({
      ...{ id: held.kept.id, experiment: held.kept.sweep.experiment, recorded: false, held, name: `${sweepTitle(held)}, ${day(held)}` },
      runs: Object.keys(held.runs).length,
    }));
    const recorded = (list ?? []).map(({ id, label, runs, sweep: { experiment } }) => {
      const held = opened[id];
      const loaded = typeof held === 'object' ? held : undefined;
      return { id: recordedSweepId(id), name: `${label}, recorded`, experiment, recorded: true, runs, held: loaded };
    });
    const others = [...kept, ...recorded].filter((one) => one.id !== own && one.runs > 0 && sameImages(one.experiment, sweep.experiment));
    return others.map((one, i) => ({ ...one, name: distinct(others, i) }));
  }, [sweeps, list, opened, shown]);
}

/** The results of a sweep as what they are drawn with behind another one. */
export function ghostPoints({ id, name, held }: GhostChoice): readonly ParetoPoint[] {
  if (!held) return [];
  return paretoPoints(held).flatMap(({ groupA: _, groupB: _shape, line: _line, ...point }) =>
    point.failed === undefined
      ? [{ ...point, id: `${id} ${point.id}`, label: `${name}: ${point.label}`, origin: 'ghost' as const, series: name }]
      : [],
  );
}

function distinct(all: readonly { readonly name: string }[], at: number): string {
  const name = all[at]?.name ?? '';
  const same = all.slice(0, at).filter((one) => one.name === name).length;
  return same === 0 ? name : `${name} (${same + 1})`;
}

function day({ kept }: HeldSweep): string {
  return new Date(kept.createdAt).toLocaleString('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
}
