import * as tf from '@tensorflow/tfjs-core';
import { blockCounts, type ScaleGrid } from '../../../numerics/scales/scale-grid';
import { type Blocks, scaleShapeOf } from '../../kernels/shared/blocks';

/** 1 where the condition holds, else −1. */
export function plusMinus(condition: tf.Tensor): tf.Tensor {
  return tf.sub(tf.mul(tf.cast(condition, 'float32'), 2), 1);
}

/** 1 where x ≥ 0, else −1. */
export function signs(x: tf.Tensor): tf.Tensor {
  return plusMinus(tf.greaterEqual(x, 0));
}

/** Sums over each block, of its `scaleShape`. Axis by axis: a long sum in float32 loses digits. */
export function blockSums({ axes }: Blocks, values: tf.Tensor): tf.Tensor {
  return axes.reduce<tf.Tensor>((sum, axis) => tf.sum(sum, axis, true), values);
}

/** How many values each block of a tensor of this shape has, to divide its sums by. */
export function blockCountsOf(shape: readonly number[], grid: ScaleGrid): tf.Tensor {
  const count = shape.reduce((a, b) => a * b, 1);
  return tf.tensor(blockCounts(count, grid), [...scaleShapeOf(shape, grid)]);
}
