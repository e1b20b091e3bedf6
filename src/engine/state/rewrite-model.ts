import { type KeyedLayer, parametersIn, shapedLayers } from '../../experiment/operators/layers';
import type { ParameterSpec } from '../../experiment/operators/operator';
import type { Arrays, InstalledParametrization } from '../../experiment/types/model-state';
import { type LinearLayer, linearLayersOf } from '../network/linear-layer';
import type { Network } from '../network/network';
import { sameShape } from '../network/parameter';
import type { Model, Rewritten } from '../rewrites/rewrite';
import { type Memory, valuesAt } from './memory';
import { readModel, restoreModel } from './model-state';

/**
 * Gives a network the layers of a rewrite. What keeps its name and shape stays, with its parametrizations. Where a parameter becomes smaller and
 * the rewrite says which elements are left, its values and its mask become smaller with it; a quantizer over it is lost, because its
 * scales were fitted to another tensor. What disappears takes its parametrizations along. Earlier moments to go back to are rewritten too.
 * @param values latent values to rewrite, where they are not those of the network
 * @returns the places whose parametrizations were lost, each once
 */
export async function rewriteModel(
  network: Network,
  memory: Memory,
  rewrite: (model: Model) => Rewritten,
  values?: Arrays,
): Promise<readonly string[]> {
  const state = await readModel(network, memory);
  const { input } = network;
  const rewritten = rewrite({ layers: state.layers, input, values: values ?? state.parameters });
  const change = new Change(network, rewritten);
  const moments = [{ step: 0, parameters: valuesAt(memory, network, 0) ?? {} }, ...state.marks.filter(({ step }) => step > 0)];
  const lost = new Set<string>();
  const parametrizations = state.parametrizations.flatMap((parametrization) => {
    const kept = change.parametrization(parametrization);
    if (!kept) lost.add(parametrization.place);
    return kept ?? [];
  });
  await restoreModel(network, memory, {
    ...state,
    layers: change.layers,
    parameters: { ...change.arrays(state.parameters), ...rewritten.values },
    parametrizations,
    marks: moments.map(({ step, parameters }) => ({
      step,
      parameters: { ...change.arrays(parameters), ...rewrite({ layers: state.layers, input, values: parameters }).values },
    })),
  });
  return [...lost];
}

/** What a rewrite leaves of arrays and parametrizations. */
class Change {
  readonly layers: readonly KeyedLayer[];
  private readonly elements: Readonly<Record<string, Uint32Array>>;
  private readonly before: ReadonlyMap<string, readonly number[]>;
  private readonly after: ReadonlyMap<string, readonly number[]>;

  constructor(network: Network, { layers, elements = {} }: Rewritten) {
    const shaped = shapedLayers(layers, network.input);
    const inputs = (places: readonly LinearLayer[]) => places.map(({ layer, shape }) => [`${layer}/input`, shape] as const);
    const shapes = (specs: readonly ParameterSpec[]) => specs.map(({ name, shape }) => [name, shape] as const);
    this.layers = shaped.map(({ layer }) => layer);
    this.elements = elements;
    this.before = new Map([...shapes(network.parameters.map(({ spec }) => spec)), ...inputs(network.linearLayers)]);
    this.after = new Map([...shapes(shaped.flatMap(parametersIn)), ...inputs(linearLayersOf(shaped))]);
  }

  /** The arrays of the parameters that are left. */
  arrays(held: Arrays): Arrays {
    const entries = Object.entries(held).flatMap(([name, values]): (readonly [string, Float32Array])[] => {
      if (this.stays(name)) return [[name, values]];
      const chosen = this.after.has(name) ? this.elements[name] : undefined;
      return chosen ? [[name, Float32Array.from(chosen, (i) => values[i] ?? 0)]] : [];
    });
    return Object.fromEntries(entries);
  }

  /** The parametrization as it continues; undefined if it cannot. */
  parametrization(parametrization: InstalledParametrization): InstalledParametrization | undefined {
    const { place, role, state } = parametrization;
    if (this.stays(place.replace(/\/gradient$/, '/input'))) return parametrization;
    const chosen = this.after.has(place) ? this.elements[place] : undefined;
    if (role !== 'mask' || !chosen) return undefined;
    return { ...parametrization, state: { kept: Float32Array.from(chosen, (i) => state.kept?.[i] ?? 1) } };
  }

  private stays(place: string): boolean {
    return sameShape(this.before.get(place), this.after.get(place));
  }
}
