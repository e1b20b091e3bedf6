import type { Dataset } from '../datasets/types';
import type { Checkpoint, RunEvent } from '../experiment/events';
import { sharedStages } from '../experiment/prefix';
import type { Experiment } from '../experiment/types';
import { type RunOptions, run } from './run';

export interface EventOfOne {
  /** Which of the experiments. */
  readonly index: number;
  readonly event: RunEvent;
}

/** Where the experiments that follow may go on: behind the stages that they share with the last one. */
export class BranchPoints {
  private readonly behind = new Map<number, Checkpoint>();
  private last: Experiment | undefined;

  /** The checkpoint to start this experiment from; what it does not share with the last one is forgotten. */
  enter(experiment: Experiment): Checkpoint | undefined {
    const shared = this.last ? sharedStages(this.last, experiment) : 0;
    this.last = experiment;
    for (const stage of this.behind.keys()) if (stage > shared) this.behind.delete(stage);
    return this.behind.get(Math.max(...this.behind.keys()));
  }

  add(checkpoint: Checkpoint): void {
    if (checkpoint.step === 0) this.behind.set(checkpoint.stage, checkpoint);
  }
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
  const points = new BranchPoints();
  for (const [index, experiment] of experiments.entries()) {
    const from = points.enter(experiment);
    for await (const event of run(experiment, dataset, { ...optionsOf(experiment), ...(from ? { from } : {}) })) {
      if (event.type === 'snapshot') points.add(event.checkpoint);
      yield { index, event };
    }
  }
}
