import type { Values } from '../../experiment/parameter';
import { granularityOf } from '../../experiment/quantizers/common';
import { basisCodes, fitBasis } from '../../numerics/lq-nets';
import { scaleGrid } from '../../numerics/scale-grid';
import { assign } from '../kernels/assign';
import { nearestLevel } from '../kernels/nearest-level';
import { basisTable, movedBasis } from './lq-basis';
import { straightThrough } from './straight-through';
import type { ViewFactory } from './view';
import { viewArray } from './view-array';

/**
 * Sums ±v_1 … ±v_K of a basis for each channel, straight through; every training step moves the basis towards the least squares
 * fit of its weights. Zhang et al. 2018 (arXiv 1807.10029), section 3.2.
 */
export const lqNetsView: ViewFactory<Values> = ({ values, stage, shape, role, latent, state }) => {
  const granularity = granularityOf(values, role);
  const grid = scaleGrid(shape, granularity);
  const cut = granularity === 'tensor' ? {} : { granularity };
  const bits = Number(values.bits);
  const basis = viewArray('basis', state.basis ?? fitBasis(latent, bits, grid), [grid.scales, bits], 0, state);

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
