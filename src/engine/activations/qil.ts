import { narrowRange, unsignedRange } from '../../numerics/clipped-codes';
import { arraysOf, intervalArrays, intervalValues, keepInterval } from '../views/interval';
import type { ActivationFactory } from './activation-view';
import { observedSign } from './observed-sign';

/** Activations in learned intervals, with a learned scale. Jung et al. 2019 (arXiv 1808.05779). The twin is numerics/qil. */
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
