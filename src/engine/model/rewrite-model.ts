import type { Arrays, InstalledView } from '../../experiment/events';
import { parametersIn, placedLayers } from '../../experiment/layers';
import { linearPlaces } from '../nn/linear-place';
import type { Network } from '../nn/network';
import { sameShape } from '../nn/same-shape';
import type { Rewritten } from '../rewrites/rewrite';
import type { Memory } from './memory';
import { readModel, restoreModel } from './model-state';

/**
 * Gives a network the layers of a rewrite. What keeps its name and shape stays, with its views. Where a parameter becomes smaller and
 * the rewrite says which elements are left, its values, its mask and what was marked of it become smaller with it; a quantizer over
 * it is lost, because its scales were fitted to another tensor. What disappears takes its views along.
 * @returns the places whose views were lost
 */
export async function rewriteModel(network: Network, memory: Memory, rewritten: Rewritten): Promise<readonly string[]> {
  const { elements = {} } = rewritten;
  const state = await readModel(network, memory);
  const placed = placedLayers(rewritten.layers, network.input);
  const before = new Map(network.parameters.map(({ spec }) => [spec.name, spec.shape]));
  const specs = new Map(placed.flatMap(parametersIn).map((spec) => [spec.name, spec]));
  const inputs = new Map(network.products.map(({ layer, shape }) => [layer, shape]));
  const after = new Map(linearPlaces(placed).map(({ layer, shape }) => [layer, shape]));
  const stays = (name: string) => sameShape(before.get(name), specs.get(name)?.shape);

  /** The arrays of the present parameters, as far as they are left. */
  const left = (arrays: Arrays): Arrays =>
    Object.fromEntries(
      [...specs.keys()].flatMap((name): (readonly [string, Float32Array])[] => {
        const [held, chosen] = [arrays[name], elements[name]];
        if (!held) return [];
        if (stays(name)) return [[name, held]];
        return chosen ? [[name, Float32Array.from(chosen, (i) => held[i] ?? 0)]] : [];
      }),
    );

  const lost: string[] = [];
  const kept = (view: InstalledView): readonly InstalledView[] => {
    const { place, role, state: own } = view;
    if (role === 'activations' || role === 'gradients') {
      const layer = place.slice(0, place.lastIndexOf('/'));
      if (sameShape(inputs.get(layer), after.get(layer))) return [view];
    } else {
      if (stays(place)) return [view];
      const chosen = elements[place];
      if (role === 'mask' && chosen) return [{ ...view, state: { kept: Float32Array.from(chosen, (i) => own.kept?.[i] ?? 1) } }];
    }
    lost.push(place);
    return [];
  };

  await restoreModel(network, memory, {
    ...state,
    layers: placed.map(({ layer }) => layer),
    parameters: { ...left(state.parameters), ...rewritten.values },
    views: state.views.flatMap(kept),
    marks: state.marks.map((mark) => ({ ...mark, parameters: left(mark.parameters) })),
  });
  return lost;
}
