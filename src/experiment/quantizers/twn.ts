import type { Method } from '../parameter';
import { granularityParameter, granularityPhrase, groupChannelsParameter, groupSizeParameter } from './common';

/** Three values with a threshold from the mean magnitude. */
export const twn: Method = {
  id: 'twn',
  label: 'Ternary weights (TWN)',
  help: 'Weights below a threshold become 0, the others keep their sign and share one magnitude. The gradient passes straight through.',
  formula:
    '\\Delta = 0.7\\cdot\\tfrac1n\\sum|w|,\\qquad \\alpha = \\operatorname{mean}_{|w|>\\Delta}|w|,\\qquad \\hat w = \\alpha\\operatorname{sign}(w)\\,[|w|>\\Delta]',
  source: 'Li, Zhang and Liu 2016, arXiv 1605.04711',
  phrase: (values) => `three values, ${granularityPhrase(values)}, TWN`,
  parameters: [
    granularityParameter,
    groupChannelsParameter,
    groupSizeParameter,
    {
      type: 'number',
      key: 'ternaryThreshold',
      short: 'delta',
      label: 'Threshold',
      help: 'Threshold Δ as a multiple of the mean magnitude. 0.7 is near the best for normal and for uniform weights; more makes more zeros.',
      formula: '\\Delta / \\operatorname{mean}|w|',
      default: 0.7,
      min: 0,
      max: 3,
      step: 0.05,
      control: 'slider',
    },
  ],
};
