import { serves, unroll } from '../../experiment/program/unroll';
import type { InspectionHistory } from '../../experiment/results/inspection-history';
import type { Checkpoint, LayerSummary, RunEvent, RunRecord } from '../../experiment/types/events';
import type { Experiment } from '../../experiment/types/experiment';

/** The position after a finished stage: from here a run continues, and the page draws the stage again. */
export interface Boundary {
  /** One of the same weights that remembers more may take its place. */
  checkpoint: Checkpoint;
  /** The model file as the stage left it. */
  readonly model: Uint8Array | undefined;
  readonly layers: readonly LayerSummary[];
  /** What the page was sent of the stage: its start, losses, validations, last inspection, test and sum. */
  readonly events: readonly RunEvent[];
  /** Of all inspections in the stage. */
  readonly history: InspectionHistory;
  /** Of a run that ended here. It may name another experiment: one with stages after it that are switched off, or another title. */
  record?: RunRecord;
}

/** Whether nothing is left to run of the experiment after this stage. */
export function isLast(boundary: Boundary, experiment: Experiment): boolean {
  return unroll(experiment.stages).findLastIndex(({ stage }) => stage.on) < boundary.checkpoint.stage;
}

/** As many of these boundaries, from the first on, as end with one from which this experiment may continue. */
export function serving(path: readonly Boundary[], experiment: Experiment): readonly Boundary[] {
  return path.slice(0, 1 + path.findLastIndex(({ checkpoint }) => serves(checkpoint, experiment)));
}

/** The first of two checkpoints of the same weights, with the marks of both. It is the very same one if it lacks none. */
export function withMarksOf(checkpoint: Checkpoint, other: Checkpoint): Checkpoint {
  const { model } = checkpoint;
  const more = other.model.marks.filter(({ step }) => !model.marks.some((mark) => mark.step === step));
  if (more.length === 0) return checkpoint;
  return { ...checkpoint, model: { ...model, marks: [...model.marks, ...more].sort((a, b) => a.step - b.step) } };
}
