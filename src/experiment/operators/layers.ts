/** A model as plain data: the list of its layers, and the parameters that they hold. */

import { type ParameterSpec, size } from './operator';
import { type AnyLayer, operatorOf } from './registry';

/**
 * The position of a layer in the original model, from 0: its position among the layers, that of its first parameter among the parameters,
 * its position among the linear layers. Random streams are keyed by these, so that a layer that is replaced, inserted or removed does not
 * shift those of the others.
 */
export interface LayerKey {
  readonly layer: number;
  readonly parameter: number;
  readonly linear: number;
}

/** A layer; `key` is absent in a model that has not been rewritten, where it follows from the position. */
export type LayerSpec = AnyLayer & { readonly key?: LayerKey };
export type KeyedLayer = AnyLayer & { readonly key: LayerKey };

export interface ImageShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** A layer with what flows into it. */
export interface ShapedLayer {
  readonly layer: KeyedLayer;
  /** Shape of one example before it. */
  readonly input: readonly number[];
}

/** Random streams of factors begin here: those of the original model's parameters are below, and so are those of activations (4096). */
const FACTOR_STREAMS = 8192;
const FACTORS_EACH = 64;

/** The layers with their keys: their own, or those of their position. @throws RangeError if the images are too small */
export function shapedLayers(layers: readonly LayerSpec[], { height, width, channels }: ImageShape): readonly ShapedLayer[] {
  const at = { layer: 0, parameter: 0, linear: 0 };
  let input: readonly number[] = [height, width, channels];
  return layers.map((layer) => {
    const shaped = { layer: { ...layer, key: layer.key ?? { ...at } }, input };
    const { parameters, linear } = operatorOf(layer);
    at.layer += 1;
    at.parameter += parameters?.(layer, input).length ?? 0;
    at.linear += linear ? 1 : 0;
    input = shapeAfter(layer, input);
    return shaped;
  });
}

/** The parameters of a model on images of this shape, in layer order. */
export function parametersOf(layers: readonly LayerSpec[], input: ImageShape): readonly ParameterSpec[] {
  return shapedLayers(layers, input).flatMap(parametersIn);
}

/** The parameters of one layer. */
export function parametersIn({ layer, input }: ShapedLayer): readonly ParameterSpec[] {
  const { parameters, factors } = operatorOf(layer);
  if (!parameters || !('name' in layer)) return [];
  const first = factors ? FACTOR_STREAMS + FACTORS_EACH * layer.key.parameter : layer.key.parameter;
  return parameters(layer, input).map(({ part, ...spec }, i) => ({
    name: `${layer.name}/${part}`,
    layer: layer.name,
    ...spec,
    stream: first + i,
  }));
}

/** What a parameter with weights is called beside those of other layers: "fc1", and "fc1 left" where the layer has several. */
export function weightsLabel({ name, layer }: Pick<ParameterSpec, 'name' | 'layer'>): string {
  const part = name.slice(layer.length + 1);
  return part === 'kernel' ? layer : `${layer} ${part}`;
}

/** Multiply-accumulates of the products of one image: every weight counts, zeros too, as dense kernels compute it. */
export function macCount(layers: readonly LayerSpec[], input: ImageShape): number {
  return shapedLayers(layers, input).reduce((sum, shaped) => sum + (operatorOf(shaped.layer).macs?.(shaped.layer, shaped.input) ?? 0), 0);
}

/** Shape of one example after a layer. @throws RangeError if an image becomes smaller than the layer's window */
export function shapeAfter(layer: LayerSpec, shape: readonly number[]): readonly number[] {
  return operatorOf(layer).shapeAfter?.(layer, shape) ?? shape;
}

/** Numbers that the whole model stores, and those of them that are weights. */
export function modelSize(layers: readonly LayerSpec[], input: ImageShape): { readonly weights: number; readonly numbers: number } {
  const specs = parametersOf(layers, input);
  const sum = (chosen: readonly ParameterSpec[]) => chosen.reduce((total, { shape }) => total + size(shape), 0);
  return { weights: sum(specs.filter(({ role }) => role === 'weights')), numbers: sum(specs) };
}
