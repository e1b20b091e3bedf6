import * as tf from '@tensorflow/tfjs-core';
import { clipTo, glorotLimit, signCodes, spreadOver } from '../../numerics/binary';
import { Purpose } from '../../numerics/rng';
import type { StepContext } from '../device/step-context';
import { assign } from '../kernels/assign';
import { randomUniform } from '../kernels/random-uniform';
import { plusMinus, signs } from './signs';
import { straightThrough } from './straight-through';
import type { ViewFactory } from './view';

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
export const binaryConnectView: ViewFactory<Settings> = ({ values, stage, index, seed, fanIn, fanOut, latent }) => {
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
