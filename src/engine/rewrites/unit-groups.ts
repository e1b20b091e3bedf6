import { type KeyedLayer, type LayerSpec, shapedLayers } from '../../experiment/operators/layers';
import { operatorOf } from '../../experiment/operators/registry';
import type { Model } from './rewrite';

/** The units of a layer, with all that has an entry for each of them: they can only be removed together. */
export interface UnitGroup {
  /** The layer whose units they are. */
  readonly layer: string;
  readonly kind: 'neurons' | 'filters';
  readonly units: number;
  /** The parameter whose columns make the units. */
  readonly kernel: string;
  /** What happens to the units' outputs on their way, first to last: batch norm, activations. */
  readonly between: readonly KeyedLayer[];
  /** The layer that the outputs flow into. */
  readonly next: string;
  /** The parameter whose rows take the outputs: `units` rows for each position. */
  readonly inputs: string;
  /** The second factor of the next layer, which its sums go through; undefined where it has one matrix. */
  readonly factor: string | undefined;
  /** The next layer sees zeros around the image, and so no constant there. */
  readonly padded: boolean;
}

/**
 * The layers that can lose units, first to last: between them and the next layer with weights, every layer treats each channel by
 * itself. The output layer has no next one, so it is never among them.
 */
export function unitGroups({ layers, input }: Pick<Model, 'layers' | 'input'>): readonly UnitGroup[] {
  const shaped = shapedLayers(layers, input).map(({ layer }) => layer);
  return shaped.flatMap((layer, i): UnitGroup[] => {
    const { outputs, image, withUnits } = operatorOf(layer);
    if (!('name' in layer) || !outputs || !withUnits) return [];
    const behind = shaped.slice(i + 1);
    const between = behind.slice(
      0,
      behind.findIndex((other) => !operatorOf(other).perChannel),
    );
    const next = behind[between.length];
    if (!next || !('name' in next)) return [];
    const { inputs, outputs: last } = operatorOf(next);
    if (!inputs) return [];
    const own = { layer: layer.name, kernel: `${layer.name}/${outputs}`, next: next.name, inputs: `${next.name}/${inputs}` };
    const factor = last && last !== inputs ? `${next.name}/${last}` : undefined;
    const padded = next.type === 'conv' && next.padding === 'same' && next.kernel > 1;
    return [{ ...own, kind: image ? 'filters' : 'neurons', units: unitsOf(layer), between, factor, padded }];
  });
}

/** Neurons of a dense layer, filters of a convolution; 0 of others. */
export function unitsOf(layer: LayerSpec): number {
  if ('units' in layer) return layer.units;
  return 'filters' in layer ? (layer.filters ?? 0) : 0;
}
