/** Operators without parameters. */
import * as tf from '@tensorflow/tfjs-core';
import type { Activation, ActivationLayer, DropoutLayer, FlattenLayer, MaxPoolLayer } from '../../experiment/operators/plain';
import { hasKernel, KernelName, runKernel } from '../kernels/kernel-dispatch';
import { dropout } from '../nn/dropout';
import { flat } from './dense';
import type { Operator } from './operator';

export const activationOperator: Operator<ActivationLayer> = { forward: (x, { fn }) => activation(x, fn) };

export const maxPoolOperator: Operator<MaxPoolLayer> = {
  forward: (x, { size }) => tf.maxPool(x as tf.Tensor4D, size, size, 'valid'),
};

export const dropoutOperator: Operator<DropoutLayer> = {
  forward: (x, { rate }, { step, key }) => (step.training ? dropout(x, rate, step.seed, step.step, key.layer) : x),
};

export const flattenOperator: Operator<FlattenLayer> = { forward: (x) => flat(x) };

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
