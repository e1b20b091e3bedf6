import * as tf from '@tensorflow/tfjs-core';
import type { Values } from '../../experiment/parameter';
import { assign } from '../kernels/assign';
import { either, passed } from './annealed';
import { hasStarted } from './delayed';
import { FittedGrid } from './fitted-grid';
import { signs } from './signs';
import type { ViewFactory } from './view';

/**
 * Training sees the latent weights. After each update a proximal step moves them towards their stored values; in the last share of
 * the stage they are set to these, whose scales then stay. Bai, Wang and Liberty 2019 (arXiv 1810.00861). The twin is
 * numerics/proximal.
 */
export const proxQuantView: ViewFactory<Values> = (setup) => {
  const { proxRate, freeze, delay = 0 } = setup.values;
  const grid = new FittedGrid(setup);

  /** |w| moves by λ α towards α, for one bit; else w moves to the mean of w and λ times its stored value. */
  function moved(blocks: tf.Tensor, stored: tf.Tensor, scale: tf.Tensor, strength: tf.Tensor): tf.Tensor {
    if (grid.bits > 1) return tf.div(tf.add(blocks, tf.mul(stored, strength)), tf.add(strength, 1));
    const [magnitude, by] = [tf.abs(blocks), tf.mul(scale, strength)];
    return tf.mul(tf.minimum(tf.maximum(tf.sub(magnitude, by), scale), tf.add(magnitude, by)), signs(blocks));
  }

  return {
    kind: 'quantizer',
    stage: setup.stage,
    arrays: [grid.array],
    apply: (latent, context) => (context.training ? latent : grid.stored(latent)),
    afterStep(latent, context) {
      // Until the delay is over weights are neither moved nor set.
      const started = hasStarted(context, Number(delay));
      const hard = tf.mul(passed(context, Number(freeze)), started);
      const scale = either(hard, grid.scale, grid.scaleFor(latent));
      const { blocks, join } = grid.toBlocks(latent);
      const stored = grid.nearest(blocks, scale);
      const strength = tf.mul(tf.mul(tf.mul(context.scalar('lr'), Number(proxRate)), context.scalar('progress')), started);
      assign(latent, join(either(hard, stored, moved(blocks, stored, scale, strength))));
      assign(grid.scale, scale);
    },
    materialize: (latent, state) => grid.encode(latent, state),
  };
};
