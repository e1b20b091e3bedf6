import type { Stage, TrainStage } from '../../experiment/types/experiment';
import { labelObjective } from '../training/label-objective';
import { trainingLoop } from '../training/loop';
import type { SketchContext } from '../training/stage-context';
import type { StageImplementation } from './stage';

/** Trains the latent weights on the labels, through whatever parametrizations are installed. */
export const trainStage: StageImplementation = {
  objective,
  run: (stage, context) => trainingLoop(objective(stage, context), stage as TrainStage, context),
};

function objective(stage: Stage, { network }: SketchContext) {
  const { loss, l1 = 0, l1Step } = stage as TrainStage;
  return labelObjective(network, loss, { lambda: l1, proximal: l1Step === 'proximal' });
}
