import type { InstalledParametrization, ModelState } from '../../experiment/types/model-state';
import type { Network } from '../network/network';
import { readState, removeParametrization } from '../parametrizations/parametrization';
import { installActivations, installedAs, installGradients, installMask, installWeights, removeQuantizers } from './install';
import type { Memory } from './memory';

/** The whole state of the model, read back: what a checkpoint holds. */
export async function readModel(network: Network, memory: Memory): Promise<ModelState> {
  return {
    layers: network.layers,
    parameters: await network.read(),
    parametrizations: await readParametrizations(network),
    outcomes: { ...memory.outcomes },
    marks: [...memory.marks],
    storage: memory.storage,
  };
}

async function readParametrizations({ parameters, linearLayers }: Network): Promise<InstalledParametrization[]> {
  const found: InstalledParametrization[] = [];
  for (const { spec, parametrizations } of parameters) {
    for (const parametrization of parametrizations) {
      const role = parametrization.kind === 'mask' ? 'mask' : 'weights';
      found.push(...installedAs(parametrization, spec.name, role, await readState(parametrization)));
    }
  }
  for (const { layer, input, gradient } of linearLayers) {
    if (input) found.push(...installedAs(input, `${layer}/input`, 'activations', await readState(input)));
    if (gradient) found.push(...installedAs(gradient, `${layer}/gradient`, 'gradients', {}));
  }
  return found;
}

/** Gives a network this state. It needs neither the program nor what the stages did. */
export async function restoreModel(network: Network, memory: Memory, state: ModelState): Promise<void> {
  removeQuantizers(network);
  for (const { parametrizations } of network.parameters) removeParametrization(parametrizations, 'mask');
  network.rebuild(state.layers, state.parameters);
  for (const parametrization of state.parametrizations) {
    if (parametrization.role === 'mask') installMask(network, parametrization);
    else if (parametrization.role === 'weights')
      await installWeights(network, parametrization, state.parameters[parametrization.place] ?? new Float32Array());
    else if (parametrization.role === 'activations') installActivations(network, parametrization);
    else installGradients(network, parametrization);
  }
  memory.outcomes = { ...state.outcomes };
  memory.marks = [...state.marks];
  memory.storage = state.storage;
}
