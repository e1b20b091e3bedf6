import * as tf from '@tensorflow/tfjs-core';
import { signedRange, unsignedRange } from '../../numerics/clipped-codes';
import { SMALLEST_SCALE } from '../../numerics/lsq';
import { assign } from '../kernels/assign';
import { clippedStep } from '../kernels/clipped-step';
import { scaledGradient } from '../views/scaled-gradient';
import { viewArray } from '../views/view-array';
import type { ActivationFactory } from './activation-view';
import { observedSign } from './observed-sign';

/** A learned step for a layer's input. Esser et al. 2020 (arXiv 1902.08153). The twin is numerics/lsq. */
export const lsqActivation: ActivationFactory = ({ values, stage, shape, observed, state }) => {
  const { signed, array } = observedSign(observed, state);
  const range = signed ? signedRange(Number(values.actBits)) : unsignedRange(Number(values.actBits));
  const first = Math.max((2 * observed.meanMagnitude) / Math.sqrt(range.highest), SMALLEST_SCALE);
  const scale = viewArray('scale', Float32Array.of(first), [], Number(values.actRate), state);
  // N is the number of features, whatever the batch.
  const features = shape.reduce((a, b) => a * b, 1);
  const factors = Float32Array.of(1 / Math.sqrt(features * range.highest));
  return {
    stage,
    arrays: [scale, array],
    apply: (x) => clippedStep(x, scaledGradient(scale.variable, factors), { ...range, rule: 'step' }),
    afterStep: () => assign(scale.variable, tf.maximum(scale.variable, SMALLEST_SCALE)),
    stored: (held) => held.scale ?? new Float32Array(),
  };
};
