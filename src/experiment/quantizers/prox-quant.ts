import type { Method } from '../parameter';
import { freezeParameter, gridParameters } from './annealed';
import { bitsParameter, bitsPhrase, granularityPhrase } from './common';

/** A proximal step towards the stored values after every update. */
export const proxQuant: Method = {
  id: 'prox-quant',
  label: 'ProxQuant',
  help: 'Training sees the weights as they are. After each update a proximal step moves them towards their stored values, by more and more; at last they are there.',
  formula:
    'b=1:\\; w \\leftarrow \\operatorname{sign}(w)\\,\\alpha\\left(1 + \\operatorname{sign}(v-1)\\max(|v-1|-\\lambda,0)\\right),\\; v=\\tfrac{|w|}{\\alpha};\\qquad b\\ge 2:\\; w \\leftarrow \\frac{w + \\lambda\\,Q(w)}{1+\\lambda};\\qquad \\lambda = \\eta\\,\\lambda_0\\,\\frac{t}{T}',
  source: 'Bai, Wang and Liberty 2019, arXiv 1810.00861',
  phrase: (values) => `${bitsPhrase(values.bits)}, ${granularityPhrase(values)}, ProxQuant`,
  parameters: [
    bitsParameter({ default: 2, min: 1, max: 8, help: 'Bits for each stored weight: 1 is ±α, 2 are three values, b are 2^b − 1.' }),
    {
      type: 'number',
      key: 'proxRate',
      short: 'prox',
      label: 'Strength',
      help: 'Factor λ₀: times the learning rate and the share of the stage that has passed, it is the strength of one proximal step.',
      default: 3,
      min: 0,
      max: 10_000,
      step: 0.1,
    },
    freezeParameter,
    ...gridParameters,
  ],
};
