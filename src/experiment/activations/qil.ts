import type { Method } from '../parameter';
import { actBitsParameter, actPhrase, actRateParameter } from './common';

/** A learned interval for each layer's input. */
export const qilActivations: Method = {
  id: 'qil',
  label: 'Learned interval (QIL)',
  help: 'Activations below c − d become 0, above c + d the largest value α; the ends are trained, and α too, where the paper has 1. It starts at 0 to twice the mean magnitude times √(2^b − 1).',
  formula:
    '\\hat x = \\frac{\\alpha}{n} \\operatorname{round}\\!\\left(n \\operatorname{clip}\\!\\left(\\frac{x - c}{2d} + \\tfrac12,\\, 0,\\, 1\\right)\\right),\\quad n = 2^b-1',
  source: 'Jung et al. 2019, arXiv 1808.05779, equations 1 to 3',
  phrase: (values) => actPhrase(values, 'QIL'),
  parameters: [actBitsParameter({ default: 4, min: 2 }), actRateParameter(1)],
};
