import { stepName } from '../../experiment/program/unroll';
import { inTitle, plainNumber } from '../../experiment/settings/wording';
import type { RewindStage } from '../../experiment/stages/rewind';
import { shuffledMasks } from '../../numerics/pruning/shuffled-mask';
import { drawSeed, Purpose } from '../../numerics/random/rng';
import { initialValues } from '../network/initialize';
import type { Network } from '../network/network';
import { masked } from '../parametrizations/mask';
import { readStates, removeParametrization } from '../parametrizations/parametrization';
import { keptOf } from '../parametrizations/stack';
import { installMask } from '../state/install';
import { valuesAt } from '../state/memory';
import type { StageImplementation } from './stage';

/** Sets the latent values back, or draws them again; what masks remove stays 0. The masks may be exchanged for random ones. */
export const rewindStage: StageImplementation = {
  async *run(anyStage, { network, memory, index, experiment, stepsBefore }) {
    const stage = anyStage as RewindStage;
    const values = stage.values === 'redrawn' ? redrawn(network, stage.draw) : valuesAt(memory, network, stage.to);
    if (!values) {
      yield {
        type: 'failed',
        message: `${inTitle(stepName(experiment.stages, index))} would go back to step ${plainNumber(stage.to)}, but the run has done only ${plainNumber(stepsBefore)} steps by then.`,
        advice: 'Choose an earlier step, or train for longer before it.',
      };
      return { steps: 0, completed: false };
    }
    if (leaveShared(network)) {
      yield {
        type: 'warning',
        message: `${inTitle(stepName(experiment.stages, index))} goes back to weights from before they were shared: each has its own value again.`,
      };
    }
    if (stage.masks !== 'keep' && stage.values !== 'redrawn' && stage.to > 0) {
      yield {
        type: 'warning',
        message: `${inTitle(stepName(experiment.stages, index))} exchanges the masks: weights that were already pruned at step ${plainNumber(stage.to)} start from 0.`,
      };
    }
    await exchangeMasks(network, stage, index);
    for (const { spec, parametrizations } of network.parameters) {
      const kept = keptOf(parametrizations, await readStates(parametrizations));
      const own = values[spec.name] ?? new Float32Array();
      network.write({ [spec.name]: kept ? masked(own, kept) : own });
    }
    return { steps: 0, completed: true };
  },
  async sketch(stage, { network, index }) {
    leaveShared(network);
    await exchangeMasks(network, stage as RewindStage, index);
  },
};

/** Takes shared values away, which earlier latent values know nothing of. @returns whether there were any */
function leaveShared({ weights }: Network): boolean {
  const shared = weights.filter(({ parametrizations }) => parametrizations.some(({ origin }) => origin?.method === 'share'));
  for (const { parametrizations } of shared) removeParametrization(parametrizations, 'quantizer');
  return shared.length > 0;
}

/** Initial values from a stream of their own: none of the numbers with which a run of this seed began. */
function redrawn({ parameters, seed }: Network, draw: number): Readonly<Record<string, Float32Array>> {
  const own = drawSeed(seed, draw);
  return Object.fromEntries(parameters.map(({ spec }) => [spec.name, initialValues(spec, spec.stream, own, Purpose.redraw)]));
}

/** Replaces the masks by ones that keep as many weights at random places. Does nothing where nothing is pruned, or the masks stay. */
async function exchangeMasks(network: Network, { masks, draw }: RewindStage, index: number): Promise<void> {
  if (masks === 'keep') return;
  const found = await Promise.all(network.weights.map(async ({ parametrizations: own }) => keptOf(own, await readStates(own))));
  if (found.every((kept) => kept === undefined)) return;
  const before = network.weights.map(({ latent }, i) => found[i] ?? new Uint8Array(latent.size).fill(1));
  const after = shuffledMasks(before, masks === 'random' ? 'global' : 'layer', drawSeed(network.seed, draw));
  for (const [i, { spec }] of network.weights.entries())
    installMask(network, { place: spec.name, method: masks, stage: index, settings: {}, share: 1 }, after[i]);
}
