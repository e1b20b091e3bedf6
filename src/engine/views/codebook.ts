import type { Values } from '../../experiment/parameter';
import { granularityOf } from '../../experiment/quantizers/common';
import { type CodebookOptions, fitCodebooks } from '../../numerics/codebook';
import { levelCodes, midpoints } from '../../numerics/levels';
import { Purpose } from '../../numerics/rng';
import { scaleGrid } from '../../numerics/scale-grid';
import { nearestLevel } from '../kernels/nearest-level';
import { withMidpoints } from './level-tensors';
import { straightThrough } from './straight-through';
import type { ViewFactory } from './view';
import { viewArray } from './view-array';

/**
 * A table of levels for each tensor, group or channel, fitted when the stage runs; each step rounds to the nearest level, straight
 * through. Han, Mao and Dally 2016 (arXiv 1510.00149), section 3.
 */
export const codebookView: ViewFactory<Values> = ({ values, stage, shape, role, seed, index, latent, state }) => {
  const granularity = granularityOf(values, role);
  const grid = scaleGrid(shape, granularity);
  const cut = granularity === 'tensor' ? {} : { granularity };
  const bits = Number(values.bits);
  const size = 2 ** bits;
  const fresh = () =>
    fitCodebooks(latent, grid, {
      size,
      fit: values.levelFit as CodebookOptions['fit'],
      start: (values.clusterStart ?? 'linear') as CodebookOptions['start'],
      zeroLevel: values.zeroLevel === true,
      stream: { seed, purpose: Purpose.rounding + 16 * index },
    });
  const levels = viewArray('levels', state.levels ?? fresh(), [grid.scales, size], 0, state);

  return {
    kind: 'quantizer',
    stage,
    arrays: [levels],
    apply: (weights) => straightThrough(weights, (x) => nearestLevel(x, withMidpoints(levels.variable, grid))),
    materialize(weights, { levels: table = new Float32Array(grid.scales * size) }) {
      const codes = levelCodes(weights, midpoints(table, size), size, grid);
      return { kind: 'codebook', bits, codes, levels: table, books: grid.scales, ...cut };
    },
  };
};
