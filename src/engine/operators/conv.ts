import * as tf from '@tensorflow/tfjs-core';
import type { ConvLayer } from '../../experiment/operators/conv';
import { hasKernel, KernelName, runKernel } from '../kernels/shared/dispatch';
import type { Operator } from './operator';

export const convOperator: Operator<ConvLayer> = {
  forward: (x, { padding }, { value, relu }) =>
    conv(x as tf.Tensor4D, value('kernel') as tf.Tensor4D, value('bias') as tf.Tensor1D, padding, relu),
};

/** Cross-correlation of stride 1 plus bias, then ReLU if asked. x: [n, h, w, in], kernel: [kh, kw, in, out]. */
export function conv(x: tf.Tensor4D, weights: tf.Tensor4D, bias: tf.Tensor1D, pad: 'same' | 'valid', relu: boolean): tf.Tensor {
  if (hasKernel(KernelName.conv)) return runKernel(KernelName.conv, { x, weights, bias }, { pad, relu })[0]!;
  const y = tf.add(tf.conv2d(x, weights, 1, pad), bias);
  return relu ? tf.relu(y) : y;
}
