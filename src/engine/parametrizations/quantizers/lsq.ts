import * as tf from '@tensorflow/tfjs-core';
import type { Values } from '../../../experiment/settings/setting';
import { lsqFactors, lsqStart, SMALLEST_SCALE } from '../../../numerics/quantizers/lsq';
import { type CodeRange, clippedCodes, signedRange, unsignedRange } from '../../../numerics/scales/clipped-codes';
import { clippedStep } from '../../kernels/clipped-step';
import { assign } from '../../kernels/shared/assign';
import { toBlocks } from '../../kernels/shared/blocks';
import { type ActivationFactory, observedSign } from '../activation-quantizer';
import { type ParametrizationFactory, stateArray } from '../parametrization';
import { layoutOf } from './fitted-grid';

/** Uniform quantizer with learned steps. Esser et al. 2020 (arXiv 1902.08153). The twin is numerics/quantizers/lsq. */
export const lsqParametrization: ParametrizationFactory<Values> = (setup) => {
  const { values, stage, latent, shape, state } = setup;
  const { grid, granularity, scaleShape } = layoutOf(setup);
  const bits = Number(values.bits);
  const range = signedRange(bits);
  const count = shape.reduce((a, b) => a * b, 1);
  const array = stateArray('scale', lsqStart(latent, grid, range.highest), scaleShape, Number(values.quantizerRate), state);
  const factors = values.stepFactor ? lsqFactors(count, grid, range.highest) : Float32Array.of(1);
  const columns = granularity === 'tensor' || granularity === 'channel';
  return {
    kind: 'quantizer',
    stage,
    arrays: [array],
    apply(weights) {
      const scale = scaledGradient(array.variable, factors);
      if (columns) return clippedStep(weights, scale, { ...range, rule: 'step' });
      const { blocks, axes, join } = toBlocks(weights, grid);
      return join(blockSteps(blocks, scale, range, axes));
    },
    afterStep: () => assign(array.variable, tf.maximum(array.variable, SMALLEST_SCALE)),
    materialize(weights, { scale }) {
      if (!scale) throw new Error('The scales are missing.');
      const codes = clippedCodes(weights, scale, grid, range);
      return { kind: 'uniform', bits, codes, scales: scale, ...(granularity === 'tensor' ? {} : { granularity }) };
    },
  };
};

/** A learned step for a layer's input. Esser et al. 2020 (arXiv 1902.08153). The twin is numerics/quantizers/lsq. */
export const lsqActivation: ActivationFactory = ({ values, stage, shape, observed, state }) => {
  const { signed, array } = observedSign(observed, state);
  const range = signed ? signedRange(Number(values.actBits)) : unsignedRange(Number(values.actBits));
  const first = Math.max((2 * observed.meanMagnitude) / Math.sqrt(range.highest), SMALLEST_SCALE);
  const scale = stateArray('scale', Float32Array.of(first), [], Number(values.actRate), state);
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

/**
 * scale × round(clip(x / scale)), the scale broadcast over blocks, with LSQ's gradients (numerics/quantizers/lsq): what the kernel of
 * kernels/clipped-step does, for blocks that are no columns.
 * @param axes of x that share a scale
 */
export function blockSteps(x: tf.Tensor, scale: tf.Tensor, { lowest, highest }: CodeRange, axes: readonly number[]): tf.Tensor {
  const operation = tf.customGrad((...args) => {
    const [given, steps, save] = args as [tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    save([given, steps]);
    return {
      value: tf.mul(tf.round(tf.clipByValue(tf.div(given, steps), lowest, highest)), steps),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [seen, scales] = saved as [tf.Tensor, tf.Tensor];
        const ratio = tf.div(seen, scales);
        const inside = tf.mul(dy, tf.cast(tf.logicalAnd(tf.greater(ratio, lowest), tf.less(ratio, highest)), 'float32'));
        const code = tf.round(tf.clipByValue(ratio, lowest, highest));
        // Inside round(r) − r; at the limits and beyond the limit itself.
        const terms = tf.sub(tf.mul(dy, code), tf.mul(inside, ratio));
        return [inside, tf.reshape(tf.sum(terms, [...axes], true), scales.shape)];
      },
    };
  });
  return operation(x, scale);
}

/** x itself, whose gradient is multiplied by fixed factors: one for all, or one for each element. */
export function scaledGradient(x: tf.Tensor, factors: Float32Array): tf.Tensor {
  const [first = 1] = factors;
  const operation = tf.customGrad((value) => ({
    value: tf.clone(value as tf.Tensor),
    gradFunc: (dy: tf.Tensor) => tf.mul(dy, factors.every((factor) => factor === first) ? first : tf.tensor(factors.slice(), x.shape)),
  }));
  return operation(x);
}
