import type { Method } from '../parameter';
import { freezeParameter, gridParameters } from './annealed';
import { bitsParameter, bitsPhrase, granularityPhrase } from './common';

/** The mean of a weight and its stored value, with more and more of the latter. */
export const binaryRelax: Method = {
  id: 'binary-relax',
  label: 'BinaryRelax',
  help: 'Training sees a mean of each weight y and its stored value, with more and more of the stored one; the gradient at the mean updates y.',
  formula: 'x = \\frac{\\lambda\\,Q(y) + y}{\\lambda + 1},\\qquad y \\leftarrow y - \\eta\\,\\nabla f(x)',
  source: 'Yin et al. 2018, arXiv 1801.06313',
  phrase: (values) => `${bitsPhrase(values.bits)}, ${granularityPhrase(values)}, BinaryRelax`,
  parameters: [
    bitsParameter({ default: 2, min: 1, max: 8, help: 'Bits for each stored weight: 1 is ±α, 2 are three values, b are 2^b − 1.' }),
    {
      type: 'number',
      key: 'relaxFrom',
      short: 'relaxfrom',
      label: 'First λ',
      help: 'Weight of the stored value at the start of a training stage, the weight itself counting as 1.',
      default: 1,
      min: 0.01,
      max: 10_000,
      step: 0.01,
      scale: 'log',
    },
    {
      type: 'number',
      key: 'relaxTo',
      short: 'relaxto',
      label: 'Last λ',
      help: 'The same when the weights become hard, reached by equal factors.',
      default: 100,
      min: 0.01,
      max: 10_000,
      step: 0.01,
      scale: 'log',
    },
    freezeParameter,
    ...gridParameters,
  ],
};
