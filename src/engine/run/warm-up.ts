import type { Dataset } from '../../datasets/types';
import { buildModel } from '../../experiment/methods/models/registry';
import { unroll } from '../../experiment/program/unroll';
import { trains } from '../../experiment/stages/registry';
import type { Checkpoint } from '../../experiment/types/events';
import type { Experiment, TrainStage } from '../../experiment/types/experiment';
import { gpuBackend } from '../device/gpu-program';
import type { CompileProgress } from '../device/trace';
import { createEvaluator } from '../evaluation/create-evaluator';
import { Feeder } from '../images/feeder';
import { Network } from '../network/network';
import { stageImplementation } from '../stages/registry';
import { emptyMemory } from '../state/memory';
import { restoreModel } from '../state/model-state';
import { createSteps } from '../training/create-steps';

/**
 * Compiles, on WebGPU, the kernels of the next training step and of the evaluations around it, and runs none of them: a throwaway
 * network of the same shape gets the layers and parametrizations that the stages before that step will leave. Compiled pipelines stay with
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
  const program = unroll(experiment.stages);
  const next = program.findIndex(({ stage }, index) => index >= first && stage.on && trains(stage));
  const network = new Network(buildModel(experiment.model, dataset.shape, dataset.classes.length), dataset.shape, experiment.seed);
  const feeder = new Feeder(dataset, experiment.data.normalize, experiment.seed);
  const evaluator = createEvaluator(network, feeder.affine);
  const memory = emptyMemory();
  try {
    if (from) await restoreModel(network, memory, from.model);
    for (const [index, { stage }] of program.entries()) {
      if (index >= (next < 0 ? program.length : next)) break;
      if (stage.on && index >= first) await stageImplementation(stage.kind).sketch?.(stage, { network, memory, index });
    }
    if (next >= 0) {
      const stage = program[next]?.stage as TrainStage;
      const objective = stageImplementation(stage.kind).objective?.(stage, { network, memory, index: next });
      if (!objective) throw new Error(`A ${stage.kind} stage trains, but names no objective.`);
      const steps = createSteps({ objective, feeder, stage, seed: experiment.seed, ordinal: 0, slots: {} });
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
