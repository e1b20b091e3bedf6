import type { Dataset } from '../../datasets/types';
import { sharedStages } from '../../experiment/program/prefix';
import type { RunEvent } from '../../experiment/types/events';
import type { Experiment } from '../../experiment/types/experiment';
import { Checkpoints } from './checkpoints';
import { type RunOptions, run } from './session';

export interface EventOfOne {
  /** Which of the experiments. */
  readonly index: number;
  readonly event: RunEvent;
}

/**
 * Runs experiments on the same images one after the other. Stages that one shares with the one before it are not trained again:
 * give them in `branchOrder`. A run that fails ends with its `failed` event, and the next one begins.
 */
export async function* runAll(
  experiments: readonly Experiment[],
  dataset: Dataset,
  optionsOf: (experiment: Experiment) => RunOptions,
): AsyncGenerator<EventOfOne> {
  const checkpoints = new Checkpoints();
  let last: Experiment | undefined;
  for (const [index, experiment] of experiments.entries()) {
    checkpoints.keep(last ? sharedStages(last, experiment) : 0, experiment);
    last = experiment;
    const from = checkpoints.latest;
    for await (const event of run(experiment, dataset, { ...optionsOf(experiment), ...(from ? { from } : {}) })) {
      if (event.type === 'snapshot') checkpoints.add(event.checkpoint);
      yield { index, event };
    }
  }
}
