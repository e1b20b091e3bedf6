import * as tf from '@tensorflow/tfjs-core';
import type { KeyedLayer } from '../../experiment/operators/layers';
import { obdScores } from '../../numerics/pruning/obd';
import type { Network } from '../network/network';
import { flat } from '../operators/dense';
import { NotCoveredError, type Ranking } from './criterion';
import { meanOverImages } from './sampled-batches';

/** h w² / 2 with the Gauss-Newton diagonal of the network as it is now, without quantizers of activations. */
export const obd: Ranking = async ({ weights, values, settings, context: { network, feeder } }) => {
  const latent = await network.read();
  const curvature = await meanOverImages(feeder, Number(settings.samples), ({ images }) => {
    const all = new Map(network.parameters.map(({ spec }) => [spec.name, tf.tensor(latent[spec.name] as Float32Array, [...spec.shape])]));
    const own = weights.map(({ spec }, i) => tf.tensor(values[i] as Float32Array, [...spec.shape]));
    const through = (...tensors: tf.Tensor[]) => {
      const at = new Map([...all, ...weights.map(({ spec }, i) => [spec.name, tensors[i] as tf.Tensor] as const)]);
      return outputCurvature(forward(network, images, (name) => at.get(name) as tf.Tensor));
    };
    return tf.grads(through)(own);
  });
  return values.map((own, i) => obdScores(own, curvature[i] as Float32Array));
};

type Read = (name: string) => tf.Tensor;

/** The network's outputs. What flows back through it is curvature, not gradient: every factor of the chain rule is squared. */
function forward({ layers, input: { height, width, channels } }: Network, images: tf.Tensor, read: Read): tf.Tensor {
  const x = tf.reshape(images, [images.shape[0] ?? 0, height, width, channels]);
  return layers.reduce<tf.Tensor>((values, layer) => step(values, layer, read), x);
}

/** @throws NotCoveredError for a layer that is not covered */
function step(x: tf.Tensor, layer: KeyedLayer, read: Read): tf.Tensor {
  if (layer.type === 'dense') return linear(matrix, flat(x), read(`${layer.name}/kernel`), read(`${layer.name}/bias`));
  if (layer.type === 'lowRank') {
    const left = read(`${layer.name}/left`);
    const inner = linear(matrix, flat(x), left, tf.zeros([left.shape[1] ?? 0]));
    return linear(matrix, inner, read(`${layer.name}/right`), read(`${layer.name}/bias`));
  }
  if (layer.type === 'conv') {
    return linear(convolution(layer.padding), x, read(`${layer.name}/kernel`), read(`${layer.name}/bias`));
  }
  if (layer.type === 'batchNorm') {
    const part = (name: string) => read(`${layer.name}/${name}`);
    const scale = tf.mul(part('gamma'), tf.rsqrt(tf.add(part('variance'), layer.epsilon)));
    return squared(x, tf.add(tf.mul(tf.sub(x, part('mean')), scale), part('beta')), tf.mul(scale, tf.onesLike(x)));
  }
  if (layer.type === 'activation') return activation(x, layer.fn);
  // Each input goes to one output, unchanged or not at all: curvature passes as a gradient does.
  if (layer.type === 'maxPool') return tf.maxPool(x as tf.Tensor4D, layer.size, layer.size, 'valid');
  if (layer.type === 'flatten') return flat(x);
  if (layer.type === 'dropout') return x;
  throw new NotCoveredError(
    `OBD does not cover layers of the type ${layer.type}: it covers dense, low-rank, convolution, batch norm, activation, max-pool, flatten and dropout.`,
  );
}

interface Product {
  /** The product of x and w. */
  readonly of: (x: tf.Tensor, w: tf.Tensor) => tf.Tensor;
  /** Its gradients with respect to x and w, given that of the product. */
  readonly back: (dy: tf.Tensor, x: tf.Tensor, w: tf.Tensor) => [tf.Tensor, tf.Tensor];
}

const matrix: Product = {
  of: tf.matMul,
  back: (dy, x, w) => [tf.matMul(dy, w, false, true), tf.matMul(x, dy, true, false)],
};

const convolution = (pad: 'same' | 'valid'): Product => ({
  of: (x, w) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, pad),
  back: (dy, x, w) => [
    tf.conv2dTranspose(dy as tf.Tensor4D, w as tf.Tensor4D, (x as tf.Tensor4D).shape, 1, pad),
    tf.engine().runKernel(tf.Conv2DBackpropFilter, { x, dy }, { strides: 1, pad, dataFormat: 'NHWC', filterShape: w.shape }) as tf.Tensor,
  ],
});

/** x W + b. Backward: Σ w² h to the input, Σ h x² to the weights: the gradients of the same product of squares. */
function linear({ of, back }: Product, x: tf.Tensor, w: tf.Tensor, b: tf.Tensor): tf.Tensor {
  const own = tf.customGrad((input, weights, save) => {
    const [a, k] = [input as tf.Tensor, weights as tf.Tensor];
    (save as tf.GradSaveFunc)([a, k]);
    return {
      value: tf.add(of(a, k), b),
      gradFunc: (h: tf.Tensor, saved: tf.Tensor[]) => {
        const [x2, w2] = saved.map((value) => tf.square(value)) as [tf.Tensor, tf.Tensor];
        return back(h, x2, w2);
      },
    };
  });
  return own(x, w);
}

function activation(x: tf.Tensor, fn: string): tf.Tensor {
  if (fn === 'relu') return tf.relu(x);
  const y = fn === 'tanh' ? tf.tanh(x) : tf.sigmoid(x);
  return squared(x, y, fn === 'tanh' ? tf.sub(1, tf.square(y)) : tf.mul(y, tf.sub(1, y)));
}

/** y, an elementwise function of x with this slope, through which curvature flows times the slope squared. */
function squared(x: tf.Tensor, y: tf.Tensor, slope: tf.Tensor): tf.Tensor {
  return tf.customGrad((_x, save) => {
    (save as tf.GradSaveFunc)([slope]);
    return { value: tf.clone(y), gradFunc: (h: tf.Tensor, [own]: tf.Tensor[]) => tf.mul(h, tf.square(own as tf.Tensor)) };
  })(x);
}

/** A scalar whose gradient with respect to the logits is the mean over the images of p (1 − p). */
function outputCurvature(logits: tf.Tensor): tf.Scalar {
  return tf.customGrad((x, save) => {
    const p = tf.softmax(x as tf.Tensor2D);
    (save as tf.GradSaveFunc)([tf.div(tf.mul(p, tf.sub(1, p)), (x as tf.Tensor).shape[0] ?? 1)]);
    return { value: tf.sum(x as tf.Tensor), gradFunc: (dy: tf.Tensor, [h]: tf.Tensor[]) => tf.mul(dy, h as tf.Tensor) };
  })(logits) as tf.Scalar;
}
