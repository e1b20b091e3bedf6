/** A model as plain data: the list of its layers, and the parameters that they hold. */

export type Activation = 'relu' | 'tanh' | 'sigmoid';
/** Glorot and He as in Keras; `normal` is N(0, std). */
export type Initializer = 'glorotNormal' | 'glorotUniform' | 'heNormal' | { readonly normal: number };

export type LayerSpec =
  | { readonly type: 'dense'; readonly name: string; readonly units: number; readonly init: Initializer }
  | {
      readonly type: 'conv';
      readonly name: string;
      readonly filters: number;
      readonly kernel: number;
      readonly padding: 'same' | 'valid';
      readonly init: Initializer;
    }
  | { readonly type: 'batchNorm'; readonly name: string; readonly momentum: number; readonly epsilon: number }
  | { readonly type: 'activation'; readonly fn: Activation }
  | { readonly type: 'maxPool'; readonly size: number }
  | { readonly type: 'dropout'; readonly rate: number }
  | { readonly type: 'flatten' };

export interface ImageShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

export type ParameterRole = 'kernel' | 'bias' | 'gamma' | 'beta' | 'mean' | 'variance';

/** One array that the model stores. Dense kernels are (in, out); conv kernels (kh, kw, cin, cout). */
export interface ParameterSpec {
  /** Unique: layer name, slash, role; for example `fc1/kernel`. */
  readonly name: string;
  readonly layer: string;
  readonly role: ParameterRole;
  readonly shape: readonly number[];
  readonly trainable: boolean;
  readonly fanIn: number;
  readonly fanOut: number;
  /** Kernels only; biases and beta and mean start at 0, gamma and variance at 1. */
  readonly init?: Initializer;
}

/** The parameters of a model on images of this shape, in layer order. */
export function parametersOf(layers: readonly LayerSpec[], input: ImageShape): readonly ParameterSpec[] {
  const found: ParameterSpec[] = [];
  let shape: readonly number[] = [input.height, input.width, input.channels];
  for (const layer of layers) {
    const last = shape.at(-1) ?? 0;
    if (layer.type === 'dense') {
      const fanIn = size(shape);
      found.push(...weighted(layer.name, [fanIn, layer.units], fanIn, layer.units, layer.init));
    } else if (layer.type === 'conv') {
      const area = layer.kernel * layer.kernel;
      const kernel = [layer.kernel, layer.kernel, last, layer.filters];
      found.push(...weighted(layer.name, kernel, area * last, area * layer.filters, layer.init));
    } else if (layer.type === 'batchNorm') {
      for (const role of ['gamma', 'beta', 'mean', 'variance'] as const) {
        const trainable = role === 'gamma' || role === 'beta';
        found.push({ name: `${layer.name}/${role}`, layer: layer.name, role, shape: [last], trainable, fanIn: last, fanOut: last });
      }
    }
    shape = shapeAfter(layer, shape);
  }
  return found;
}

/** Multiply-accumulates of the products of one image: every weight counts, zeros too, as dense kernels compute it. */
export function macCount(layers: readonly LayerSpec[], input: ImageShape): number {
  let macs = 0;
  let shape: readonly number[] = [input.height, input.width, input.channels];
  for (const layer of layers) {
    const before = shape;
    shape = shapeAfter(layer, shape);
    if (layer.type === 'dense') macs += size(before) * layer.units;
    else if (layer.type === 'conv') macs += size(shape) * layer.kernel * layer.kernel * (before.at(-1) ?? 0);
  }
  return macs;
}

/** Shape of one example after a layer. Throws RangeError if an image becomes smaller than the layer's window. */
export function shapeAfter(layer: LayerSpec, shape: readonly number[]): readonly number[] {
  const [height = 1, width = 1, channels = 1] = shape;
  switch (layer.type) {
    case 'dense':
      return [layer.units];
    case 'flatten':
      return [size(shape)];
    case 'conv': {
      const cut = layer.padding === 'valid' ? layer.kernel - 1 : 0;
      return checked([height - cut, width - cut, layer.filters], layer.name);
    }
    case 'maxPool':
      return checked([Math.floor(height / layer.size), Math.floor(width / layer.size), channels], 'max pool');
    default:
      return shape;
  }
}

function checked(shape: readonly number[], where: string): readonly number[] {
  if (shape.some((n) => n < 1)) throw new RangeError(`The image is too small for ${where}: it would become ${shape[0]} × ${shape[1]}.`);
  return shape;
}

function weighted(layer: string, shape: readonly number[], fanIn: number, fanOut: number, init: Initializer): ParameterSpec[] {
  return [
    { name: `${layer}/kernel`, layer, role: 'kernel', shape, trainable: true, fanIn, fanOut, init },
    { name: `${layer}/bias`, layer, role: 'bias', shape: [shape.at(-1) ?? 0], trainable: true, fanIn, fanOut },
  ];
}

/** Number of elements of an array of this shape. */
export function size(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}
