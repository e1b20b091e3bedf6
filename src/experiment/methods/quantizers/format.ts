import type { Method } from '../../settings/setting';
import { numberFormatPhrase, numberFormatSettings, roundedFormula, roundingPhrase } from './number-formats';
import { drawSetting } from './weight-settings';

/** Weights in a small number format. */
export const format: Method = {
  id: 'format',
  label: 'Number format',
  help: 'Rounds each weight to a number of a small floating-point or fixed-point format.',
  formula: 'x = (-1)^s\\,2^{e-\\text{bias}}\\,(1.m)',
  source: 'Micikevicius et al. 2022, arXiv 2209.05433; Rouhani et al. 2023, arXiv 2310.10537; Gupta et al. 2015, arXiv 1502.02551',
  phrase: (values) => `${numberFormatPhrase(values, '')}${values.updates === 'format' ? ', updates too' : ''}${roundingPhrase(values, '')}`,
  settings: [
    ...numberFormatSettings('', 'e4m3fn'),
    drawSetting,
    {
      type: 'choice',
      key: 'updates',
      short: 'updates',
      label: 'Updates',
      help: 'Whether training updates underlying full-precision weights or the rounded weights.',
      default: 'float32',
      options: [
        { value: 'float32', label: 'in float32', help: 'Small steps add up in the underlying weights.' },
        {
          value: 'format',
          label: 'in the format',
          help: 'Every updated weight is rounded. With rounding to nearest, steps below half a unit are lost.',
        },
      ],
    },
  ],
};

/** Activations in a small number format. */
export const formatActivations: Method = {
  id: 'format',
  label: 'Number format',
  help: 'Rounds each activation to a number of a small format; its gradient passes straight through. MX blocks lie along the channels.',
  formula: roundedFormula('\\hat x', 'x'),
  source: 'Micikevicius et al. 2022, arXiv 2209.05433; Gupta et al. 2015, arXiv 1502.02551',
  phrase: (values) => `${numberFormatPhrase(values, 'act')}${roundingPhrase(values, 'act')}`,
  settings: numberFormatSettings('act', 'e4m3fn'),
};

/** Gradients in a small number format. */
export const formatGradients: Method = {
  id: 'format',
  label: 'Number format',
  help: 'Rounds the gradient at the output of each dense and convolutional layer to a number of a small format.',
  formula: roundedFormula('\\tilde g', 'g'),
  source: 'Micikevicius et al. 2018, arXiv 1710.03740; Gupta et al. 2015, arXiv 1502.02551',
  phrase: (values) => `${numberFormatPhrase(values, 'grad')}${roundingPhrase(values, 'grad')}`,
  settings: [
    ...numberFormatSettings('grad', 'e5m2'),
    {
      type: 'number',
      key: 'gradScale',
      short: 'gscale',
      label: 'Loss scaling',
      help: 'Gradients are multiplied by this factor before rounding and divided by it afterwards. Without it, small gradients become 0. The batch size as factor gives the gradients of single images.',
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
