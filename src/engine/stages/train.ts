import type { TrainStage } from '../../experiment/types';
import { labelObjective } from '../training/label-objective';
import { trainingLoop } from '../training/loop';
import type { StageImplementation } from './stage';

/** Trains the latent weights on the labels, through whatever views are installed. */
export const trainStage: StageImplementation = {
  run(anyStage, context) {
    const stage = anyStage as TrainStage;
    return trainingLoop(labelObjective(context.network, stage.loss), stage, context);
  },
};
