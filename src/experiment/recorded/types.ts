import type { KeptRun } from '../results/kept-run';
import type { Sweep } from '../sweep/sweep';
import type { BackendName } from '../types/events';

/** What is known of a sweep that was run earlier and is bundled with the page. */
export interface RecordedHeader {
  /** Name of its file, and of the sweep preset that it was made from. */
  readonly id: string;
  readonly label: string;
  readonly sweep: Sweep;
  /** When its last run ended: ISO 8601, UTC. */
  readonly date: string;
  readonly backend: BackendName;
  /** '' where there is none. */
  readonly adapter: string;
  /** Of the sources that produced it. */
  readonly commit: string;
  /** Reproduces it. */
  readonly command: string;
}

export interface RecordedSweep extends RecordedHeader {
  /** In the order of their points; `sweep.index` says which. */
  readonly runs: readonly KeptRun[];
}

/** A line of the list of recorded sweeps. */
export interface RecordedEntry extends RecordedHeader {
  /** Number of runs in its file. */
  readonly runs: number;
}

/** A file that is no recorded sweep, as one sentence for the user. */
export class RecordedError extends Error {
  override readonly name = 'RecordedError';
}

/** The id under which the runs of a recorded sweep know it. */
export function recordedSweepId(id: string): string {
  return `recorded-${id}`;
}
