import * as tf from '@tensorflow/tfjs-core';
import type { Activation } from '../../experiment/layers';
import { hasKernel, KernelName, runKernel } from '../kernels/kernel-dispatch';

/** y = x W + b, then ReLU if asked. On WebGPU one kernel forward, and backward a kernel for each gradient. x: [n, in], W: [in, out]. */
export function dense(x: tf.Tensor2D, kernel: tf.Tensor2D, bias: tf.Tensor1D, relu: boolean): tf.Tensor {
  if (hasKernel(KernelName.dense)) return runKernel(KernelName.dense, { x, kernel, bias }, { relu })[0]!;
  const y = tf.add(tf.matMul(x, kernel), bias);
  return relu ? tf.relu(y) : y;
}

/** Cross-correlation of stride 1 plus bias, then ReLU if asked. x: [n, h, w, in], kernel: [kh, kw, in, out]. */
export function conv(x: tf.Tensor4D, kernel: tf.Tensor4D, bias: tf.Tensor1D, pad: 'same' | 'valid', relu: boolean): tf.Tensor {
  if (hasKernel(KernelName.conv)) return runKernel(KernelName.conv, { x, kernel, bias }, { pad, relu })[0]!;
  const y = tf.add(tf.conv2d(x, kernel, 1, pad), bias);
  return relu ? tf.relu(y) : y;
}

/** An activation that follows something other than a product. */
export function activation(x: tf.Tensor, fn: Activation): tf.Tensor {
  if (fn === 'tanh') return tf.tanh(x);
  if (fn === 'sigmoid') return tf.sigmoid(x);
  return hasKernel(KernelName.reluGradient) ? reluByOutput(x) : tf.relu(x);
}

/** ReLU whose gradient is one kernel instead of tfjs's two. */
const reluByOutput = tf.customGrad((x, save) => {
  const value = tf.relu(x as tf.Tensor);
  (save as tf.GradSaveFunc)([value]);
  return { value, gradFunc: (dy: tf.Tensor, [y]: tf.Tensor[]) => runKernel(KernelName.reluGradient, { dy, y: y! }, { sums: false })[0]! };
}) as (x: tf.Tensor) => tf.Tensor;
