import * as tf from '@tensorflow/tfjs-core';
import type { Values } from '../../../experiment/settings/setting';
import { apotLevels, apotStart, apotUnits } from '../../../numerics/quantizers/apot';
import { levelCodes, midpoints } from '../../../numerics/quantizers/levels';
import { SMALLEST_CLIP } from '../../../numerics/quantizers/pact';
import { scaleGrid } from '../../../numerics/scales/scale-grid';
import { nearestLevel } from '../../kernels/nearest-level';
import { assign } from '../../kernels/shared/assign';
import { type ParametrizationFactory, stateArray } from '../parametrization';
import { withMidpoints } from './codebook';

/**
 * Sums of powers of two up to a learned clipping threshold α, straight through. Li, Dong and Wang 2020 (arXiv 1909.13144). The twin
 * is numerics/quantizers/apot.
 */
export const apotParametrization: ParametrizationFactory<Values> = ({ values, stage, shape, latent, state }) => {
  const bits = Number(values.bits);
  const units = apotUnits(bits);
  const size = units.length;
  const grid = scaleGrid(shape, 'tensor');
  const clip = stateArray('clip', state.clip ?? apotStart(latent, bits), [], Number(values.quantizerRate), state);

  const rounded = tf.customGrad((...args) => {
    const [weights, alpha, save] = args as [tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    const levels = tf.mul(tf.tensor2d(units, [1, size]), alpha);
    const value = nearestLevel(weights, withMidpoints(levels, grid));
    save([weights, alpha, value]);
    return {
      value,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [w, a, level] = saved as [tf.Tensor, tf.Tensor, tf.Tensor];
        const inside = tf.mul(w, tf.cast(tf.lessEqual(tf.abs(w), a), 'float32'));
        return [tf.clone(dy), tf.div(tf.sum(tf.mul(dy, tf.sub(level, inside))), a)];
      },
    };
  });

  return {
    kind: 'quantizer',
    stage,
    arrays: [clip],
    apply: (weights) => rounded(weights, clip.variable),
    afterStep: () => assign(clip.variable, tf.maximum(clip.variable, SMALLEST_CLIP)),
    materialize(weights, state) {
      const [alpha] = state.clip ?? [];
      if (alpha === undefined) throw new Error('The clipping threshold is missing.');
      const levels = apotLevels(units, alpha);
      return { kind: 'codebook', bits, codes: levelCodes(weights, midpoints(levels, size), size, grid), levels, codebooks: 1 };
    },
  };
};
