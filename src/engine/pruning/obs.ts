import * as tf from '@tensorflow/tfjs-core';
import { plainNumber } from '../../experiment/settings/wording';
import { curvatureOf, obsAdjusted, obsScores } from '../../numerics/pruning/obs';
import { notTraining } from '../device/step-context';
import { flat } from '../operators/dense';
import { NotCoveredError, type PruningCandidates, type PruningCriterion } from './criterion';
import { meanOverImages } from './sampled-batches';

/** H has the square of so many numbers; its inverse takes about the cube of so many operations. */
const MOST_INPUTS = 1024;

/** w² / (2 [H⁻¹]_qq), with H the mean of x xᵀ over what flows into the layer; the weights that stay make up for those that go. */
export const obs: PruningCriterion = async (candidates) => {
  const { weights, values, settings, context } = candidates;
  const inputs = inputsOf(candidates);
  const products = await meanOverImages(context.feeder, Number(settings.samples), ({ images }) => {
    const seen = new Map<string, tf.Tensor>();
    context.network.forward(images, { ...notTraining, observe: (layer, input) => seen.set(layer, input) });
    return inputs.map((rows, i) => {
      const x = rows(seen.get(weights[i]!.spec.layer)!);
      return tf.div(tf.matMul(x, x, true, false), images.shape[0] ?? 1);
    });
  });
  const curvatures = products.map((own, i) => curvatureOf(own, weights[i]!.spec.fanIn));
  return {
    scores: values.map((own, i) => obsScores(own, curvatures[i]!)),
    adjusted: (masks) => values.map((own, i) => obsAdjusted(own, masks[i]!, curvatures[i]!)),
  };
};

/** What each unit of an array of weights takes in, [n, inputs], given what flows into its layer. */
type Rows = (x: tf.Tensor) => tf.Tensor2D;

/** @throws NotCoveredError for a layer that is not covered */
function inputsOf({ weights, values, context: { network } }: PruningCandidates): readonly Rows[] {
  const named = new Map(network.layers.flatMap((layer) => ('name' in layer ? [[layer.name, layer] as const] : [])));
  const factor = (name: string) => values[weights.findIndex(({ spec }) => spec.name === name)]!;
  return weights.map(({ spec: { name, layer: within, fanIn } }) => {
    if (fanIn > MOST_INPUTS) {
      const [own, most] = [plainNumber(fanIn), plainNumber(MOST_INPUTS)];
      throw new NotCoveredError(`OBS is for small layers: each unit of ${within} has ${own} inputs, more than ${most}.`);
    }
    const layer = named.get(within);
    if (layer?.type === 'dense') return flat;
    // Every patch that a filter is laid on.
    if (layer?.type === 'conv') {
      const { kernel, padding } = layer;
      const one = () => tf.reshape(tf.eye(fanIn), [kernel, kernel, -1, fanIn]) as tf.Tensor4D;
      return (x) => tf.reshape(tf.conv2d(x as tf.Tensor4D, one(), 1, padding), [-1, fanIn]);
    }
    if (layer?.type === 'lowRank') {
      const left = `${within}/left`;
      return name === left ? flat : (x) => tf.matMul(flat(x), tf.tensor2d(factor(left), [flat(x).shape[1], fanIn]));
    }
    throw new NotCoveredError(`OBS does not cover layers of the type ${layer?.type}: it covers dense, low-rank and convolution layers.`);
  });
}
