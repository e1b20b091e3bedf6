import type { InstalledView, ModelState } from '../../experiment/types/model-state';
import type { Network } from '../network/network';
import { readState, removeView } from '../parametrizations/parametrization';
import { installActivations, installedAs, installGradients, installMask, installWeights, removeQuantizers } from './install';
import type { Memory } from './memory';

/** The whole state of the model, read back: what a checkpoint holds. */
export async function readModel(network: Network, memory: Memory): Promise<ModelState> {
  return {
    layers: network.layers,
    parameters: await network.read(),
    views: await readViews(network),
    outcomes: { ...memory.outcomes },
    marks: [...memory.marks],
    storage: memory.storage,
  };
}

async function readViews({ parameters, products }: Network): Promise<InstalledView[]> {
  const found: InstalledView[] = [];
  for (const { spec, views } of parameters) {
    for (const view of views) {
      const role = view.kind === 'mask' ? 'mask' : 'weights';
      found.push(...installedAs(view, spec.name, role, await readState(view)));
    }
  }
  for (const { layer, input, gradient } of products) {
    if (input) found.push(...installedAs(input, `${layer}/input`, 'activations', await readState(input)));
    if (gradient) found.push(...installedAs(gradient, `${layer}/gradient`, 'gradients', {}));
  }
  return found;
}

/** Gives a network this state. It needs neither the program nor what the stages did. */
export async function restoreModel(network: Network, memory: Memory, state: ModelState): Promise<void> {
  removeQuantizers(network);
  for (const { views } of network.parameters) removeView(views, 'mask');
  network.rebuild(state.layers, state.parameters);
  for (const view of state.views) {
    if (view.role === 'mask') installMask(network, view);
    else if (view.role === 'weights') await installWeights(network, view, state.parameters[view.place] ?? new Float32Array());
    else if (view.role === 'activations') installActivations(network, view);
    else installGradients(network, view);
  }
  memory.outcomes = { ...state.outcomes };
  memory.marks = [...state.marks];
  memory.storage = state.storage;
}
