import * as tf from '@tensorflow/tfjs-core';
import { curvatureOf, obsAdjusted, obsScores } from '../../numerics/pruning/obs';
import { notTraining } from '../device/step-context';
import type { Network } from '../network/network';
import type { Parameter } from '../network/parameter';
import { flat } from '../operators/dense';
import { NotCoveredError, type PruningCriterion } from './criterion';
import { meanOverImages } from './sampled-batches';

/** The inverse of H takes about so many times as many operations as their cube, and as many numbers as their square. */
const MOST_INPUTS = 1024;

/** w² / (2 [H⁻¹]_qq), with H the mean of x xᵀ over what flows into the layer; the weights that stay make up for those that go. */
export const obs: PruningCriterion = async ({ weights, values, settings, context: { network, feeder } }) => {
  const inputs = weights.map((weight) => inputsOf(network, weight));
  const products = await meanOverImages(feeder, Number(settings.samples), ({ images }) => {
    const seen = new Map<string, tf.Tensor>();
    network.forward(images, { ...notTraining, observe: (layer, input) => seen.set(layer, input) });
    return weights.map(({ spec }, i) => {
      const own = rows(network, spec.layer, seen.get(spec.layer) as tf.Tensor, inputs[i] as number);
      const left = weights.findIndex((other) => other.spec.name === `${spec.layer}/left`);
      // The right factor of a low-rank layer takes in what the left one gives.
      const behindLeft = spec.name === `${spec.layer}/right` && left >= 0;
      const x = behindLeft ? tf.matMul(own, tf.tensor2d(values[left]!, weights[left]!.spec.shape as [number, number])) : own;
      return tf.div(tf.matMul(x, x, true, false), images.shape[0] ?? 1);
    });
  });
  const curvatures = products.map((own, i) => curvatureOf(own, inputs[i] as number));
  return {
    scores: values.map((own, i) => obsScores(own, curvatures[i]!)),
    adjusted: (masks) => values.map((own, i) => obsAdjusted(own, masks[i]!, curvatures[i]!)),
  };
};

/** @throws NotCoveredError for a layer that is not covered */
function inputsOf(network: Network, { spec }: Parameter): number {
  const type = network.layers.find((layer) => 'name' in layer && layer.name === spec.layer)?.type;
  if (type !== 'dense' && type !== 'conv' && type !== 'lowRank')
    throw new NotCoveredError(`OBS does not cover layers of the type ${type}: it covers dense, low-rank and convolution layers.`);
  const inputs = spec.shape.slice(0, -1).reduce((product, n) => product * n, 1);
  if (inputs > MOST_INPUTS)
    throw new NotCoveredError(
      `OBS is for small layers: each unit of ${spec.layer} has ${inputs.toLocaleString('en')} inputs, more than ${MOST_INPUTS.toLocaleString('en')}.`,
    );
  return inputs;
}

/** What each product of a layer's units takes in, [n, inputs]: images row by row, or every patch that a filter is laid on. */
function rows(network: Network, name: string, x: tf.Tensor, inputs: number): tf.Tensor2D {
  const layer = network.layers.find((one) => 'name' in one && one.name === name);
  if (layer?.type !== 'conv') return flat(x);
  const one = tf.reshape(tf.eye(inputs), [layer.kernel, layer.kernel, -1, inputs]) as tf.Tensor4D;
  return tf.reshape(tf.conv2d(x as tf.Tensor4D, one, 1, layer.padding), [-1, inputs]);
}
