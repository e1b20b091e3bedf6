import type { Dataset } from '../datasets/types';
import type { Checkpoint } from '../experiment/events';
import { buildModel } from '../experiment/models/registry';
import type { Experiment, TrainStage } from '../experiment/types';
import { createEvaluator } from './device/create-evaluator';
import { createSteps } from './device/create-steps';
import { gpuBackend } from './device/gpu-program';
import type { CompileProgress } from './device/trace';
import { Feeder } from './nn/feeder';
import { Network } from './nn/network';
import { stageImplementation } from './stages/registry';

/**
 * Compiles, on WebGPU, the kernels of the next training step and of the evaluations around it, and runs none of them: a throwaway
 * network of the same shape gets the views that the stages before that step will have installed. Compiled pipelines stay with
 * the device. Does nothing on other backends.
 * @throws RangeError with a sentence if the images do not fit the model
 */
export async function warmUp(
  experiment: Experiment,
  dataset: Dataset,
  from: Checkpoint | undefined,
  onProgress: CompileProgress,
): Promise<void> {
  if (!gpuBackend()) return;
  const first = from?.stage ?? 0;
  const next = experiment.stages.findIndex((stage, index) => index >= first && stage.on && stage.kind === 'train');
  const network = new Network(buildModel(experiment.model, dataset.shape, dataset.classes.length), dataset.shape, experiment.seed);
  const feeder = new Feeder(dataset, experiment.data.normalize, experiment.seed);
  const evaluator = createEvaluator(network, feeder.affine);
  try {
    for (const [index, stage] of experiment.stages.entries()) {
      if (index >= (next < 0 ? experiment.stages.length : next)) break;
      if (stage.on) await stageImplementation(stage.kind).restore?.(stage, index, network, { stage: index, state: {} });
    }
    if (next >= 0) {
      const stage = experiment.stages[next] as TrainStage;
      const steps = createSteps({ network, feeder, stage, seed: experiment.seed, ordinal: 0, slots: {} });
      try {
        await steps.warmUp(onProgress);
      } finally {
        steps.dispose();
      }
    }
    await evaluator.warmUp(dataset.train, feeder.validation.length, false);
    await evaluator.warmUp(dataset.test, dataset.test.count, true);
  } finally {
    evaluator.dispose();
    network.dispose();
  }
}
