import { stepName } from '../../experiment/program/unroll';
import { inTitle } from '../../experiment/settings/wording';
import type { FactorizeStage } from '../../experiment/stages/factorize';
import type { Stage } from '../../experiment/types/experiment';
import type { Network } from '../network/network';
import { readStates } from '../parametrizations/parametrization';
import { valuesBelow } from '../parametrizations/stack';
import { type Factorization, factorizable, factorizeDense } from '../rewrites/factorize-dense';
import type { Model } from '../rewrites/rewrite';
import { rewriteModel } from '../state/rewrite-model';
import type { StageImplementation } from './stage';

/** Replaces dense layers by structured ones. A mask's zeros are part of the matrix that is factorized; quantizers over it are lost. */
export const factorizeStage: StageImplementation = {
  async *run(stage, { network, memory, index, experiment }) {
    const factorization = factorizationOf(stage);
    const chosen = factorizable(network, factorization).map(({ layer }) => layer.name);
    if (chosen.length === 0) {
      const name = inTitle(stepName(experiment.stages, index));
      const message = `${name} factorizes no layer: with these settings no dense layer would become smaller.`;
      yield { type: 'warning', message };
      return { steps: 0, completed: true };
    }
    const waiting = `factorizing ${chosen.join(', ')}`;
    yield { type: 'progress', stage: index, step: 0, steps: 0, epoch: 0, msPerStep: 0, waiting };
    const rewrite = (model: Model) => factorizeDense(model, factorization);
    const lost = await rewriteModel(network, memory, rewrite, await seenByMasks(network));
    if (lost.length > 0) {
      const layers = lost.map((place) => place.replace(/\/kernel$/, '')).join(', ');
      const message = `Factorizing removed the masks and quantizers of ${layers}. Prune and quantize again after it.`;
      yield { type: 'warning', message };
    }
    yield { type: 'progress', stage: index, step: 0, steps: 0, epoch: 0, msPerStep: 0, waiting: '' };
    return { steps: 0, completed: true };
  },
  async sketch(stage, { network }) {
    const model = { layers: network.layers, input: network.input, values: {} };
    network.rebuild(factorizeDense(model, { ...factorizationOf(stage), from: 'init' }).layers);
  },
};

function factorizationOf(stage: Stage): Factorization {
  const { structure, from } = stage as FactorizeStage;
  return { structure, settings: stage, from };
}

/** What the masks leave of the latent values, by parameter name. */
async function seenByMasks(network: Network): Promise<Record<string, Float32Array>> {
  const latent = await network.read();
  const entries = network.parameters.map(async ({ spec: { name }, parametrizations }) => {
    return [
      name,
      valuesBelow(parametrizations, 'quantizer', latent[name] ?? new Float32Array(), await readStates(parametrizations)),
    ] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}
