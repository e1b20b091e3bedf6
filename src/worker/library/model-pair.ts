import { firstCompression } from '../../experiment/program/unroll';
import type { Experiment } from '../../experiment/types/experiment';
import type { RunModel, RunModels } from '../protocol';
import type { Boundary } from './boundary';

/** A model inside a stage, as an inspection saw it. */
export interface Glimpse {
  readonly model: Uint8Array;
  /** Number of the step that runs. */
  readonly step: number;
}

/**
 * The two model files of a run that are compared: the last one before its first stage that compresses, and the last one after that. A
 * glimpse comes after all boundaries.
 * @param have ids of files whose bytes are known
 */
export function modelPair(
  experiment: Experiment | undefined,
  done: readonly Boundary[],
  glimpse: Glimpse | undefined,
  have: readonly string[],
): RunModels['models'] {
  const first = (experiment && firstCompression(experiment.stages)) ?? Number.POSITIVE_INFINITY;
  const written = [
    ...done.flatMap(({ model, checkpoint: { stage, recorded } }) =>
      model ? [{ model, step: stage - 1, live: false, recorded: stage <= (recorded?.stages ?? 0) }] : [],
    ),
    ...(glimpse ? [{ ...glimpse, live: true, recorded: false }] : []),
  ];
  const told = (found: (typeof written)[number] | undefined): RunModel | null => {
    if (!found) return null;
    const { model, ...position } = found;
    const id = fileId(model);
    return { id, ...position, ...(have.includes(id) ? {} : { bytes: model }) };
  };
  return { float: told(written.findLast(({ step }) => step < first)), squeezed: told(written.findLast(({ step }) => step >= first)) };
}

/** A model file ends with its checksum. */
function fileId(file: Uint8Array): string {
  return [file.length, ...file.subarray(-4)].join('.');
}
