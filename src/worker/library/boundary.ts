import type { Checkpoint, LayerSummary, RunEvent, RunRecord } from '../../experiment/events';
import { unroll } from '../../experiment/program/unroll';
import type { LookHistory } from '../../experiment/results/look-history';
import type { Experiment } from '../../experiment/types';

/** The place behind a finished stage: from here a run goes on, and the page draws the stage again. */
export interface Boundary {
  readonly checkpoint: Checkpoint;
  /** The model file as the stage left it. */
  readonly model: Uint8Array | undefined;
  readonly layers: readonly LayerSummary[];
  /** What the page was told of the stage: its start, losses, validations, last look, test and sum. */
  readonly events: readonly RunEvent[];
  /** Of all looks at the stage. */
  readonly looks: LookHistory;
  /** Of a run that ended here. It may name another experiment: one with stages behind it that are switched off, or another title. */
  record?: RunRecord;
}

/** Whether nothing is left to run of the experiment behind this stage. */
export function isLast(boundary: Boundary, experiment: Experiment): boolean {
  return unroll(experiment.stages).findLastIndex(({ stage }) => stage.on) < boundary.checkpoint.stage;
}

/** What these values take in memory, roughly: arrays of numbers by their bytes, everything else by its length. */
export function bytesOf(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (typeof value === 'string') return 2 * value.length;
  if (typeof value !== 'object' || value === null) return 8;
  return Object.entries(value).reduce((sum, [key, held]) => sum + 2 * key.length + bytesOf(held), 0);
}
