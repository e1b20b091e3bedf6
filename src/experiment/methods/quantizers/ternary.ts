import type { Method } from '../../settings/setting';
import { quantizerRateSetting } from './learned';
import { granularityPhrase, granularitySetting, groupChannelsSetting, groupSizeSetting } from './weight-settings';

/** Three values with a threshold from the mean magnitude. */
export const twn: Method = {
  id: 'twn',
  label: 'Ternary weights (TWN)',
  help: 'Weights below a threshold become 0, the others keep their sign and share one magnitude. The gradient passes straight through.',
  formula:
    '\\Delta = 0.7\\cdot\\tfrac1n\\sum|w|,\\qquad \\alpha = \\operatorname{mean}_{|w|>\\Delta}|w|,\\qquad \\hat w = \\alpha\\operatorname{sign}(w)\\,[|w|>\\Delta]',
  source: 'Li, Zhang and Liu 2016, arXiv 1605.04711',
  phrase: (values) => `three values, ${granularityPhrase(values)}, TWN`,
  settings: [
    granularitySetting,
    groupChannelsSetting,
    groupSizeSetting,
    {
      type: 'number',
      key: 'ternaryThreshold',
      short: 'delta',
      label: 'Threshold',
      help: 'Threshold Δ as a multiple of the mean magnitude. 0.7 is near the optimum for normal and for uniform weights; a larger value makes more zeros.',
      formula: '\\Delta / \\operatorname{mean}|w|',
      default: 0.7,
      min: 0,
      max: 3,
      step: 0.05,
      control: 'slider',
    },
  ],
};

/** Three values, two of them learned. */
export const ttq: Method = {
  id: 'ttq',
  label: 'Trained ternary (TTQ)',
  help: 'Weights become −Wn, 0 or Wp. The two levels of each layer are trained by the gradients of their weights.',
  formula:
    '\\hat w = \\begin{cases} W_p & w > \\Delta \\\\ 0 & |w| \\le \\Delta \\\\ -W_n & w < -\\Delta \\end{cases},\\quad \\Delta = t\\max|w|,\\qquad \\frac{\\partial L}{\\partial W_p} = \\sum_{w > \\Delta} \\frac{\\partial L}{\\partial \\hat w}',
  source: 'Zhu et al. 2017, arXiv 1612.01064, equations 6 to 9',
  phrase: () => 'three values, two of them learned, TTQ',
  settings: [
    {
      type: 'number',
      key: 'maxThreshold',
      short: 'tmax',
      label: 'Threshold t',
      help: 'Threshold Δ as a share of the largest magnitude. A larger value makes more zeros.',
      formula: '\\Delta / \\max|w|',
      default: 0.05,
      min: 0,
      max: 0.9,
      step: 0.01,
      control: 'slider',
    },
    {
      type: 'choice',
      key: 'levelStart',
      short: 'levels',
      label: 'Levels start at',
      help: 'Wp and Wn at the start of training.',
      default: 'mean',
      options: [
        { value: 'mean', label: 'the mean magnitudes', help: 'Closest to the weights on each side.' },
        { value: 'one', label: 'one', help: 'As in the authors’ code, for networks with batch norm.' },
      ],
    },
    quantizerRateSetting,
  ],
};
