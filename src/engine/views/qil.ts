import type { Values } from '../../experiment/parameter';
import { narrowRange } from '../../numerics/clipped-codes';
import { fittedScales, normalRange } from '../../numerics/fitted-scale';
import { qilCodes } from '../../numerics/qil';
import { scaleGrid } from '../../numerics/scale-grid';
import { arraysOf, type IntervalOptions, intervalArrays, intervalValues, keepInterval } from './interval';
import type { ViewFactory } from './view';

/**
 * Weights in learned intervals. They start as the uniform quantizer with the least error for normal weights. Jung et al. 2019
 * (arXiv 1808.05779). The twin is numerics/qil.
 */
export const qilView: ViewFactory<Values> = ({ values, stage, shape, latent, state }) => {
  const bits = Number(values.bits);
  const { highest } = narrowRange(bits);
  const [range = 0] = fittedScales(latent, scaleGrid(shape, 'tensor'), { statistic: 'rms', factor: normalRange(bits) });
  const arrays = intervalArrays(
    range,
    { rate: Number(values.quantizerRate), power: values.learnPower === true, alpha: values.layerScale as IntervalOptions['alpha'] },
    state,
  );
  return {
    kind: 'quantizer',
    stage,
    arrays: arraysOf(arrays),
    apply: (weights) => intervalValues(weights, arrays, highest),
    afterStep: () => keepInterval(arrays),
    materialize(weights, { centre, distance, power, alpha }) {
      const interval = { centre: centre?.[0] ?? 0, distance: distance?.[0] ?? 1, power: power?.[0] ?? 1 };
      const scales = Float32Array.of((alpha?.[0] ?? 1) / highest);
      return { kind: 'uniform', bits, codes: qilCodes(weights, interval, highest), scales };
    },
  };
};
