import type { Method } from '../parameter';
import { drawParameter } from './common';
import { numberFormatParameters, numberFormatPhrase, roundingPhrase } from './number-formats';

/** Weights in a small number format. */
export const format: Method = {
  id: 'format',
  label: 'Number format',
  help: 'Rounds each weight to a number of a small floating-point or fixed-point format.',
  formula: 'x = (-1)^s\\,2^{e-\\text{bias}}\\,(1.m)',
  source: 'Micikevicius et al. 2022, arXiv 2209.05433; Rouhani et al. 2023, arXiv 2310.10537; Gupta et al. 2015, arXiv 1502.02551',
  phrase: (values) => `${numberFormatPhrase(values, '')}${values.updates === 'format' ? ', updates too' : ''}${roundingPhrase(values, '')}`,
  parameters: [
    ...numberFormatParameters('', 'e4m3fn'),
    drawParameter,
    {
      type: 'choice',
      key: 'updates',
      short: 'updates',
      label: 'Updates',
      help: 'Whether training keeps full-precision weights under the rounded ones.',
      default: 'float32',
      options: [
        { value: 'float32', label: 'in float32', help: 'Small steps add up in the weights underneath.' },
        {
          value: 'format',
          label: 'in the format',
          help: 'Every updated weight is rounded: to nearest, a step below half a unit is lost for ever.',
        },
      ],
    },
  ],
};
