import * as tf from '@tensorflow/tfjs-core';
import type { Values } from '../../../experiment/settings/setting';
import { maxCode } from '../../../numerics/scales/uniform';
import type { ParametrizationFactory } from '../parametrization';
import { geometric } from './annealed';
import { FittedGrid } from './fitted-grid';

/**
 * Training sees s × softRound(w / s), sharper from step to step, with its true gradient (the scale held still); else the hard
 * grid. Agustsson and Theis 2020 (arXiv 2006.09952).
 */
export const softRoundParametrization: ParametrizationFactory<Values> = (setup) => {
  const grid = new FittedGrid(setup);
  const [from, to] = [Number(setup.values.softFrom), Number(setup.values.softTo)];
  const most = maxCode(grid.bits);
  return {
    kind: 'quantizer',
    stage: setup.stage,
    arrays: [grid.array],
    apply(latent, context) {
      if (!context.training) return grid.stored(latent);
      const sharpness = geometric(context, from, to);
      const { blocks, join } = grid.toBlocks(latent);
      const soft = tf.customGrad((x, save) => {
        const steps = tf.div(x as tf.Tensor, grid.scale);
        const { value, slope } = softStaircase(tf.clipByValue(steps, -most, most), sharpness);
        const inside = tf.cast(tf.lessEqual(tf.abs(steps), most), 'float32');
        (save as tf.GradSaveFunc)([tf.mul(slope, inside)]);
        return { value: tf.mul(value, grid.scale), gradFunc: (dy: tf.Tensor, [saved]: tf.Tensor[]) => tf.mul(dy, saved as tf.Tensor) };
      });
      return join(soft(blocks));
    },
    afterStep: (latent) => grid.follow(latent),
    materialize: (latent, state) => grid.encode(latent, state),
  };
};

/**
 * ⌊x⌋ + 1/2 + tanh(a r) / (2 tanh(a / 2)), r = x − ⌊x⌋ − 1/2, and its derivative by x: numerics/quantizers/annealed `softRound` and
 * `softRoundSlope`. Neither is differentiable itself.
 * @param sharpness a, []
 */
export function softStaircase(x: tf.Tensor, sharpness: tf.Tensor): { readonly value: tf.Tensor; readonly slope: tf.Tensor } {
  const middle = tf.add(tf.floor(x), 0.5);
  const bend = tf.tanh(tf.mul(tf.sub(x, middle), sharpness));
  const stretch = tf.div(0.5, tf.tanh(tf.mul(sharpness, 0.5)));
  return {
    value: tf.add(middle, tf.mul(bend, stretch)),
    slope: tf.mul(tf.sub(1, tf.square(bend)), tf.mul(stretch, sharpness)),
  };
}
