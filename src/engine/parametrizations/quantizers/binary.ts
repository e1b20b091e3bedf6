import * as tf from '@tensorflow/tfjs-core';
import { granularityOf } from '../../../experiment/methods/quantizers/weight-settings';
import type { Values } from '../../../experiment/settings/setting';
import { clipTo, glorotLimit, meanMagnitudes, signCodes, spreadOver } from '../../../numerics/quantizers/binary';
import { Purpose } from '../../../numerics/random/rng';
import { scaleGrid } from '../../../numerics/scales/scale-grid';
import type { StepContext } from '../../device/step-context';
import { randomUniform } from '../../kernels/random-uniform';
import { assign } from '../../kernels/shared/assign';
import { toBlocks } from '../../kernels/shared/blocks';
import type { ActivationFactory } from '../activation-quantizer';
import type { ParametrizationFactory } from '../parametrization';
import { blockCountsOf, blockSums, plusMinus, signs } from './signs';
import { straightThrough } from './straight-through';

/**
 * The sign of each weight times the mean magnitude of those that share its scale, with XNOR-Net's gradient
 * dy (1/n + α [|w| < 1]) or the straight-through one. Rastegari et al. 2016 (arXiv 1603.05279), section 3.1.
 */
export const bwnParametrization: ParametrizationFactory<Values> = ({ values, stage, shape, role }) => {
  const granularity = granularityOf(values, role);
  const grid = scaleGrid(shape, granularity);
  const cut = granularity === 'tensor' ? {} : { granularity };
  const counts = () => blockCountsOf(shape, grid);
  const scales = (x: tf.Tensor) => {
    const layout = toBlocks(tf.abs(x), grid);
    return tf.div(blockSums(layout, layout.blocks), counts());
  };

  const binary = tf.customGrad((x, save) => {
    const weights = x as tf.Tensor;
    const alpha = scales(weights);
    (save as tf.GradSaveFunc)([weights, alpha]);
    const { blocks, join } = toBlocks(weights, grid);
    return {
      value: join(tf.mul(signs(blocks), alpha)),
      gradFunc(dy: tf.Tensor, saved: tf.Tensor[]) {
        if (values.estimator === 'identity') return tf.clone(dy);
        const [w, a] = saved as [tf.Tensor, tf.Tensor];
        const inside = tf.cast(tf.less(tf.abs(toBlocks(w, grid).blocks), 1), 'float32');
        const above = toBlocks(dy, grid);
        return above.join(tf.mul(above.blocks, tf.add(tf.div(1, counts()), tf.mul(inside, a))));
      },
    };
  });

  return {
    kind: 'quantizer',
    stage,
    arrays: [],
    apply: (weights) => binary(weights),
    materialize: (weights) => ({ kind: 'basis', bits: 1, codes: signCodes(weights), basis: meanMagnitudes(weights, grid), ...cut }),
  };
};

type Settings = {
  readonly binarize: 'deterministic' | 'stochastic';
  readonly limit: 'glorot' | 'one';
  readonly stored: 'paper' | 'signs' | 'real';
  readonly spread: boolean;
  readonly scaleUpdates: boolean;
};

/**
 * Weights −H and H, by the sign or drawn with the hard sigmoid of w/H. Their gradient updates the real weights, which are cut to
 * ±H after each step. Courbariaux, Bengio and David 2015 (arXiv 1511.00363), algorithm 1. Where the real weights are stored,
 * measuring uses them too (section 2.6 of the paper, third method).
 */
export const binaryConnectParametrization: ParametrizationFactory<Settings> = ({ values, stage, index, seed, fanIn, fanOut, latent }) => {
  const { binarize, stored, spread, scaleUpdates } = values;
  const own = glorotLimit(fanIn, fanOut);
  const limit = values.limit === 'one' ? 1 : own;
  const real = stored === 'real' || (stored === 'paper' && binarize === 'stochastic');
  const stream = { seed, purpose: Purpose.rounding + 16 * index };
  const ofSize = (sign: tf.Tensor) => tf.mul(sign, limit);

  function binary(x: tf.Tensor, context: StepContext): tf.Tensor {
    if (!context.training && real) return tf.clipByValue(x, -limit, limit);
    if (!context.training || binarize === 'deterministic') return ofSize(signs(x));
    // Draws lie in [0, 1), so that cutting the probability to [0, 1] would change nothing.
    const probability = tf.add(tf.mul(x, Math.fround(0.5 / limit)), 0.5);
    return ofSize(plusMinus(tf.less(randomUniform(x.shape, stream, context), probability)));
  }

  return {
    kind: 'quantizer',
    stage,
    arrays: [],
    rate: scaleUpdates ? limit / own : 1,
    ...(spread ? { latent: spreadOver(latent, limit) } : {}),
    apply: (weights, context) => straightThrough(weights, (x) => binary(x, context)),
    afterStep: (weights) => assign(weights, tf.clipByValue(weights, -limit, limit)),
    materialize: (weights) =>
      real
        ? { kind: 'float32', values: clipTo(weights, limit) }
        : { kind: 'basis', bits: 1, codes: signCodes(weights), basis: Float32Array.of(limit) },
  };
};

/**
 * The sign of each input times the mean magnitude β of its image; what is not above 0 counts as negative. The gradient is β dy
 * where |x| ≤ 1. Rastegari et al. 2016 (arXiv 1603.05279), section 3.2, with one β for each image.
 */
export const signActivation: ActivationFactory = ({ stage }) => ({
  stage,
  arrays: [],
  apply: (x) => binary(x),
  stored: () => new Float32Array(),
});

const binary = tf.customGrad((x, save) => {
  const inputs = x as tf.Tensor;
  const axes = inputs.shape.slice(1).map((_, i) => i + 1);
  const scale = tf.mean(tf.abs(inputs), axes, true);
  (save as tf.GradSaveFunc)([inputs, scale]);
  return {
    value: tf.mul(plusMinus(tf.greater(inputs, 0)), scale),
    gradFunc(dy: tf.Tensor, saved: tf.Tensor[]) {
      const [values, beta] = saved as [tf.Tensor, tf.Tensor];
      return tf.mul(tf.mul(dy, beta), tf.cast(tf.lessEqual(tf.abs(values), 1), 'float32'));
    },
  };
});
