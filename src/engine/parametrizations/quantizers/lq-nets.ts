import * as tf from '@tensorflow/tfjs-core';
import { granularityOf } from '../../../experiment/methods/quantizers/weight-settings';
import type { Values } from '../../../experiment/settings/setting';
import { basisCodes, fitBasis, initialBasis } from '../../../numerics/quantizers/lq-nets';
import { scaleGrid } from '../../../numerics/scales/scale-grid';
import { nearestLevel } from '../../kernels/nearest-level';
import { assign } from '../../kernels/shared/assign';
import type { ActivationFactory } from '../activation-quantizer';
import { type ParametrizationFactory, stateArray } from '../parametrization';
import { basisTable, movedBasis } from './lq-basis';
import { straightThrough } from './straight-through';

/**
 * Sums ±v_1 … ±v_K of a basis for each channel, straight through; every training step moves the basis towards the least squares
 * fit of its weights. Zhang et al. 2018 (arXiv 1807.10029), section 3.2.
 */
export const lqNetsParametrization: ParametrizationFactory<Values> = ({ values, stage, shape, role, latent, state }) => {
  const granularity = granularityOf(values, role);
  const grid = scaleGrid(shape, granularity);
  const cut = granularity === 'tensor' ? {} : { granularity };
  const bits = Number(values.bits);
  const basis = stateArray('basis', state.basis ?? fitBasis(latent, bits, grid), [grid.scales, bits], 0, state);

  return {
    kind: 'quantizer',
    stage,
    arrays: [basis],
    apply: (weights) => straightThrough(weights, (x) => nearestLevel(x, basisTable(basis.variable, grid, -1))),
    afterStep: (weights) => assign(basis.variable, movedBasis(weights, basis.variable, grid, -1)),
    materialize(weights, { basis: stored = new Float32Array(grid.scales * bits) }) {
      return { kind: 'basis', bits, codes: basisCodes(weights, stored, bits, grid), basis: stored, ...cut };
    },
  };
};

/** Mean magnitude of a standard normal number. */
const MEAN_MAGNITUDE = Math.sqrt(2 / Math.PI);

/**
 * Subset sums of a basis of K numbers for each layer, moved towards the least squares fit of the inputs in every training step. The
 * gradient passes where x is not above the largest level. Zhang et al. 2018 (arXiv 1807.10029), section 3.2.
 */
export const lqNetsActivation: ActivationFactory = ({ values, stage, observed, state }) => {
  const bits = Number(values.actBits);
  // The published code takes a standard deviation of 1, which batch norm gives; here it is the one observed.
  const deviation = observed.meanMagnitude > 0 ? observed.meanMagnitude / MEAN_MAGNITUDE : 1;
  const basis = stateArray('basis', initialBasis(bits, deviation, 0), [1, bits], 0, state);

  return {
    stage,
    arrays: [basis],
    apply(inputs, context) {
      const rounded = tf.customGrad((x, save) => {
        const given = x as tf.Tensor;
        const grid = scaleGrid(given.shape, 'tensor');
        const table = basisTable(basis.variable, grid, 0);
        (save as tf.GradSaveFunc)([given, tf.max(table.levels)]);
        const value = nearestLevel(given, table);
        if (context.training) assign(basis.variable, movedBasis(given, basis.variable, grid, 0));
        return {
          value,
          gradFunc(dy: tf.Tensor, saved: tf.Tensor[]) {
            const [seen, top] = saved as [tf.Tensor, tf.Tensor];
            return tf.mul(dy, tf.cast(tf.lessEqual(seen, top), 'float32'));
          },
        };
      });
      return rounded(inputs);
    },
    stored: (held) => held.basis ?? new Float32Array(),
  };
};
