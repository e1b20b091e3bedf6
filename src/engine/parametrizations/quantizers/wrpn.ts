import * as tf from '@tensorflow/tfjs-core';
import type { Values } from '../../../experiment/settings/setting';
import { clippedCodes, narrowRange, stepOf } from '../../../numerics/scales/clipped-codes';
import { fittedScales, normalRange } from '../../../numerics/scales/fitted-scale';
import { scaleGrid } from '../../../numerics/scales/scale-grid';
import { clippedStep } from '../../kernels/clipped-step';
import type { ParametrizationFactory } from '../parametrization';
import { stateArray } from '../parametrization';

/** Uniform quantizer in a range that stays. Mishra et al. 2018 (arXiv 1709.01134). The twin is numerics/scales/clipped-codes. */
export const wrpnParametrization: ParametrizationFactory<Values> = ({ values, stage, shape, latent, state }) => {
  const bits = Number(values.bits);
  const codes = narrowRange(bits);
  const grid = scaleGrid(shape, 'tensor');
  const normal = () => fittedScales(latent, grid, { statistic: 'rms', factor: normalRange(bits) });
  const array = values.layerScale === 'fitted' ? stateArray('range', normal(), [], 0, state) : undefined;
  return {
    kind: 'quantizer',
    stage,
    arrays: array ? [array] : [],
    apply: (weights) => clippedStep(weights, array?.variable ?? tf.scalar(1), { ...codes, rule: 'fixed' }),
    materialize(weights, { range }) {
      const scales = Float32Array.of(stepOf(range?.[0] ?? 1, codes.highest));
      return { kind: 'uniform', bits, codes: clippedCodes(weights, scales, grid, codes), scales };
    },
  };
};
