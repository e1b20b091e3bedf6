/**
 * The run that others are compared with, pinned by a person. Small, because the first page asks it: what keeps runs is loaded only
 * where there is one.
 */
import { create } from 'zustand';
import type { KeptRun } from '../../experiment/results/kept-run';

export interface BaselineState {
  /** Of a saved run; null for none. It is saved in this browser. */
  readonly id: string | null;
  /** Null until it has been read, and while it is removed. */
  readonly run: KeptRun | null;
}

const KEY = 'fewbits.baseline';

export const useBaseline = create<BaselineState>()(() => ({ id: remembered(), run: null }));

/** @param run null for none */
export function pinBaseline(run: KeptRun | null): void {
  useBaseline.setState({ id: run?.id ?? null, run });
  try {
    if (run === null) globalThis.localStorage?.removeItem(KEY);
    else globalThis.localStorage?.setItem(KEY, run.id);
  } catch {
    // Nothing is lost but the memory of this choice.
  }
}

/** Runs as they are saved now: the pinned one may be among them. */
export function foundRuns(runs: readonly KeptRun[]): void {
  const run = runs.find(({ id }) => id === useBaseline.getState().id);
  if (run) useBaseline.setState({ run });
}

/** Runs that are no longer saved. One that was pinned is again when it is put back. */
export function lostRuns(ids: ReadonlySet<string>): void {
  const { id } = useBaseline.getState();
  if (id !== null && ids.has(id)) useBaseline.setState({ run: null });
}

function remembered(): string | null {
  try {
    return globalThis.localStorage?.getItem(KEY) ?? null;
  } catch {
    return null;
  }
}
