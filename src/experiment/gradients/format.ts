import type { Method } from '../parameter';
import { numberFormatParameters, numberFormatPhrase, roundedFormula, roundingPhrase } from '../quantizers/number-formats';

export const format: Method = {
  id: 'format',
  label: 'Number format',
  help: 'Rounds the gradient at the output of each dense and convolutional layer to a number of a small format.',
  formula: roundedFormula('\\tilde g', 'g'),
  source: 'Micikevicius et al. 2018, arXiv 1710.03740; Gupta et al. 2015, arXiv 1502.02551',
  phrase: (values) => `${numberFormatPhrase(values, 'grad')}${roundingPhrase(values, 'grad')}`,
  parameters: [
    ...numberFormatParameters('grad', 'e5m2'),
    {
      type: 'number',
      key: 'gradScale',
      short: 'gscale',
      label: 'Loss scaling',
      help: 'Gradients are multiplied by this before they are rounded, and divided by it behind: else small ones vanish. The batch size makes them those of single images.',
      formula: '\\tilde g = \\tfrac1c \\operatorname{round}(c\\,g)',
      default: 1,
      min: 1,
      max: 65_536,
      step: 1,
      integer: true,
      control: 'field',
    },
  ],
};
