import type { Values } from '../../../experiment/settings/setting';
import { qilCodes } from '../../../numerics/quantizers/qil';
import { narrowRange, unsignedRange } from '../../../numerics/scales/clipped-codes';
import { fittedScales, normalRange } from '../../../numerics/scales/fitted-scale';
import { scaleGrid } from '../../../numerics/scales/scale-grid';
import { type ActivationFactory, observedSign } from '../activation-quantizer';
import type { ParametrizationFactory } from '../parametrization';
import { arraysOf, type IntervalOptions, intervalArrays, intervalValues, keepInterval } from './interval';

/**
 * Weights in learned intervals. They start as the uniform quantizer with the least error for normal weights. Jung et al. 2019
 * (arXiv 1808.05779). The twin is numerics/quantizers/qil.
 */
export const qilParametrization: ParametrizationFactory<Values> = ({ values, stage, shape, latent, state }) => {
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

/** Activations in learned intervals, with a learned scale. Jung et al. 2019 (arXiv 1808.05779). The twin is numerics/quantizers/qil. */
export const qilActivation: ActivationFactory = ({ values, stage, observed, state }) => {
  const { signed, array } = observedSign(observed, state);
  const { highest } = signed ? narrowRange(Number(values.actBits)) : unsignedRange(Number(values.actBits));
  const range = 2 * observed.meanMagnitude * Math.sqrt(highest);
  const arrays = intervalArrays(range, { rate: Number(values.actRate), power: false, alpha: 'learned' }, state);
  return {
    stage,
    arrays: [...arraysOf(arrays), array],
    apply: (x) => intervalValues(x, arrays, highest, signed),
    afterStep: () => keepInterval(arrays),
    stored: ({ centre, distance, alpha }) => Float32Array.from([centre, distance, alpha].flatMap((numbers) => [...(numbers ?? [])])),
  };
};
