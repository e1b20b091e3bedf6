import type { DenseLayer } from '../../experiment/operators/dense';
import { shapedLayers } from '../../experiment/operators/layers';
import { size } from '../../experiment/operators/operator';
import type { Values } from '../../experiment/settings/setting';
import type { DenseShape } from '../operators/operator';
import { structureFor } from '../operators/registry';
import type { Model, Rewritten } from './rewrite';

export interface Factorization {
  /** An id of experiment/methods/structures, with the settings of its table. */
  readonly structure: string;
  readonly settings: Values;
  /** `project`: factors that represent the matrix best; `init`: their initial values. */
  readonly from: 'project' | 'init';
}

/** A dense layer that a structure would take the place of. */
export interface Factorizable {
  readonly layer: DenseLayer;
  readonly shape: DenseShape;
}

/** The dense layers that become smaller in this structure. */
export function factorizable({ layers, input }: Omit<Model, 'values'>, { structure, settings }: Factorization): readonly Factorizable[] {
  return shapedLayers(layers, input).flatMap((shaped) => {
    const { layer } = shaped;
    if (layer.type !== 'dense') return [];
    const shape = { inputs: size(shaped.input), units: layer.units };
    return structureFor(structure).layer(layer.name, shape, settings) ? [{ layer, shape }] : [];
  });
}

/** Replaces dense layers by structured ones of the same name. Biases stay; the layers' random streams are keyed as before. */
export function factorizeDense(model: Model, factorization: Factorization): Rewritten {
  const { structure, settings, from } = factorization;
  const { layer: structured, project } = structureFor(structure);
  const chosen = new Map(factorizable(model, factorization).map((place) => [place.layer.name, place.shape]));
  const values: Record<string, Float32Array> = {};
  const layers = model.layers.map((layer) => {
    const shape = layer.type === 'dense' ? chosen.get(layer.name) : undefined;
    const next = layer.type === 'dense' && shape && structured(layer.name, shape, settings);
    if (!next) return layer;
    const matrix = model.values[`${layer.name}/kernel`];
    const parts = from === 'project' && matrix ? project(matrix, shape, settings) : {};
    for (const [part, array] of Object.entries(parts)) values[`${layer.name}/${part}`] = array;
    return { ...next, key: layer.key };
  });
  return { layers, values };
}
