import * as tf from '@tensorflow/tfjs-core';
import { granularityOf } from '../../../experiment/methods/quantizers/weight-settings';
import type { Values } from '../../../experiment/settings/setting';
import { type CodebookOptions, fitCodebooks } from '../../../numerics/quantizers/k-means';
import { levelCodes, midpoints } from '../../../numerics/quantizers/levels';
import { Purpose } from '../../../numerics/random/rng';
import { type ScaleGrid, scaleGrid } from '../../../numerics/scales/scale-grid';
import { type LevelTensors, nearestLevel } from '../../kernels/nearest-level';
import { type ParametrizationFactory, stateArray } from '../parametrization';
import { straightThrough } from './straight-through';

/**
 * A table of levels for each tensor, group or channel, fitted when the stage runs; each step rounds to the nearest level, straight
 * through. Han, Mao and Dally 2016 (arXiv 1510.00149), section 3.
 */
export const codebookParametrization: ParametrizationFactory<Values> = ({ values, stage, shape, role, seed, index, latent, state }) => {
  const granularity = granularityOf(values, role);
  const grid = scaleGrid(shape, granularity);
  const cut = granularity === 'tensor' ? {} : { granularity };
  const bits = Number(values.bits);
  const size = 2 ** bits;
  const fresh = () =>
    fitCodebooks(latent, grid, {
      size,
      fit: values.levelFit as CodebookOptions['fit'],
      start: (values.clusterStart ?? 'linear') as CodebookOptions['start'],
      zeroLevel: values.zeroLevel === true,
      stream: { seed, purpose: Purpose.rounding + 16 * index },
    });
  const levels = stateArray('levels', state.levels ?? fresh(), [grid.scales, size], 0, state);

  return {
    kind: 'quantizer',
    stage,
    arrays: [levels],
    apply: (weights) => straightThrough(weights, (x) => nearestLevel(x, withMidpoints(levels.variable, grid))),
    materialize(weights, { levels: table = new Float32Array(grid.scales * size) }) {
      const codes = levelCodes(weights, midpoints(table, size), size, grid);
      return { kind: 'codebook', bits, codes, levels: table, codebooks: grid.scales, ...cut };
    },
  };
};

/** Levels with thresholds at their midpoints. @param levels [codebooks, size], ascending in each codebook */
export function withMidpoints(levels: tf.Tensor, grid: ScaleGrid): LevelTensors {
  const [codebooks, size] = levels.shape as [number, number];
  const lower = tf.slice(levels, [0, 0], [codebooks, size - 1]);
  const upper = tf.slice(levels, [0, 1], [codebooks, size - 1]);
  return { levels, thresholds: tf.mul(tf.add(lower, upper), 0.5), grid, size };
}
