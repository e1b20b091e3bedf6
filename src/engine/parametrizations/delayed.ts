import * as tf from '@tensorflow/tfjs-core';
import type { StepContext } from '../device/step-context';
import type { ActivationQuantizer } from './activation-quantizer';
import type { Parametrization } from './parametrization';

type Delayable = Parametrization | ActivationQuantizer;

/**
 * The parametrization, which lets values pass unchanged in the first `delay` steps of a training stage (Jacob et al. 2018, arXiv 1712.05877,
 * section 3.1). What is measured and stored is quantized from the start.
 */
export function delayed<V extends Delayable>(parametrization: V, delay: number): V {
  if (delay <= 0) return parametrization;
  const penalty = parametrization.penalty as ((...given: readonly unknown[]) => tf.Tensor) | undefined;
  return {
    ...parametrization,
    // The same for a penalty: what is not quantized yet is not drawn to levels.
    ...(penalty && {
      penalty: (...given: readonly unknown[]) => tf.mul(penalty(...given), hasStarted(given.at(-1) as StepContext, delay)),
    }),
    apply(values: tf.Tensor, context: StepContext) {
      const quantized = parametrization.apply(values, context);
      if (!context.training) return quantized;
      const started = hasStarted(context, delay);
      // 1 × a + 0 × b is a to the bit.
      return tf.add(tf.mul(quantized, started), tf.mul(values, tf.sub(1, started)));
    },
  };
}

/** 1 from step `delay` on, else 0; []. */
export function hasStarted(context: StepContext, delay: number): tf.Tensor {
  return tf.cast(tf.greaterEqual(context.scalar('elapsed'), delay), 'float32');
}
