import * as tf from '@tensorflow/tfjs-core';
import type { ScaleGrid } from '../../numerics/scale-grid';
import type { LevelTensors } from '../kernels/nearest-level';

/** Levels with thresholds at their midpoints. @param levels [books, size], ascending in each book */
export function withMidpoints(levels: tf.Tensor, grid: ScaleGrid): LevelTensors {
  const [books, size] = levels.shape as [number, number];
  const lower = tf.slice(levels, [0, 0], [books, size - 1]);
  const upper = tf.slice(levels, [0, 1], [books, size - 1]);
  return { levels, thresholds: tf.mul(tf.add(lower, upper), 0.5), grid, size };
}
