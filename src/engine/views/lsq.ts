import * as tf from '@tensorflow/tfjs-core';
import type { Values } from '../../experiment/parameter';
import { clippedCodes, signedRange } from '../../numerics/clipped-codes';
import { lsqFactors, lsqStart, SMALLEST_SCALE } from '../../numerics/lsq';
import { assign } from '../kernels/assign';
import { clippedStep } from '../kernels/clipped-step';
import { blockSteps } from './block-steps';
import { toBlocks } from './blocks';
import { layoutOf } from './fitted-grid';
import { scaledGradient } from './scaled-gradient';
import type { ViewFactory } from './view';
import { viewArray } from './view-array';

/** Uniform quantizer with learned steps. Esser et al. 2020 (arXiv 1902.08153). The twin is numerics/lsq. */
export const lsqView: ViewFactory<Values> = (setup) => {
  const { values, stage, latent, shape, state } = setup;
  const { grid, granularity, scaleShape } = layoutOf(setup);
  const bits = Number(values.bits);
  const range = signedRange(bits);
  const count = shape.reduce((a, b) => a * b, 1);
  const array = viewArray('scale', lsqStart(latent, grid, range.highest), scaleShape, Number(values.quantizerRate), state);
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
