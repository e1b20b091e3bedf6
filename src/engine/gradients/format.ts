import * as tf from '@tensorflow/tfjs-core';
import { numberTarget } from '../../experiment/quantizers/number-formats';
import { Purpose } from '../../numerics/rng';
import type { Rounding } from '../../numerics/rounding';
import { channelBlocks } from '../activations/format';
import type { StepContext } from '../device/step-context';
import { roundTo } from '../views/format';
import type { GradientFactory } from './gradient-quantizer';

/** Gradients in a small number format, with loss scaling (arXiv 1710.03740, section 3.2; 1502.02551). */
export const formatGradient: GradientFactory = ({ values, stage, index, seed }) => {
  const target = numberTarget(values, 'grad');
  const scale = Number(values.gradScale);
  // The layer's activations draw from the purpose of rounding.
  const stream = { seed, purpose: Purpose.noise + 16 * index };
  const apply = (dy: tf.Tensor, context: StepContext) => {
    const scaled = scale === 1 ? dy : tf.mul(dy, scale);
    const rounded = roundTo(scaled, target, channelBlocks(dy.shape, target), values.gradRounding as Rounding, stream, context);
    return scale === 1 ? rounded : tf.div(rounded, scale);
  };
  return { stage, arrays: [], apply };
};
