import * as tf from '@tensorflow/tfjs-core';
import {
  type ImageShape,
  type KeyedLayer,
  type LayerSpec,
  parametersIn,
  shapeAfter,
  shapedLayers,
} from '../../experiment/operators/layers';
import { type ParameterSpec, size } from '../../experiment/operators/operator';
import { operatorOf } from '../../experiment/operators/registry';
import { readTensor } from '../device/gpu-program';
import type { StepContext } from '../device/step-context';
import { assign } from '../kernels/shared/assign';
import { operatorFor } from '../operators/registry';
import { quantizeGradient } from '../parametrizations/gradient-quantizer';
import { disposeParametrization, type Installed } from '../parametrizations/parametrization';
import { afterStep, penaltyOf, seenThrough } from '../parametrizations/stack';
import { initialValues } from './initialize';
import { type LinearLayer, linearLayersOf } from './linear-layer';
import type { Parameter } from './parameter';
import { type Learned, learnedArrays, learnedOf, sameShape } from './parameter';

type Arrays = Readonly<Record<string, Float32Array>>;

export interface ForwardMode extends StepContext {
  /** Values to use instead of latent and parametrizations: what was read back from the model file. */
  readonly replace?: ReadonlyMap<string, tf.Tensor>;
  /** Is given the input of every linear layer, as it is before it is quantized. */
  readonly observe?: (layer: string, input: tf.Tensor) => void;
}

/** The model's parameters, and its forward pass as tfjs operations. */
export class Network {
  private shaped: readonly KeyedLayer[] = [];
  private held: readonly Parameter[] = [];
  private linear: readonly LinearLayer[] = [];
  private byName: ReadonlyMap<string, Parameter> = new Map();
  private rebuilt = 0;
  private outputs = 0;

  constructor(
    layers: readonly LayerSpec[],
    readonly input: ImageShape,
    /** Keys the initial values, and the random streams of parametrizations. */
    readonly seed: number,
  ) {
    this.rebuild(layers);
  }

  get layers(): readonly KeyedLayer[] {
    return this.shaped;
  }

  get parameters(): readonly Parameter[] {
    return this.held;
  }

  /** The linear layers, first to last. */
  get linearLayers(): readonly LinearLayer[] {
    return this.linear;
  }

  /** The parameters that are pruned, quantized and counted as weights: one for most layers, two for a low-rank one. */
  get weights(): readonly Parameter[] {
    return this.parameters.filter((parameter) => parameter.spec.role === 'weights');
  }

  /** Number of logits. */
  get classes(): number {
    return this.outputs;
  }

  /** Which parametrizations are installed: changes when a captured pass over this network is no longer valid. */
  get parametrizationsKey(): string {
    const weights = this.parameters
      .map(({ parametrizations }) => parametrizations.map(({ kind, stage }) => `${kind}${stage}`).join('+'))
      .join(',');
    const inputs = this.linearLayers.map(({ input }) => input?.stage ?? '').join(',');
    return [weights, inputs].join(';');
  }

  /** How often the layers were changed: what was captured of others is of no use. */
  get version(): number {
    return this.rebuilt;
  }

  /** Everything that the optimizer updates. */
  get learned(): readonly Learned[] {
    return [
      ...this.parameters.flatMap(learnedOf),
      ...this.linearLayers.flatMap(({ layer, input }) => (input ? learnedArrays(`${layer}/input`, input) : [])),
    ];
  }

  /** Every variable that a step reads or writes. */
  get variables(): readonly tf.Variable[] {
    return [
      ...this.parameters.map(({ latent }) => latent),
      ...this.parametrizations.flatMap(({ arrays }) => arrays.map(({ variable }) => variable)),
    ];
  }

  /** All parametrizations, over parameters and over activations. */
  get parametrizations(): readonly Installed[] {
    return [
      ...this.parameters.flatMap(({ parametrizations }) => parametrizations),
      ...this.linearLayers.flatMap(({ input }) => input ?? []),
    ];
  }

  /**
   * Takes other layers. Parameters of the same name and shape stay, with their parametrizations; new ones begin with these values, or with
   * their initial ones; the rest is gone. `rewriteModel` carries more over.
   */
  rebuild(layers: readonly LayerSpec[], values: Arrays = {}): void {
    const shaped = shapedLayers(layers, this.input);
    const before = new Map(this.byName);
    this.held = shaped.flatMap(parametersIn).map((spec) => {
      const known = before.get(spec.name);
      if (!known || !sameShape(known.spec.shape, spec.shape)) return this.fresh(spec, values[spec.name]);
      before.delete(spec.name);
      return known;
    });
    this.byName = new Map(this.held.map((parameter) => [parameter.spec.name, parameter]));
    for (const { latent, parametrizations } of before.values()) {
      latent.dispose();
      for (const parametrization of parametrizations) disposeParametrization(parametrization);
    }
    this.shaped = shaped.map(({ layer }) => layer);
    const last = shaped.at(-1);
    this.outputs = last ? size(shapeAfter(last.layer, last.input)) : 0;
    const linear = linearLayersOf(shaped).map(
      (one) => this.linear.find(({ layer, shape }) => layer === one.layer && sameShape(shape, one.shape)) ?? one,
    );
    for (const gone of this.linear) if (gone.input && !linear.includes(gone)) disposeParametrization(gone.input);
    this.linear = linear;
    this.rebuilt += 1;
    this.write(values);
  }

  private fresh(spec: ParameterSpec, values: Float32Array = initialValues(spec, spec.stream, this.seed)): Parameter {
    return { spec, parametrizations: [], latent: tf.tidy(() => tf.variable(tf.tensor(values.slice(), [...spec.shape]), spec.trainable)) };
  }

  /** The loss with the penalties of all parametrizations. */
  penalized(loss: tf.Scalar, context: StepContext): tf.Scalar {
    let sum: tf.Tensor = loss;
    for (const { latent, parametrizations } of this.parameters) {
      const own = penaltyOf(parametrizations, latent, context);
      if (own) sum = tf.add(sum, own);
    }
    for (const { input } of this.linearLayers) if (input?.penalty) sum = tf.add(sum, input.penalty(context));
    return sum as tf.Scalar;
  }

  /** What parametrizations do when the optimizer has updated the latent values. */
  afterStep(context: StepContext): void {
    tf.tidy(() => {
      for (const { latent, parametrizations } of this.parameters) afterStep(parametrizations, latent, context);
      for (const { input } of this.linearLayers) input?.afterStep?.(context);
    });
  }

  /** @param images [n, height, width, channels] or [n, pixels]  @returns logits [n, classes] */
  forward(images: tf.Tensor, mode: ForwardMode): tf.Tensor2D {
    const count = images.shape[0] ?? 0;
    const { height, width, channels } = this.input;
    const first = this.layers.find((layer) => layer.type !== 'flatten');
    const rows = first !== undefined && operatorOf(first).linear && !operatorOf(first).image;
    const x = tf.reshape(images, rows ? [count, height * width * channels] : [count, height, width, channels]);
    const held = new Map<string, tf.Tensor>();
    return this.layers.reduce<tf.Tensor>((values, layer, i) => this.layer(layer, i, values, mode, held), x) as tf.Tensor2D;
  }

  private layer(layer: KeyedLayer, index: number, x: tf.Tensor, mode: ForwardMode, held: Map<string, tf.Tensor>): tf.Tensor {
    // The linear layer before has computed it.
    if (layer.type === 'activation' && index > 0 && this.reluInside(index - 1)) return x;
    const name = 'name' in layer ? layer.name : '';
    const compute = (input: tf.Tensor) =>
      operatorFor(layer).forward(input, layer, {
        step: mode,
        key: layer.key,
        relu: this.reluInside(index),
        held,
        value: (part) => this.value(this.parameter(`${name}/${part}`), mode),
        latent: (part) => this.parameter(`${name}/${part}`).latent,
      });
    const linear = this.linearLayers.find((one) => one.layer === name);
    if (!linear) return compute(x);
    const flat = operatorOf(layer).image || x.rank === 2 ? x : tf.reshape(x, [x.shape[0] ?? 0, -1]);
    mode.observe?.(name, flat);
    const y = compute(linear.input ? linear.input.apply(flat, mode) : flat);
    return linear.gradient && mode.training ? quantizeGradient(y, linear.gradient, mode) : y;
  }

  /** Whether this layer is linear and takes in the ReLU after it. */
  private reluInside(index: number): boolean {
    const [layer, next] = [this.layers[index], this.layers[index + 1]];
    return layer !== undefined && operatorOf(layer).linear === true && next?.type === 'activation' && next.fn === 'relu';
  }

  /** @throws Error if the model has no such parameter */
  parameter(name: string): Parameter {
    const found = this.byName.get(name);
    if (!found) throw new Error(`The model has no parameter ${name}.`);
    return found;
  }

  private value({ spec, latent, parametrizations }: Parameter, mode: ForwardMode): tf.Tensor {
    return mode.replace?.get(spec.name) ?? seenThrough(parametrizations, latent, mode);
  }

  /** All latent values by parameter name, read back. */
  async read(): Promise<Arrays> {
    const entries = await Promise.all(this.parameters.map(async (p) => [p.spec.name, await readTensor(p.latent)] as const));
    return Object.fromEntries(entries);
  }

  /** Puts latent values back, for example from a checkpoint. */
  write(values: Arrays): void {
    for (const { spec, latent } of this.parameters) {
      const stored = values[spec.name];
      // In place: what was captured continues reading this buffer.
      if (stored) tf.tidy(() => assign(latent, tf.tensor(stored.slice(), [...spec.shape])));
    }
  }

  dispose(): void {
    for (const { latent } of this.parameters) latent.dispose();
    for (const parametrization of this.parametrizations) disposeParametrization(parametrization);
  }
}
