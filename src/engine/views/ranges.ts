import * as tf from '@tensorflow/tfjs-core';
import { gpuBackend } from '../device/gpu-program';

/** The smallest and the largest value along the axes, which are kept, widened to hold 0. */
export function extremes(x: tf.Tensor, axes: readonly number[]): { readonly low: tf.Tensor; readonly high: tf.Tensor } {
  return {
    low: tf.minimum(tf.min(x, [...axes], true), 0),
    high: tf.maximum(tf.max(x, [...axes], true), 0),
  };
}

/** What tfjs holds in JavaScript it may compute there, and end in another bit than a replayed step. */
export function onDevice(variable: tf.Variable): tf.Variable {
  gpuBackend()?.uploadToGPU(variable.dataId);
  return variable;
}
