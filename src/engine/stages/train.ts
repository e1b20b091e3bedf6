import type { TrainStage } from '../../experiment/types/experiment';
import type { Network } from '../network/network';
import { labelObjective } from '../training/label-objective';
import { trainingLoop } from '../training/loop';
import type { Objective } from '../training/objective';
import type { StageImplementation } from './stage';

/** Trains the latent weights on the labels, through whatever parametrizations are installed. */
export const trainStage: StageImplementation = {
  objective: (stage, { network }) => labelsOf(stage as TrainStage, network),
  run: (stage, context) => trainingLoop(labelsOf(stage as TrainStage, context.network), stage as TrainStage, context),
};

/** What the stage lowers, by its settings. */
export function labelsOf({ loss, l1, l1Step, gradientThreshold }: TrainStage, network: Network): Objective {
  return labelObjective(network, loss, { l1, proximal: l1Step === 'proximal', gradientThreshold });
}
