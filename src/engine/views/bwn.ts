import * as tf from '@tensorflow/tfjs-core';
import type { Values } from '../../experiment/parameter';
import { granularityOf } from '../../experiment/quantizers/common';
import { meanMagnitudes, signCodes } from '../../numerics/binary';
import { scaleGrid } from '../../numerics/scale-grid';
import { toBlocks } from './blocks';
import { blockCountsOf, blockSums, signs } from './signs';
import type { ViewFactory } from './view';

/**
 * The sign of each weight times the mean magnitude of those that share its scale, with XNOR-Net's gradient
 * dy (1/n + α [|w| < 1]) or the straight-through one. Rastegari et al. 2016 (arXiv 1603.05279), section 3.1.
 */
export const bwnView: ViewFactory<Values> = ({ values, stage, shape, role }) => {
  const granularity = granularityOf(values, role);
  const grid = scaleGrid(shape, granularity);
  const cut = granularity === 'tensor' ? {} : { granularity };
  const counts = () => blockCountsOf(shape, grid);
  const scales = (x: tf.Tensor) => {
    const layout = toBlocks(tf.abs(x), grid);
    return tf.div(blockSums(layout, layout.blocks), counts());
  };

  const binary = tf.customGrad((x, save) => {
    const weights = x as tf.Tensor;
    const alpha = scales(weights);
    (save as tf.GradSaveFunc)([weights, alpha]);
    const { blocks, join } = toBlocks(weights, grid);
    return {
      value: join(tf.mul(signs(blocks), alpha)),
      gradFunc(dy: tf.Tensor, saved: tf.Tensor[]) {
        if (values.estimator === 'identity') return tf.clone(dy);
        const [w, a] = saved as [tf.Tensor, tf.Tensor];
        const inside = tf.cast(tf.less(tf.abs(toBlocks(w, grid).blocks), 1), 'float32');
        const above = toBlocks(dy, grid);
        return above.join(tf.mul(above.blocks, tf.add(tf.div(1, counts()), tf.mul(inside, a))));
      },
    };
  });

  return {
    kind: 'quantizer',
    stage,
    arrays: [],
    apply: (weights) => binary(weights),
    materialize: (weights) => ({ kind: 'basis', bits: 1, codes: signCodes(weights), basis: meanMagnitudes(weights, grid), ...cut }),
  };
};
