import { datasetShape } from '../methods/data';
import { buildModel, modelProblem } from '../methods/models/registry';
import { macCount } from '../operators/layers';
import { sameBlock } from '../settings/block';
import { trainingSteps } from '../stages/registry';
import type { Experiment, Stage } from '../types/experiment';
import { unroll } from './unroll';

/** Training that was timed: a stage of an experiment, and how long it took. */
export interface TimedTraining {
  readonly experiment: Experiment;
  readonly batch: number;
  readonly steps: number;
  readonly seconds: number;
}

/**
 * Seconds that the training of an experiment takes, about: in the proportion of multiply-accumulates and images to training that was
 * timed, of the same network where there is some. Tests and the cost of quantizers are left out. Null without a measurement, and for
 * images of one's own.
 */
export function trainingTime(experiment: Experiment, timed: readonly TimedTraining[]): number | null {
  const work = workOf(experiment, imagesTrained(experiment));
  const same = timed.filter(
    (one) => sameBlock(one.experiment.model, experiment.model) && one.experiment.data.dataset === experiment.data.dataset,
  );
  const used = same.length > 0 ? same : timed;
  const done = used.reduce((sum, one) => sum + (workOf(one.experiment, one.steps * one.batch) ?? 0), 0);
  if (work === null || done === 0) return null;
  return (work * used.reduce((sum, { seconds }) => sum + seconds, 0)) / done;
}

/** Images that all training steps see, rounds counted. */
function imagesTrained({ stages }: Experiment): number {
  return unroll(stages).reduce((sum, { stage }) => sum + imagesIn(stage), 0);
}

function imagesIn(stage: Stage): number {
  const steps = trainingSteps(stage);
  return steps > 0 ? steps * Number(stage.batch) : 0;
}

/** Multiply-accumulates of so many images forwards; null where the network is not known. */
function workOf({ model, data }: Experiment, images: number): number | null {
  const shape = datasetShape(data.dataset);
  if (!shape || modelProblem(model, shape.input, shape.classes)) return null;
  return images * macCount(buildModel(model, shape.input, shape.classes), shape.input);
}
