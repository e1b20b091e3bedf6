import * as tf from '@tensorflow/tfjs-core';
import type { ImageShape, LayerSpec, ParameterSpec } from '../../experiment/layers';
import { parametersOf } from '../../experiment/layers';
import { readTensor } from '../device/gpu-program';
import type { View } from '../views/view';
import { batchNormEvaluate, batchNormTrain } from './batch-norm';
import { activation, conv, dense } from './dense';
import { dropout } from './dropout';
import { initialValues } from './initialize';

export interface Parameter {
  readonly spec: ParameterSpec;
  /** Position in the model: keys its random streams. */
  readonly index: number;
  readonly latent: tf.Variable;
  readonly views: View[];
}

export interface ForwardMode {
  /** Batch statistics and dropout; else moving statistics and none. */
  readonly training: boolean;
  /** Keys dropout masks, with `step`. */
  readonly seed: number;
  readonly step: number;
  /** Values to use instead of latent and views: what was read back from the model file. */
  readonly replace?: ReadonlyMap<string, tf.Tensor>;
}

/** The model's parameters, and its forward pass as tfjs operations. */
export class Network {
  readonly parameters: readonly Parameter[];
  private readonly byName: ReadonlyMap<string, Parameter>;

  constructor(
    readonly layers: readonly LayerSpec[],
    readonly input: ImageShape,
    seed: number,
  ) {
    this.parameters = parametersOf(layers, input).map((spec, index) => ({
      spec,
      index,
      latent: tf.tidy(() => tf.variable(tf.tensor(initialValues(spec, index, seed), [...spec.shape]), spec.trainable)),
      views: [],
    }));
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
    return this.parameters.map(({ views }) => views.map(({ kind, stage }) => `${kind}${stage}`).join('+')).join(',');
  }

  get trainable(): readonly Parameter[] {
    return this.parameters.filter((parameter) => parameter.spec.trainable);
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
        return dense(flat as tf.Tensor2D, this.value(layer, 'kernel', mode), this.value(layer, 'bias', mode), this.reluInside(index));
      }
      case 'conv':
        return conv(
          x as tf.Tensor4D,
          this.value(layer, 'kernel', mode),
          this.value(layer, 'bias', mode),
          layer.padding,
          this.reluInside(index),
        );
      case 'activation':
        return index > 0 && this.reluInside(index - 1) ? x : activation(x, layer.fn);
      case 'maxPool':
        return tf.maxPool(x as tf.Tensor4D, layer.size, layer.size, 'valid');
      case 'dropout':
        return mode.training ? dropout(x, layer.rate, mode.seed, mode.step, index) : x;
      case 'batchNorm': {
        const gamma = this.value<tf.Tensor1D>(layer, 'gamma', mode);
        const beta = this.value<tf.Tensor1D>(layer, 'beta', mode);
        const mean = this.value<tf.Tensor1D>(layer, 'mean', mode);
        const variance = this.value<tf.Tensor1D>(layer, 'variance', mode);
        if (!mode.training) return batchNormEvaluate(x, mean, variance, gamma, beta, layer.epsilon);
        return batchNormTrain(x, gamma, beta, this.parameter(layer, 'mean').latent, this.parameter(layer, 'variance').latent, layer);
      }
    }
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
    return parameter.views.reduce<tf.Tensor>((value, view) => view.apply(value), parameter.latent) as T;
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
    for (const { latent, views } of this.parameters) {
      latent.dispose();
      for (const view of views) view.dispose();
    }
  }
}
