import * as tf from '@tensorflow/tfjs-core';
import type { ScaleGrid } from '../../../numerics/scales/scale-grid';

/**
 * A tensor laid out so that the values that share a scale are the same place of a smaller tensor: `blocks` has the values,
 * and a tensor of shape `scaleShape` is broadcast over it. Only tfjs operations with gradients, in any captured step.
 */
export interface Blocks {
  /** The values in blocks; where blocks do not divide the tensor evenly, zeros fill them up. */
  readonly blocks: tf.Tensor;
  /** The axes of `blocks` that are summed or maximized over, to get something of `scaleShape` with kept dimensions. */
  readonly axes: readonly number[];
  readonly scaleShape: readonly number[];
  /** Back to the tensor's own shape. */
  readonly join: (blocks: tf.Tensor) => tf.Tensor;
}

/** @param grid of x's shape; scales are numbered as in numerics/scales/scale-grid */
export function toBlocks(x: tf.Tensor, grid: ScaleGrid): Blocks {
  const layout = blockLayout(x.shape, grid);
  const { inputs, outputs, rows, columns, shape, scaleShape } = layout;
  const padded = rows !== inputs || columns !== outputs;
  const flat = tf.reshape(x, [inputs, outputs]);
  const whole = padded
    ? tf.pad2d(flat as tf.Tensor2D, [
        [0, rows - inputs],
        [0, columns - outputs],
      ])
    : flat;
  const axes = shape.flatMap((length, axis) => (scaleShape[axis] === 1 && (length > 1 || shape.length === 1) ? [axis] : []));
  return {
    blocks: tf.reshape(whole, [...shape]),
    axes,
    scaleShape,
    join(blocks) {
      const joined = tf.reshape(blocks, [rows, columns]) as tf.Tensor2D;
      return tf.reshape(padded ? tf.slice2d(joined, [0, 0], [inputs, outputs]) : joined, x.shape);
    },
  };
}

/** The shape over which a tensor of this shape's scales are broadcast once it is in blocks: as many elements as scales. */
export function scaleShapeOf(shape: readonly number[], grid: ScaleGrid): readonly number[] {
  return blockLayout(shape, grid).scaleShape;
}

function blockLayout(original: readonly number[], grid: ScaleGrid) {
  const { outputs, blockInputs, blockOutputs, across, period } = grid;
  const inputs = original.reduce((a, b) => a * b, 1) / outputs;
  const down = Math.ceil(period / blockInputs);
  // Periods divide the inputs, and blocks divide a shorter period: only blocks over all inputs may need filling up.
  const rows = period === inputs ? down * blockInputs : inputs;
  const columns = across * blockOutputs;
  // repeats × blocks down × inputs of a block × blocks across × outputs of a block, without the axes of length 1
  const full = [rows / (down * blockInputs), down, blockInputs, across, blockOutputs];
  const scales = [1, down, 1, across, 1];
  const kept = full.flatMap((length, axis) => (length > 1 ? [axis] : []));
  const shape = kept.length > 0 ? kept.map((axis) => full[axis] ?? 1) : [1];
  const scaleShape = kept.length > 0 ? kept.map((axis) => scales[axis] ?? 1) : [1];
  return { inputs, outputs, rows, columns, shape, scaleShape };
}
