import type { PruneStage } from '../../experiment/stages/prune';
import { masked } from '../parametrizations/mask';
import { readStates } from '../parametrizations/parametrization';
import { keptOf, valuesBelow } from '../parametrizations/stack';
import { NotCoveredError, type Saliencies } from '../pruning/criterion';
import { pruningCriterion } from '../pruning/registry';
import { roundOf, stageMasks } from '../pruning/stage-masks';
import { installMask } from '../state/install';
import type { StageImplementation } from './stage';

/** Puts a mask over every array of weights. With a mask that is there already it intersects: nothing that was removed comes back. */
export const pruneStage: StageImplementation = {
  async *run(anyStage, context) {
    const stage = anyStage as PruneStage;
    const { network, index } = context;
    const latent = await network.read();
    const { weights } = network;
    const states = await Promise.all(weights.map(({ parametrizations }) => readStates(parametrizations)));
    const values = weights.map(({ spec, parametrizations }, i) =>
      valuesBelow(parametrizations, 'quantizer', latent[spec.name] ?? new Float32Array(), states[i] ?? []),
    );
    const before = weights.map(({ parametrizations }, i) => keptOf(parametrizations, states[i] ?? []));
    let found: Saliencies;
    try {
      found = await pruningCriterion(stage.criterion)({ weights, values, kept: before, settings: stage, context });
    } catch (error) {
      if (!(error instanceof NotCoveredError)) throw error;
      yield { type: 'failed', message: error.message, advice: 'Choose another criterion, such as Taylor or magnitude.' };
      return { steps: 0, completed: false };
    }
    const { round, rounds } = roundOf(context.experiment.stages, index);
    const masks = stageMasks(stage, { weights, values, scores: found.scores, kept: before }, round, rounds);
    const adjusted = found.adjusted?.(masks);
    for (const [i, { spec }] of weights.entries()) {
      const kept = masks[i] ?? new Uint8Array();
      const own = adjusted?.[i] ?? latent[spec.name] ?? new Float32Array();
      installMask(network, { place: spec.name, method: stage.criterion, stage: index, settings: {}, share: 1 }, kept);
      network.write({ [spec.name]: masked(own, kept) });
    }
    return { steps: 0, completed: true };
  },
  async sketch(stage, { network, index }) {
    for (const { spec } of network.weights)
      installMask(network, { place: spec.name, method: String(stage.criterion), stage: index, settings: {}, share: 1 });
  },
};
