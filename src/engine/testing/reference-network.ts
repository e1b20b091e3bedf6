/** The network as numerics' definitions put together, in double precision: what the engine is held against. */
import { type ImageShape, type LayerSpec, shapeAfter } from '../../experiment/operators/layers';
import { batchNorm, batchStatistics } from '../../numerics/network/batch-norm';
import { activations, conv, dense, type Floats, globalPool, maxPool, sumOf } from '../../numerics/network/layers';
import { softmaxCrossEntropy } from '../../numerics/training/loss';

export interface ReferenceBatch {
  readonly images: Floats;
  readonly labels: ArrayLike<number>;
  /** Dropout factors (0 or 1 / (1 − rate)) of a layer's outputs, by position of the dropout layer. */
  readonly masks?: Readonly<Record<number, Floats>>;
}

/** Inputs of each batch normalization, by layer name, are given to `seen`. */
export function referenceLoss(
  layers: readonly LayerSpec[],
  input: ImageShape,
  parameters: Readonly<Record<string, Floats>>,
  { images, labels, masks = {} }: ReferenceBatch,
  seen: (layer: string, x: Floats) => void = () => {},
): { readonly loss: number; readonly correct: number } {
  const batch = labels.length;
  const held = new Map<string, Floats>();
  let x: Floats = Float64Array.from(images);
  let shape: readonly number[] = [input.height, input.width, input.channels];
  for (const [i, layer] of layers.entries()) {
    const [height = 1, width = 1, channels = 1] = shape;
    switch (layer.type) {
      case 'dense':
        x = dense(x, of(parameters, layer.name, 'kernel'), of(parameters, layer.name, 'bias'));
        break;
      case 'conv': {
        const { filters, kernel, padding } = layer;
        const geometry = { batch, height, width, channels, filters, window: kernel, padding };
        x = conv(x, of(parameters, layer.name, 'kernel'), of(parameters, layer.name, 'bias'), geometry);
        break;
      }
      case 'batchNorm': {
        seen(layer.name, x);
        const gamma = of(parameters, layer.name, 'gamma');
        x = batchNorm(x, gamma, of(parameters, layer.name, 'beta'), batchStatistics(x, gamma.length), layer.epsilon);
        break;
      }
      case 'activation':
        x = x.map(activations[layer.fn].value);
        break;
      case 'maxPool':
        x = maxPool(x, { batch, height, width, channels, size: layer.size }).y;
        break;
      case 'globalPool':
        x = globalPool(x, height * width, channels);
        break;
      case 'skip': {
        const geometry = { batch, height, width, channels, filters: layer.filters ?? 0, window: 1, padding: 'same' } as const;
        const projected = () => conv(x, of(parameters, layer.name, 'kernel'), of(parameters, layer.name, 'bias'), geometry);
        held.set(layer.name, layer.filters === undefined ? x : projected());
        break;
      }
      case 'add':
        x = sumOf(x, held.get(layer.from) ?? new Float64Array());
        break;
      case 'dropout':
        x = x.map((value, k) => value * (masks[i]?.[k] ?? Number.NaN));
        break;
      case 'flatten':
    }
    shape = shapeAfter(layer, shape);
  }
  return softmaxCrossEntropy(x as Float64Array, labels, shape[0] ?? 0);
}

function of(parameters: Readonly<Record<string, Floats>>, layer: string, role: string): Floats {
  const found = parameters[`${layer}/${role}`];
  if (!found) throw new Error(`There is no ${layer}/${role}.`);
  return found;
}
