/** Sweeps as the page sees them: what shall run, what has run, what runs now. Kept in the archive, if there is one. */
import { create } from 'zustand';
import type { KeptRun } from '../../experiment/results/kept-run';
import { pointsOf, type Sweep, type SweepPoint } from '../../experiment/sweep/sweep';
import type { KeptSweep } from '../kept/archive/kept-sweep';

/** How far a point is that is being run. */
export interface PointProgress {
  readonly step: number;
  readonly steps: number;
  readonly waiting: string;
}

export interface HeldSweep {
  readonly kept: KeptSweep;
  readonly points: readonly SweepPoint[];
  /** By index of the point. */
  readonly runs: Readonly<Record<number, KeptRun>>;
  /** Points that are being run, by index: one, or several. */
  readonly active: Readonly<Record<number, PointProgress>>;
  /** Why some of it is in this page only, in a sentence; absent where all is saved. */
  readonly trouble?: string;
}

interface SweepState {
  /** Whether the archive has been read. */
  readonly ready: boolean;
  /** The oldest first. */
  readonly sweeps: readonly HeldSweep[];
  /** The one whose points are shown; '' for none. */
  readonly shown: string;
  /** The axes that were written last, for the next time that the view opens; null before. */
  readonly axes: readonly string[] | null;
  /** What was removed last, to be put back; null for nothing. */
  readonly removed: HeldSweep | null;
}

export const useSweeps = create<SweepState>()(() => ({ ready: false, sweeps: [], shown: '', axes: null, removed: null }));

export function sweepById(id: string): HeldSweep | undefined {
  return useSweeps.getState().sweeps.find(({ kept }) => kept.id === id);
}

/** The sweep that runs; undefined if none does. */
export function runningSweep(sweeps: readonly HeldSweep[] = useSweeps.getState().sweeps): HeldSweep | undefined {
  return sweeps.find(({ kept }) => kept.state === 'running');
}

export function showSweep(id: string): void {
  useSweeps.setState({ shown: id });
}

/** Puts a sweep there, the last one, in place of what has its id. */
export function holdSweep(kept: KeptSweep, runs: readonly KeptRun[]): HeldSweep {
  const held: HeldSweep = { kept, points: pointsOf(kept.sweep), runs: byIndex(runs), active: {} };
  useSweeps.setState(({ sweeps }) => ({ sweeps: [...sweeps.filter((s) => s.kept.id !== kept.id), held] }));
  return held;
}

/** Puts a sweep that was removed back in its place. */
export function holdAgain(held: HeldSweep): void {
  useSweeps.setState(({ sweeps }) => ({
    sweeps: [...sweeps.filter(({ kept }) => kept.id !== held.kept.id), held].toSorted((a, b) =>
      a.kept.createdAt.localeCompare(b.kept.createdAt),
    ),
    shown: held.kept.id,
    removed: null,
  }));
}

export function forgetSweep(id: string): void {
  useSweeps.setState(({ sweeps, shown }) => ({
    sweeps: sweeps.filter(({ kept }) => kept.id !== id),
    shown: shown === id ? '' : shown,
  }));
}

export function changeSweep(id: string, change: (held: HeldSweep) => HeldSweep): HeldSweep | undefined {
  useSweeps.setState(({ sweeps }) => ({ sweeps: sweeps.map((held) => (held.kept.id === id ? change(held) : held)) }));
  return sweepById(id);
}

/** Changes what is saved of a sweep. */
export function changeKept(id: string, change: Partial<KeptSweep>): HeldSweep | undefined {
  return changeSweep(id, (held) => ({ ...held, kept: { ...held.kept, ...change } }));
}

/** Points that still have to be run. */
export function missingPoints({ kept, points, runs }: HeldSweep): readonly SweepPoint[] {
  return points.filter(({ index, problem }) => problem === '' && !runs[index] && kept.failed[index] === undefined);
}

/** A new sweep, all of whose impossible points have failed already. @throws SweepError if there are too many points */
export function newSweep(sweep: Sweep, id: string, createdAt: string): KeptSweep {
  const failed = pointsOf(sweep).flatMap(({ index, problem }) => (problem === '' ? [] : [[index, problem] as const]));
  return { id, createdAt, sweep, note: '', state: 'running', failed: Object.fromEntries(failed) };
}

function byIndex(runs: readonly KeptRun[]): Readonly<Record<number, KeptRun>> {
  return Object.fromEntries(runs.flatMap((run) => (run.sweep ? [[run.sweep.index, run] as const] : [])));
}
