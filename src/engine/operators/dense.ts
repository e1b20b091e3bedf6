import * as tf from '@tensorflow/tfjs-core';
import type { DenseLayer } from '../../experiment/operators/dense';
import { hasKernel, KernelName, runKernel } from '../kernels/shared/dispatch';
import type { Operator } from './operator';

export const denseOperator: Operator<DenseLayer> = {
  forward: (x, _layer, { value, relu }) => dense(flat(x), value('kernel') as tf.Tensor2D, value('bias') as tf.Tensor1D, relu),
};

/** y = x W + b, then ReLU if asked. On WebGPU one kernel forward, and backward a kernel for each gradient. x: [n, in], W: [in, out]. */
export function dense(x: tf.Tensor2D, weights: tf.Tensor2D, bias: tf.Tensor1D, relu: boolean): tf.Tensor {
  if (hasKernel(KernelName.dense)) return runKernel(KernelName.dense, { x, weights, bias }, { relu })[0]!;
  const y = tf.add(tf.matMul(x, weights), bias);
  return relu ? tf.relu(y) : y;
}

/** [n, everything else]. */
export function flat(x: tf.Tensor): tf.Tensor2D {
  return (x.rank === 2 ? x : tf.reshape(x, [x.shape[0] ?? 0, -1])) as tf.Tensor2D;
}
