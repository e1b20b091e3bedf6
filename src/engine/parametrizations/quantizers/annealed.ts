import * as tf from '@tensorflow/tfjs-core';
import type { Values } from '../../../experiment/settings/setting';
import { gpuBackend } from '../../device/gpu-program';
import type { StepContext } from '../../device/step-context';
import { assign } from '../../kernels/shared/assign';
import { hasStarted } from '../delayed';
import type { ParametrizationFactory } from '../parametrization';
import { FittedGrid } from './fitted-grid';
import { signs } from './signs';

/** from × (to / from)^progress, []: numerics/quantizers/annealed `geometric` for this step. @param end progress from which it is `to` */
export function geometric(context: StepContext, from: number, to: number, end = 1): tf.Tensor {
  const progress = progressOf(context);
  const part = end < 1 ? tf.minimum(tf.div(progress, Math.max(end, 1e-6)), 1) : progress;
  return tf.mul(tf.exp(tf.mul(part, Math.log(to / from))), from);
}

/** max(0, (progress − start) / (1 − start)), []: numerics/quantizers/annealed `ramp` for this step. */
export function ramp(context: StepContext, start: number): tf.Tensor {
  return tf.maximum(tf.div(tf.sub(progressOf(context), start), 1 - start), 0);
}

/** 1 if this share of the stage has passed, else 0; []. */
export function passed(context: StepContext, share: number): tf.Tensor {
  return tf.cast(tf.greaterEqual(progressOf(context), share), 'float32');
}

/** a where `flag` is 1, b where it is 0: to the bit, for finite numbers. */
export function either(flag: tf.Tensor, a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return tf.add(tf.mul(a, flag), tf.mul(b, tf.sub(1, flag)));
}

/**
 * On the device, like a replayed step's: what is computed of a scalar that JavaScript made, tfjs computes in JavaScript, where an
 * exponential may end in another bit.
 */
function progressOf(context: StepContext): tf.Tensor {
  const progress = context.scalar('progress');
  gpuBackend()?.uploadToGPU(progress.dataId);
  return progress;
}

/**
 * The latent values are y. Training sees x = (λ Q(y) + y) / (λ + 1), then Q(y) in the last share of the stage; the gradient at x
 * updates y. Yin et al. 2018 (arXiv 1801.06313). The twin is numerics/quantizers/annealed `moveToward`.
 */
export const binaryRelaxParametrization: ParametrizationFactory<Values> = (setup) => {
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

/**
 * Training sees the latent weights. After each update a proximal step moves them towards their stored values; in the last share of
 * the stage they are set to these, whose scales then stay. Bai, Wang and Liberty 2019 (arXiv 1810.00861). The twin is
 * numerics/quantizers/annealed.
 */
export const proxQuantParametrization: ParametrizationFactory<Values> = (setup) => {
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
