import * as tf from '@tensorflow/tfjs-core';
import { type ArrayKernel, setArrayKernel } from './shared/arrays';
import { hasKernel, KernelName, runKernel } from './shared/dispatch';

/**
 * The sum of the values of each cluster: the gradient of a shared weight (Han, Mao and Dally 2016, equation 3). The twin is
 * `centroidGradients` of numerics/quantizers/k-means.
 * @param codes the cluster of each value, whole numbers as float32  @param size number of clusters  @returns [size]
 */
export function clusterSums(values: tf.Tensor, codes: tf.Tensor, size: number): tf.Tensor {
  if (hasKernel(KernelName.clusterSums)) return runKernel(KernelName.clusterSums, { values, codes }, { size })[0] as tf.Tensor;
  const sums = Array.from({ length: size }, (_, k) => tf.sum(tf.mul(values, tf.cast(tf.equal(codes, k), 'float32'))));
  return tf.stack(sums);
}

const clusterSumsArrays: ArrayKernel = ({ values, codes }, arrays, attrs) => {
  const size = Number(attrs.size);
  const out = arrays.output([size], 'float32');
  const [numbers, clusters, result] = [arrays.float32(values), arrays.float32(codes), arrays.float32(out)];
  const sums = new Float64Array(size);
  for (let i = 0; i < numbers.length; i++) sums[clusters[i]!]! += numbers[i]!;
  result.set(sums);
  return out;
};

setArrayKernel(KernelName.clusterSums, clusterSumsArrays);
