import * as tf from '@tensorflow/tfjs-core';
import type { Values } from '../../../experiment/settings/setting';
import { Purpose } from '../../../numerics/random/rng';
import { maxCode } from '../../../numerics/scales/uniform';
import type { StepContext } from '../../device/step-context';
import { randomUniform } from '../../kernels/random-uniform';
import type { ParametrizationFactory } from '../parametrization';
import { FittedGrid } from './fitted-grid';

/**
 * Training sees weights with errors as large as those of rounding, all of them or a random share; else the hard grid.
 * Baskin et al. 2018 (arXiv 1804.10969); Fan et al. 2020 (arXiv 2004.07320). The twin is numerics/quantizers/annealed.
 */
export const noiseParametrization: ParametrizationFactory<Values> = (setup) => {
  const { noiseShare, noiseKind, range } = setup.values;
  const grid = new FittedGrid(setup);
  const share = Number(noiseShare);
  const stream = { seed: setup.seed, purpose: Purpose.noise + 16 * setup.index };

  /** Weights beyond the range at its ends, where their gradient is 0. */
  function clipped(blocks: tf.Tensor): tf.Tensor {
    if (range === 'max') return blocks;
    const most = tf.mul(grid.scale, maxCode(grid.bits));
    return tf.minimum(tf.maximum(blocks, tf.neg(most)), most);
  }

  function noisy(blocks: tf.Tensor, draws: tf.Tensor): tf.Tensor {
    const chosen = tf.cast(tf.less(draws, share), 'float32');
    if (noiseKind === 'uniform') return tf.add(clipped(blocks), tf.mul(tf.mul(tf.sub(tf.div(draws, share), 0.5), grid.scale), chosen));
    const straight = tf.customGrad((x) => ({
      value: tf.add(tf.mul(grid.nearest(x as tf.Tensor), chosen), tf.mul(x as tf.Tensor, tf.sub(1, chosen))),
      gradFunc: (dy: tf.Tensor) => tf.clone(dy),
    }));
    return straight(blocks);
  }

  return {
    kind: 'quantizer',
    stage: setup.stage,
    arrays: [grid.array],
    apply(latent, context: StepContext) {
      if (!context.training) return grid.stored(latent);
      const { blocks, join } = grid.toBlocks(latent);
      return join(noisy(blocks, grid.toBlocks(randomUniform(latent.shape, stream, context)).blocks));
    },
    afterStep: (latent) => grid.follow(latent),
    materialize: (latent, state) => grid.encode(latent, state),
  };
};
