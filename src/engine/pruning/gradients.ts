import * as tf from '@tensorflow/tfjs-core';
import { snipScores } from '../../numerics/pruning/snip';
import { taylorScores } from '../../numerics/pruning/taylor';
import { notTraining } from '../device/step-context';
import { softmaxCrossEntropy } from '../kernels/loss';
import type { Network } from '../network/network';
import { masked } from '../parametrizations/mask';
import { valuesAt } from '../state/memory';
import type { PruningCandidates, Ranking } from './criterion';
import { meanOverImages } from './sampled-batches';

/** |w g| at the weights as they are now. */
export const taylor: Ranking = async (candidates) => {
  const { weights, values } = candidates;
  const gradients = await weightGradients(candidates, new Map(weights.map(({ spec }, i) => [spec.name, values[i] as Float32Array])));
  return values.map((own, i) => taylorScores(own, gradients[i] as Float32Array));
};

/** |w g| at the weights with which training began, normalised. */
export const snip: Ranking = async (candidates) => {
  const { weights, kept, context } = candidates;
  const { network, memory } = context;
  const initial = new Map(Object.entries(valuesAt(memory, network, 0) ?? {}));
  const values = weights.map(({ spec }, i) => {
    const own = initial.get(spec.name) ?? new Float32Array();
    const mask = kept[i];
    return mask ? masked(own, mask) : own;
  });
  for (const [i, { spec }] of weights.entries()) initial.set(spec.name, values[i] as Float32Array);
  return snipScores(values, await weightGradients(candidates, initial));
};

/** The gradient of the mean loss over training images at these values, for each array of weights. */
async function weightGradients(
  { weights, settings, context }: PruningCandidates,
  at: ReadonlyMap<string, Float32Array>,
): Promise<Float32Array[]> {
  const { network, feeder } = context;
  const names = weights.map(({ spec }) => spec.name);
  return meanOverImages(feeder, Number(settings.samples), ({ images, labels }) => {
    const tensors = tensorsOf(network, at);
    const loss = (...own: tf.Tensor[]) => {
      const replace = new Map([...tensors, ...names.map((name, i) => [name, own[i] as tf.Tensor] as const)]);
      return softmaxCrossEntropy(network.forward(images, { ...notTraining, replace }), labels).loss;
    };
    return tf.grads(loss)(names.map((name) => tensors.get(name) as tf.Tensor));
  });
}

function tensorsOf({ parameters }: Network, at: ReadonlyMap<string, Float32Array>): Map<string, tf.Tensor> {
  return new Map(
    parameters.flatMap(({ spec }) => {
      const values = at.get(spec.name);
      return values ? [[spec.name, tf.tensor(values, [...spec.shape])] as const] : [];
    }),
  );
}
