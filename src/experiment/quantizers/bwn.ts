import type { Method } from '../parameter';
import { granularityParameter, granularityPhrase, groupChannelsParameter, groupSizeParameter } from './common';

/** One bit a weight and a scale for each filter. */
export const bwn: Method = {
  id: 'bwn',
  label: 'Binary weights (XNOR-Net)',
  help: 'The sign of each weight times the mean magnitude of its filter: the nearest that two values can be. With sign activations it is XNOR-Net.',
  formula:
    '\\alpha = \\tfrac1n\\sum|w|,\\qquad \\hat w = \\alpha\\operatorname{sign}(w),\\qquad \\frac{\\partial L}{\\partial w} := \\frac{\\partial L}{\\partial \\hat w}\\left(\\tfrac1n + \\alpha\\,[|w|<1]\\right)',
  source: 'Rastegari et al. 2016, arXiv 1603.05279, sections 3.1 and 3.2',
  phrase: (values) => `1 bit, ${granularityPhrase(values)}, binary weights`,
  parameters: [
    { ...granularityParameter, default: 'channel' },
    groupChannelsParameter,
    groupSizeParameter,
    {
      type: 'choice',
      key: 'estimator',
      short: 'est',
      label: 'Gradient',
      help: 'What stands in for the gradient of the sign.',
      default: 'paper',
      advanced: true,
      options: [
        { value: 'paper', label: 'XNOR-Net’s', help: 'Scaled by 1/n + α, and by 1/n alone outside ±1.' },
        { value: 'identity', label: 'straight-through', help: 'The gradient as it comes.' },
      ],
    },
  ],
};
