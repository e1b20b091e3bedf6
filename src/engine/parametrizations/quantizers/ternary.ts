import * as tf from '@tensorflow/tfjs-core';
import { granularityOf } from '../../../experiment/methods/quantizers/weight-settings';
import type { Values } from '../../../experiment/settings/setting';
import { ternarize, ttqCodes, ttqFit } from '../../../numerics/quantizers/ternary';
import { scaleGrid } from '../../../numerics/scales/scale-grid';
import { toBlocks } from '../../kernels/shared/blocks';
import { type ParametrizationFactory, stateArray } from '../parametrization';
import { blockCountsOf, blockSums } from './signs';
import { straightThrough } from './straight-through';

/** Ternary weights with the threshold 0.7 × mean |w|, straight through. Li, Zhang and Liu 2016 (arXiv 1605.04711), equations 3 to 6. */
export const twnParametrization: ParametrizationFactory<Values> = ({ values, stage, shape, role }) => {
  const granularity = granularityOf(values, role);
  const grid = scaleGrid(shape, granularity);
  const cut = granularity === 'tensor' ? {} : { granularity };
  const factor = Number(values.ternaryThreshold);

  function ternary(x: tf.Tensor): tf.Tensor {
    const layout = toBlocks(x, grid);
    const magnitudes = tf.abs(layout.blocks);
    const threshold = tf.mul(tf.div(blockSums(layout, magnitudes), blockCountsOf(shape, grid)), factor);
    // The difference and then 0: tfjs's comparisons are slow where shapes differ.
    const kept = tf.cast(tf.greater(tf.sub(magnitudes, threshold), 0), 'float32');
    const scale = tf.divNoNan(blockSums(layout, tf.mul(magnitudes, kept)), blockSums(layout, kept));
    return layout.join(tf.mul(tf.mul(tf.sign(layout.blocks), kept), scale));
  }

  return {
    kind: 'quantizer',
    stage,
    arrays: [],
    apply: (weights) => straightThrough(weights, ternary),
    materialize(weights) {
      const { codes, scales } = ternarize(weights, grid, factor);
      return { kind: 'uniform', bits: 2, codes, scales, ...cut };
    },
  };
};

/** −Wn, 0 and Wp, with learned levels. Zhu et al. 2017 (arXiv 1612.01064). The twin is numerics/quantizers/ternary. */
export const ttqParametrization: ParametrizationFactory<Values> = ({ values, stage, latent, state }) => {
  const threshold = Number(values.maxThreshold);
  const rate = Number(values.quantizerRate);
  const start = values.levelStart === 'one' ? { positive: 1, negative: 1 } : ttqFit(latent, threshold);
  const positive = stateArray('positive', Float32Array.of(start.positive), [], rate, state);
  const negative = stateArray('negative', Float32Array.of(start.negative), [], rate, state);
  return {
    kind: 'quantizer',
    stage,
    arrays: [positive, negative],
    apply: (weights) => ternary(weights, positive.variable, negative.variable, threshold),
    materialize(weights, levels) {
      const [above = 0, below = 0] = [levels.positive?.[0], levels.negative?.[0]];
      return { kind: 'codebook', bits: 2, codes: ttqCodes(weights, threshold), levels: Float32Array.of(-below, 0, above), codebooks: 1 };
    },
  };
};

function ternary(weights: tf.Tensor, positive: tf.Tensor, negative: tf.Tensor, threshold: number): tf.Tensor {
  const operation = tf.customGrad((x, wp, wn, save) => {
    const given = x as tf.Tensor;
    const delta = tf.mul(tf.max(tf.abs(given)), threshold);
    const above = tf.cast(tf.greater(given, delta), 'float32');
    const below = tf.cast(tf.less(given, tf.neg(delta)), 'float32');
    (save as tf.GradSaveFunc)([above, below, wp as tf.Tensor, wn as tf.Tensor]);
    return {
      value: tf.sub(tf.mul(above, wp as tf.Tensor), tf.mul(below, wn as tf.Tensor)),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [up, down, p, n] = saved as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
        const factors = tf.add(tf.add(tf.mul(up, p), tf.mul(down, n)), tf.sub(1, tf.add(up, down)));
        return [tf.mul(dy, factors), tf.sum(tf.mul(dy, up)), tf.neg(tf.sum(tf.mul(dy, down)))];
      },
    };
  });
  return operation(weights, positive, negative);
}
