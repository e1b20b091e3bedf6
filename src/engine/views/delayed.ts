import * as tf from '@tensorflow/tfjs-core';
import type { StepContext } from '../device/step-context';
import type { AnyView } from './view';

/**
 * The view, which lets values pass unchanged in the first `delay` steps of a training stage (Jacob et al. 2018, arXiv 1712.05877,
 * section 3.1). What is measured and stored is quantized from the start.
 */
export function delayed<V extends AnyView>(view: V, delay: number): V {
  if (delay <= 0) return view;
  return {
    ...view,
    apply(values: tf.Tensor, context: StepContext) {
      const quantized = view.apply(values, context);
      if (!context.training) return quantized;
      const started = tf.cast(tf.greaterEqual(context.scalar('elapsed'), delay), 'float32');
      // 1 × a + 0 × b is a to the bit.
      return tf.add(tf.mul(quantized, started), tf.mul(values, tf.sub(1, started)));
    },
  };
}
