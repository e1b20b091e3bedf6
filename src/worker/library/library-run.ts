import type { Dataset } from '../../datasets/types';
import { type RunOptions, run } from '../../engine/run/session';
import type { RunEvent } from '../../experiment/types/events';
import type { Experiment } from '../../experiment/types/experiment';
import type { CheckpointLibrary } from './checkpoint-library';
import { StageRecorder } from './stage-recorder';

/** A run whose stages are there when the person turns to it. */
export async function* libraryRun(
  experiment: Experiment,
  dataset: Dataset,
  options: Omit<RunOptions, 'onModel'>,
  library: CheckpointLibrary,
): AsyncGenerator<RunEvent> {
  const recorder = new StageRecorder();
  recorder.begin(options.from);
  const onModel = (bytes: Uint8Array) => recorder.hold(bytes);
  for await (const event of run(experiment, dataset, { ...options, onModel })) {
    const finished = recorder.take(event);
    if (finished?.whole) library.put(experiment, finished.boundary);
    if (event.type === 'done') library.end(experiment, event.record);
    yield event;
  }
}
