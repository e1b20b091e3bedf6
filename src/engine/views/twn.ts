import * as tf from '@tensorflow/tfjs-core';
import type { Values } from '../../experiment/parameter';
import { granularityOf } from '../../experiment/quantizers/common';
import { scaleGrid } from '../../numerics/scale-grid';
import { ternarize } from '../../numerics/ternary';
import { toBlocks } from './blocks';
import { blockCountsOf, blockSums } from './signs';
import { straightThrough } from './straight-through';
import type { ViewFactory } from './view';

/** Ternary weights with the threshold 0.7 × mean |w|, straight through. Li, Zhang and Liu 2016 (arXiv 1605.04711), equations 3 to 6. */
export const twnView: ViewFactory<Values> = ({ values, stage, shape, role }) => {
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
