import * as tf from '@tensorflow/tfjs-core';
import type { ImageShape, LayerSpec } from '../../experiment/layers';
import { parametersOf, shapeAfter, size } from '../../experiment/layers';
import type { ActivationView } from '../activations/activation-view';
import { readTensor } from '../device/gpu-program';
import type { StepContext } from '../device/step-context';
import { type GradientQuantizer, quantizeGradient } from '../gradients/gradient-quantizer';
import { type AnyView, disposeView } from '../views/view';
import { batchNormEvaluate, batchNormTrain } from './batch-norm';
import { activation, conv, dense } from './dense';
import { dropout } from './dropout';
import { initialValues } from './initialize';
import { type Learned, learnedArrays, learnedOf } from './learned';
import type { Parameter } from './parameter';

export interface ForwardMode extends StepContext {
  /** Values to use instead of latent and views: what was read back from the model file. */
  readonly replace?: ReadonlyMap<string, tf.Tensor>;
  /** Is given the input of every dense and convolutional layer, as it is before it is quantized. */
  readonly observe?: (layer: string, input: tf.Tensor) => void;
}

/** What is done to the operands of one product layer besides its parameters. */
export interface ProductPlace {
  readonly layer: string;
  /** Keys its random streams. */
  readonly index: number;
  /** Shape of its input for one example. */
  readonly shape: readonly number[];
  input: ActivationView | undefined;
  gradient: GradientQuantizer | undefined;
}

/** Random streams of activations and gradients are numbered from here: those of parameters are below. */
const PRODUCT_STREAMS = 4096;

/** The model's parameters, and its forward pass as tfjs operations. */
export class Network {
  readonly parameters: readonly Parameter[];
  /** The dense and convolutional layers, first to last. */
  readonly products: readonly ProductPlace[];
  /** Batch norms that are merged into the layer before them, and the stage that did it. */
  readonly folds = new Map<string, number>();
  private readonly byName: ReadonlyMap<string, Parameter>;

  constructor(
    readonly layers: readonly LayerSpec[],
    readonly input: ImageShape,
    /** Keys the initial values, and the random streams of views. */
    readonly seed: number,
  ) {
    this.parameters = parametersOf(layers, input).map((spec, index) => ({
      spec,
      index,
      latent: tf.tidy(() => tf.variable(tf.tensor(initialValues(spec, index, seed), [...spec.shape]), spec.trainable)),
      views: [],
    }));
    this.products = productPlaces(layers, input);
    this.byName = new Map(this.parameters.map((parameter) => [parameter.spec.name, parameter]));
  }

  get kernels(): readonly Parameter[] {
    return this.parameters.filter((parameter) => parameter.spec.role === 'kernel');
  }

  /** Number of logits. */
  get classes(): number {
    return this.kernels.at(-1)?.spec.shape.at(-1) ?? 0;
  }

  /** Which views are installed: changes when a captured pass over this network is no longer valid. */
  get viewsKey(): string {
    const weights = this.parameters.map(({ views }) => views.map(({ kind, stage }) => `${kind}${stage}`).join('+')).join(',');
    const inputs = this.products.map(({ input }) => input?.stage ?? '').join(',');
    return [weights, inputs, [...this.folds.keys()].join(',')].join(';');
  }

  /** Everything that the optimizer updates. */
  get learned(): readonly Learned[] {
    return [
      ...this.parameters.filter(({ spec }) => !this.isFolded(spec.layer)).flatMap(learnedOf),
      ...this.products.flatMap(({ layer, input }) => (input ? learnedArrays(`${layer}/input`, input) : [])),
    ];
  }

  /** Every variable that a step reads or writes. */
  get variables(): readonly tf.Variable[] {
    return [...this.parameters.map(({ latent }) => latent), ...this.views.flatMap(({ arrays }) => arrays.map(({ variable }) => variable))];
  }

  /** All views, over parameters and over activations. */
  get views(): readonly AnyView[] {
    return [...this.parameters.flatMap(({ views }) => views), ...this.products.flatMap(({ input }) => input ?? [])];
  }

  isFolded(layer: string): boolean {
    return this.folds.has(layer);
  }

  /** The loss with the penalties of all views. */
  penalized(loss: tf.Scalar, context: StepContext): tf.Scalar {
    let sum: tf.Tensor = loss;
    for (const { latent, views } of this.parameters) {
      for (const view of views) if (view.penalty) sum = tf.add(sum, view.penalty(latent, context));
    }
    for (const { input } of this.products) if (input?.penalty) sum = tf.add(sum, input.penalty(context));
    return sum as tf.Scalar;
  }

  /** What views do when the optimizer has updated the latent values. */
  afterStep(context: StepContext): void {
    tf.tidy(() => {
      for (const { latent, views } of this.parameters) for (const view of views) view.afterStep?.(latent, context);
      for (const { input } of this.products) input?.afterStep?.(context);
    });
  }

  /** @param images [n, height, width, channels] or [n, pixels]  @returns logits [n, classes] */
  forward(images: tf.Tensor, mode: ForwardMode): tf.Tensor2D {
    const count = images.shape[0] ?? 0;
    const { height, width, channels } = this.input;
    let x: tf.Tensor = images;
    const first = this.layers.find((layer) => layer.type !== 'flatten');
    if (first?.type === 'dense') x = tf.reshape(x, [count, height * width * channels]);
    else x = tf.reshape(x, [count, height, width, channels]);
    for (let i = 0; i < this.layers.length; i++) {
      const layer = this.layers[i];
      if (layer) x = this.layer(layer, i, x, mode);
    }
    return x as tf.Tensor2D;
  }

  private layer(layer: LayerSpec, index: number, x: tf.Tensor, mode: ForwardMode): tf.Tensor {
    switch (layer.type) {
      case 'flatten':
        return x.rank === 2 ? x : tf.reshape(x, [x.shape[0] ?? 0, -1]);
      case 'dense': {
        const flat = x.rank === 2 ? x : tf.reshape(x, [x.shape[0] ?? 0, -1]);
        const [kernel, bias] = [this.value<tf.Tensor2D>(layer, 'kernel', mode), this.value<tf.Tensor1D>(layer, 'bias', mode)];
        return this.product(layer.name, flat, mode, (input) => dense(input as tf.Tensor2D, kernel, bias, this.reluInside(index)));
      }
      case 'conv': {
        const [kernel, bias] = [this.value<tf.Tensor4D>(layer, 'kernel', mode), this.value<tf.Tensor1D>(layer, 'bias', mode)];
        const relu = this.reluInside(index);
        return this.product(layer.name, x, mode, (input) => conv(input as tf.Tensor4D, kernel, bias, layer.padding, relu));
      }
      case 'activation':
        return index > 0 && this.reluInside(index - 1) ? x : activation(x, layer.fn);
      case 'maxPool':
        return tf.maxPool(x as tf.Tensor4D, layer.size, layer.size, 'valid');
      case 'dropout':
        return mode.training ? dropout(x, layer.rate, mode.seed, mode.step, index) : x;
      case 'batchNorm': {
        if (this.isFolded(layer.name)) return x;
        const gamma = this.value<tf.Tensor1D>(layer, 'gamma', mode);
        const beta = this.value<tf.Tensor1D>(layer, 'beta', mode);
        const mean = this.value<tf.Tensor1D>(layer, 'mean', mode);
        const variance = this.value<tf.Tensor1D>(layer, 'variance', mode);
        if (!mode.training) return batchNormEvaluate(x, mean, variance, gamma, beta, layer.epsilon);
        return batchNormTrain(x, gamma, beta, this.parameter(layer, 'mean').latent, this.parameter(layer, 'variance').latent, layer);
      }
    }
  }

  /** A product of the quantized input, if there is a quantizer for it, whose gradient may be quantized too. */
  private product(name: string, x: tf.Tensor, mode: ForwardMode, multiply: (input: tf.Tensor) => tf.Tensor): tf.Tensor {
    const place = this.products.find(({ layer }) => layer === name);
    mode.observe?.(name, x);
    const y = multiply(place?.input ? place.input.apply(x, mode) : x);
    return place?.gradient && mode.training ? quantizeGradient(y, place.gradient, mode) : y;
  }

  /** Whether this layer is a product that takes in the ReLU after it. */
  private reluInside(index: number): boolean {
    const type = this.layers[index]?.type;
    const next = this.layers[index + 1];
    return (type === 'dense' || type === 'conv') && next?.type === 'activation' && next.fn === 'relu';
  }

  private parameter(layer: { readonly name: string }, role: string): Parameter {
    const found = this.byName.get(`${layer.name}/${role}`);
    if (!found) throw new Error(`The model has no parameter ${layer.name}/${role}.`);
    return found;
  }

  private value<T extends tf.Tensor>(layer: { readonly name: string }, role: string, mode: ForwardMode): T {
    const parameter = this.parameter(layer, role);
    const replaced = mode.replace?.get(parameter.spec.name);
    if (replaced) return replaced as T;
    return parameter.views.reduce<tf.Tensor>((value, view) => view.apply(value, mode), parameter.latent) as T;
  }

  /** All latent values by parameter name, read back. */
  async read(): Promise<Readonly<Record<string, Float32Array>>> {
    const entries = await Promise.all(this.parameters.map(async (p) => [p.spec.name, await readTensor(p.latent)] as const));
    return Object.fromEntries(entries);
  }

  /** Puts latent values back, for example from a checkpoint. */
  write(values: Readonly<Record<string, Float32Array>>): void {
    for (const { spec, latent } of this.parameters) {
      const stored = values[spec.name];
      if (stored) tf.tidy(() => latent.assign(tf.tensor(stored, [...spec.shape])));
    }
  }

  dispose(): void {
    for (const { latent } of this.parameters) latent.dispose();
    for (const view of this.views) disposeView(view);
  }
}

function productPlaces(layers: readonly LayerSpec[], input: ImageShape): ProductPlace[] {
  const places: ProductPlace[] = [];
  let shape: readonly number[] = [input.height, input.width, input.channels];
  for (const layer of layers) {
    if (layer.type === 'dense' || layer.type === 'conv') {
      const own = layer.type === 'dense' ? [size(shape)] : shape;
      places.push({ layer: layer.name, index: PRODUCT_STREAMS + places.length, shape: own, input: undefined, gradient: undefined });
    }
    shape = shapeAfter(layer, shape);
  }
  return places;
}
