import type { BackendName, RunEvent } from '../events';
import type { Experiment } from '../types';

/** A run that was made earlier, with what the page heard of it while it ran. */
export interface Recording {
  readonly experiment: Experiment;
  /** ISO 8601, UTC. */
  readonly recordedAt: string;
  /** Of the sources that made it, with "+" behind it if they differed from the commit; '' if it is not known. */
  readonly commit: string;
  /** What makes it again. */
  readonly command: string;
  readonly backend: { readonly name: BackendName; readonly adapter: string };
  /** Loss of the batch of every training step, from the first; NaN for those that were left out. */
  readonly losses: Float32Array;
  /** All but the losses, in their order. */
  readonly events: readonly RecordedEvent[];
}

/** The kinds of events that are kept: what the pictures of the results are drawn from. */
export type RecordedEvent = Extract<
  RunEvent,
  { readonly type: 'started' | 'stageStarted' | 'inspection' | 'evaluation' | 'test' | 'stageDone' | 'done' }
>;

/** What somebody must say of a recording that its events do not know. */
export type RecordingAbout = Pick<Recording, 'recordedAt' | 'commit' | 'command'>;

/** The smallest of 1, 2, 5, 10, 20, 50 … that is not below `value`. */
export function roundStep(value: number): number {
  const decade = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return ([1, 2, 5].find((digit) => digit * decade >= value) ?? 10) * decade;
}
