import * as tf from '@tensorflow/tfjs-core';
import type { Values } from '../../experiment/parameter';
import { pactRange, SMALLEST_CLIP } from '../../numerics/pact';
import { assign } from '../kernels/assign';
import { clippedRound } from '../views/clipped-step';
import { viewArray } from '../views/view-array';
import type { ActivationFactory } from './activation-view';
import { observedRange, observedSign } from './observed-sign';

/** Activations clipped at a learned level. Choi et al. 2018 (arXiv 1805.06085). The twin is numerics/pact. */
export const pactActivation: ActivationFactory<Values> = ({ values, stage, observed, state }) => {
  const { signed, array } = observedSign(observed, state);
  const codes = pactRange(Number(values.actBits), signed);
  const clip = viewArray('clip', Float32Array.of(Number(values.actClip) || observedRange(observed)), [], Number(values.actRate), state);
  const decay = Number(values.actDecay);
  const alpha = clip.variable;

  const clipped = tf.customGrad((x, level, save) => {
    (save as tf.GradSaveFunc)([x as tf.Tensor, level as tf.Tensor]);
    return {
      value: clippedRound(x as tf.Tensor, tf.div(level as tf.Tensor, codes.highest), codes),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [seen, most] = saved as [tf.Tensor, tf.Tensor];
        const above = tf.cast(tf.greaterEqual(seen, most), 'float32');
        const below = tf.cast(signed ? tf.lessEqual(seen, tf.neg(most)) : tf.less(seen, 0), 'float32');
        const pull = tf.sum(tf.mul(dy, signed ? tf.sub(above, below) : above));
        return [tf.mul(dy, tf.sub(1, tf.add(above, below))), pull];
      },
    };
  });

  return {
    stage,
    arrays: [clip, array],
    apply: (x) => clipped(x, alpha),
    ...(decay > 0 ? { penalty: () => tf.mul(tf.square(alpha), decay) } : {}),
    afterStep: () => assign(alpha, tf.maximum(alpha, SMALLEST_CLIP)),
    stored: (held) => held.clip ?? new Float32Array(),
  };
};
