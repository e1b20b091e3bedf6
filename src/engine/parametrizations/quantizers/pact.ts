import * as tf from '@tensorflow/tfjs-core';
import { pactRange, SMALLEST_CLIP } from '../../../numerics/quantizers/pact';
import { clippedStep } from '../../kernels/clipped-step';
import { assign } from '../../kernels/shared/assign';
import type { ActivationFactory } from '../activation-quantizer';
import { observedRange, observedSign } from '../activation-quantizer';
import { stateArray } from '../parametrization';

/** Activations clipped at a learned level. Choi et al. 2018 (arXiv 1805.06085). The twin is numerics/quantizers/pact. */
export const pactActivation: ActivationFactory = ({ values, stage, observed, state }) => {
  const { signed, array } = observedSign(observed, state);
  const codes = pactRange(Number(values.actBits), signed);
  const clip = stateArray('clip', Float32Array.of(Number(values.actClip) || observedRange(observed)), [], Number(values.actRate), state);
  const decay = Number(values.actDecay);
  const alpha = clip.variable;
  return {
    stage,
    arrays: [clip, array],
    apply: (x) => clippedStep(x, alpha, { ...codes, rule: 'limit' }),
    ...(decay > 0 ? { penalty: () => tf.mul(tf.square(alpha), decay) } : {}),
    afterStep: () => assign(alpha, tf.maximum(alpha, SMALLEST_CLIP)),
    stored: (held) => held.clip ?? new Float32Array(),
  };
};
