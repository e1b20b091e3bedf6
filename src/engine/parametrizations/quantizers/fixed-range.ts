import * as tf from '@tensorflow/tfjs-core';
import { narrowRange, unsignedRange } from '../../../numerics/scales/clipped-codes';
import { clippedStep } from '../../kernels/clipped-step';
import type { ActivationFactory } from '../activation-quantizer';
import { observedRange, observedSign } from '../activation-quantizer';
import { stateArray } from '../parametrization';

/**
 * Activations clipped to 0 … 1, or to what was observed, and rounded to even steps: those of DoReFa (Zhou et al. 2016,
 * arXiv 1606.06160) and of WRPN (Mishra et al. 2018, arXiv 1709.01134). Inputs that may be negative are clipped on both sides,
 * which the papers leave open; with one bit they are not. The twin is numerics/scales/clipped-codes.
 */
export const fixedRangeActivation: ActivationFactory = ({ values, stage, observed, state }) => {
  const bits = Number(values.actBits);
  const { signed, array } = observedSign(observed, state);
  const codes = signed && bits > 1 ? narrowRange(bits) : unsignedRange(bits);
  const range = values.actCeiling === 'observed' ? stateArray('range', Float32Array.of(observedRange(observed)), [], 0, state) : undefined;
  return {
    stage,
    arrays: range ? [range, array] : [array],
    apply: (x) => clippedStep(x, range?.variable ?? tf.scalar(1), { ...codes, rule: 'fixed' }),
    stored: (held) => held.range ?? new Float32Array(),
  };
};
