import * as tf from '@tensorflow/tfjs-core';
import { levelCodes } from '../../../numerics/quantizers/levels';
import { type PowerOptions, powerCodebooks, powerLevels } from '../../../numerics/quantizers/power-of-two';
import { scaleGrid } from '../../../numerics/scales/scale-grid';
import { nearestLevel } from '../../kernels/nearest-level';
import type { ParametrizationFactory } from '../parametrization';
import { straightThrough } from './straight-through';

type Settings = {
  readonly bits: number;
  readonly base: keyof typeof perDoubling;
  readonly nearest: PowerOptions['nearest'];
};

const perDoubling = { two: 1, 'root-two': 2, 'fourth-root': 4 } as const;

/**
 * 0 and powers of the base, down from the one nearest to the largest weight, which is looked up in every step; straight through.
 * Zhou et al. 2017 (arXiv 1702.03044), section 3.1; Miyashita, Lee and Murmann 2016 (arXiv 1603.01025).
 */
export const powerOfTwoParametrization: ParametrizationFactory<Settings> = ({ values: { bits, base, nearest }, stage, shape }) => {
  const codebooks = powerCodebooks({ bits, perDoubling: perDoubling[base], nearest });
  const { size, boundaries } = codebooks;
  const count = boundaries.length + 1;
  const grid = scaleGrid(shape, 'tensor');

  function rounded(x: tf.Tensor): tf.Tensor {
    // Comparisons choose the codebook: a logarithm may miss by one at a border.
    const reached = tf.cast(tf.greaterEqual(tf.max(tf.abs(x)), tf.tensor1d(boundaries)), 'int32');
    const codebook = tf.reshape(tf.sum(reached), [1]);
    const levels = tf.gather(tf.tensor2d(codebooks.levels, [count, size]), codebook);
    const thresholds = tf.gather(tf.tensor2d(codebooks.thresholds, [count, size - 1]), codebook);
    return nearestLevel(x, { levels, thresholds, grid, size });
  }

  return {
    kind: 'quantizer',
    stage,
    arrays: [],
    apply: (weights) => straightThrough(weights, rounded),
    materialize(weights) {
      const largest = weights.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const { levels, thresholds } = powerLevels(largest, codebooks);
      return { kind: 'codebook', bits, codes: levelCodes(weights, thresholds, size, grid), levels, codebooks: 1 };
    },
  };
};
