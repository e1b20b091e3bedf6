import * as tf from '@tensorflow/tfjs-core';
import type { Values } from '../../../experiment/settings/setting';
import type { ClusterStart } from '../../../numerics/quantizers/k-means';
import { type SharedWeights, shareWeights } from '../../../numerics/quantizers/shared-weights';
import { Purpose } from '../../../numerics/random/rng';
import { clusterSums } from '../../kernels/cluster-sums';
import { assign } from '../../kernels/shared/assign';
import { type ParametrizationFactory, stateArray } from '../parametrization';

/**
 * Weights of a cluster share one value. Training moves the values of the clusters, by the summed gradients of their weights; which weight
 * is in which cluster does not change. The latent weights follow the shared values. Han, Mao and Dally 2016 (arXiv 1510.00149), section 3.
 */
export const shareParametrization: ParametrizationFactory<Values> = ({ values, stage, shape, seed, index, latent, state }) => {
  const bits = Number(values.bits);
  const fitted = state.levels && state.codes ? undefined : clustered(latent, values, { seed, purpose: Purpose.rounding + 16 * index });
  const levels = stateArray('levels', fitted?.levels ?? new Float32Array(), [fitted?.levels.length ?? state.levels!.length], 1, state);
  const codes = stateArray('codes', Float32Array.from(fitted?.codes ?? []), shape, 0, state);

  return {
    kind: 'quantizer',
    stage,
    rate: 0,
    arrays: [levels, codes],
    apply: (weights) => shared(weights, levels.variable, codes.variable),
    // Stages that come later, and replace the clusters or rank the weights, find what training has made of them.
    afterStep: (weights) => assign(weights, tf.gather(levels.variable, tf.cast(codes.variable, 'int32')) as tf.Tensor),
    materialize(below, { levels: table = new Float32Array(1), codes: clusters = new Float32Array(below.length) }) {
      return { kind: 'codebook', bits, codes: Int32Array.from(clusters), levels: table, codebooks: 1 };
    },
  };
};

function clustered(latent: Float32Array, values: Values, stream: { seed: number; purpose: number }): SharedWeights {
  return shareWeights(latent, 2 ** Number(values.bits), (values.clusterStart ?? 'linear') as ClusterStart, stream);
}

function shared(weights: tf.Tensor, levels: tf.Tensor, codes: tf.Tensor): tf.Tensor {
  const operation = tf.customGrad((x, table, clusters, save) => {
    const [given, centroids, own] = [x, table, clusters] as tf.Tensor[];
    (save as tf.GradSaveFunc)([given!, own!]);
    // A weight that is not a number stays so.
    const value = tf.add(tf.gather(centroids!, tf.cast(own!, 'int32')), tf.sub(given!, given!));
    const size = centroids!.shape[0] as number;
    const gradFunc = (dy: tf.Tensor, [latent, held]: tf.Tensor[]) => [
      tf.zerosLike(latent!),
      clusterSums(dy, held!, size),
      tf.zerosLike(held!),
    ];
    return { value, gradFunc };
  }) as (...tensors: tf.Tensor[]) => tf.Tensor;
  return operation(weights, levels, codes);
}
