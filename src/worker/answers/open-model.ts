import { architectureOf } from '../../experiment/methods/models/architecture';
import { type KeyedLayer, shapedLayers } from '../../experiment/operators/layers';
import { decodeTensor, readModelFile } from '../../numerics/container/model-file';
import { batchNorm } from '../../numerics/network/batch-norm';
import { convOne, denseOne, maxPoolOne, softmax } from '../../numerics/network/inference';
import { activations, type Floats, globalPool, sumOf } from '../../numerics/network/layers';
import type { OpenedModel, PixelInput } from '../protocol-answers';

export interface RunnableModel {
  readonly facts: OpenedModel;
  /** Bytes of an image that it takes. */
  readonly pixels: number;
  /** Probability of each class for an image of that many bytes. */
  readonly answer: (pixels: Uint8Array) => Float64Array;
}

/**
 * A network from its model file alone, on the values that the file holds. What the file does not hold is missing: inputs of layers are
 * not rounded.
 * @throws ModelFileError or RangeError, with a sentence, for a file that describes no network
 */
export function openModel(file: Uint8Array, { scale, shift }: PixelInput): RunnableModel {
  const { meta, tensors } = readModelFile(file);
  const { layers, input } = architectureOf(meta);
  const shaped = shapedLayers(layers, input);
  const values = new Map(tensors.map((tensor) => [tensor.name, decodeTensor(tensor)]));
  const codes = tensors.flatMap(({ role, encoding }) => (role === 'weight' && 'codes' in encoding ? encoding.bits : []));
  const part = (layer: KeyedLayer, name: string): Float32Array => {
    const found = 'name' in layer ? values.get(`${layer.name}/${name}`) : undefined;
    if (!found) throw new RangeError(`The file lacks the values of a layer: ${name}.`);
    return found;
  };
  return {
    facts: { bytes: file.length, bits: codes.length > 0 ? { least: Math.min(...codes), most: Math.max(...codes) } : null },
    pixels: input.height * input.width * input.channels,
    answer(pixels) {
      const { channels } = input;
      const x = Float32Array.from(pixels, (byte, i) => byte * (scale[i % channels] ?? 1) + (shift[i % channels] ?? 0));
      const held = new Map<string, Floats>();
      return softmax(shaped.reduce<Floats>((y, { layer, input: shape }) => forward(y, layer, shape, (name) => part(layer, name), held), x));
    },
  };
}

function forward(
  x: Floats,
  layer: KeyedLayer,
  shape: readonly number[],
  part: (name: string) => Float32Array,
  held: Map<string, Floats>,
): Floats {
  const [height = 1, width = 1, channels = 1] = shape;
  switch (layer.type) {
    case 'dense':
      return denseOne(x, part('kernel'), part('bias'));
    case 'lowRank':
      return denseOne(denseOne(x, part('left'), new Float32Array(layer.rank)), part('right'), part('bias'));
    case 'conv':
      return convOne(x, part('kernel'), part('bias'), { height, width, channels, window: layer.kernel, padding: layer.padding });
    case 'batchNorm': {
      const statistics = { mean: Float64Array.from(part('mean')), variance: Float64Array.from(part('variance')) };
      return batchNorm(x, part('gamma'), part('beta'), statistics, layer.epsilon);
    }
    case 'maxPool':
      return maxPoolOne(x, { height, width, channels }, layer.size);
    case 'activation':
      return Float64Array.from(x as ArrayLike<number>, activations[layer.fn].value);
    case 'globalPool':
      return globalPool(x, height * width, channels);
    case 'skip': {
      const window = { height, width, channels, window: 1, padding: 'same' } as const;
      held.set(layer.name, layer.filters === undefined ? x : convOne(x, part('kernel'), part('bias'), window));
      return x;
    }
    case 'add':
      return sumOf(x, held.get(layer.from) ?? new Float64Array());
    case 'dropout':
    case 'flatten':
      return x;
  }
}
