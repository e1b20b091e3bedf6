import * as tf from '@tensorflow/tfjs-core';
import type { Values } from '../../experiment/parameter';
import { either, geometric, passed } from './annealed';
import { FittedGrid } from './fitted-grid';
import type { ViewFactory } from './view';

/**
 * The latent values are y. Training sees x = (λ Q(y) + y) / (λ + 1), then Q(y) in the last share of the stage; the gradient at x
 * updates y. Yin et al. 2018 (arXiv 1801.06313). The twin is numerics/proximal `moveToward`.
 */
export const binaryRelaxView: ViewFactory<Values> = (setup) => {
  const { relaxFrom, relaxTo, freeze } = setup.values;
  const grid = new FittedGrid(setup);
  return {
    kind: 'quantizer',
    stage: setup.stage,
    arrays: [grid.array],
    apply(latent, context) {
      if (!context.training) return grid.stored(latent);
      const strength = geometric(context, Number(relaxFrom), Number(relaxTo), Number(freeze));
      const hard = passed(context, Number(freeze));
      const { blocks, join } = grid.toBlocks(latent);
      const relaxed = tf.customGrad((y) => {
        const stored = grid.nearest(y as tf.Tensor);
        const mean = tf.div(tf.add(y as tf.Tensor, tf.mul(stored, strength)), tf.add(strength, 1));
        return { value: either(hard, stored, mean), gradFunc: (dy: tf.Tensor) => tf.clone(dy) };
      });
      return join(relaxed(blocks));
    },
    afterStep: (latent) => grid.follow(latent),
    materialize: (latent, state) => grid.encode(latent, state),
  };
};
