import * as tf from '@tensorflow/tfjs-core';
import {
  type AdamOptions,
  adamStep,
  type MomentumOptions,
  momentumStep,
  type RmspropOptions,
  rmspropStep,
  sgdStep,
} from '../../../numerics/training/optimizers';
import type { ArrayKernel } from '../shared/arrays';

/** Every method's options. */
type Options = Required<MomentumOptions & AdamOptions & RmspropOptions>;

/**
 * One optimizer step as plain tfjs operations, for backends without the fused kernel. Gives the new values of the
 * parameter and of its slots, in the order of the slots. The formulas are those of numerics/training/optimizers.
 */
export function composedUpdate(
  method: 'sgd' | 'momentum' | 'adam' | 'rmsprop',
  parameter: tf.Tensor,
  gradient: tf.Tensor,
  slots: readonly tf.Tensor[],
  hyper: Options,
): tf.Tensor[] {
  const { lr, epsilon, step } = hyper;
  const g = hyper.weightDecay === 0 ? gradient : tf.add(gradient, tf.mul(parameter, hyper.weightDecay));
  const [first, second] = slots;
  switch (method) {
    case 'sgd':
      return [tf.sub(parameter, tf.mul(g, lr))];
    case 'momentum': {
      const velocity = tf.add(tf.mul(first!, hyper.momentum), g);
      return [tf.sub(parameter, tf.mul(velocity, lr)), velocity];
    }
    case 'adam': {
      const mean = average(first!, g, hyper.beta1);
      const square = average(second!, tf.square(g), hyper.beta2);
      const corrected = tf.div(mean, 1 - hyper.beta1 ** step);
      const spread = tf.add(tf.sqrt(tf.div(square, 1 - hyper.beta2 ** step)), epsilon);
      return [tf.sub(parameter, tf.mul(tf.div(corrected, spread), lr)), mean, square];
    }
    case 'rmsprop': {
      const square = average(first!, tf.square(g), hyper.decay);
      return [tf.sub(parameter, tf.mul(tf.div(g, tf.sqrt(tf.add(square, epsilon))), lr)), square];
    }
  }
}

function average(old: tf.Tensor, value: tf.Tensor, keep: number): tf.Tensor {
  return tf.add(tf.mul(old, keep), tf.mul(value, 1 - keep));
}

/** The kernel's attributes: the method and every method's options. */
type Attributes = { readonly method: 'sgd' | 'momentum' | 'adam' | 'rmsprop' } & MomentumOptions & AdamOptions & RmspropOptions;

/** The optimizer step of numerics/training/optimizers on copies of the arrays; gives the new [parameter, ...slots]. */
export const updateArrays: ArrayKernel = ({ parameter, gradient, slot0, slot1 }, arrays, attrs) => {
  const options = attrs as unknown as Attributes;
  const inputs = [parameter, slot0, slot1].filter((info) => info !== undefined);
  const outputs = inputs.map((info) => arrays.output(info.shape, 'float32'));
  const [weights, first, second] = outputs.map((info) => arrays.float32(info));
  for (const [i, copy] of [weights, first, second].entries()) copy?.set(arrays.float32(inputs[i]));
  const given = arrays.float32(gradient);
  switch (options.method) {
    case 'sgd':
      sgdStep(weights!, given, options);
      break;
    case 'momentum':
      momentumStep(weights!, given, first!, options);
      break;
    case 'adam':
      adamStep(weights!, given, first!, second!, options);
      break;
    case 'rmsprop':
      rmspropStep(weights!, given, first!, options);
  }
  return outputs;
};
