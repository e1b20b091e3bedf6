import type { Method } from '../../settings/setting';
import { bitsPhrase, bitsSetting, granularityPhrase, granularitySetting, groupChannelsSetting, groupSizeSetting } from './weight-settings';

/** Sums of a learned basis. */
export const lqNets: Method = {
  id: 'lq-nets',
  label: 'LQ-Nets',
  help: 'Each bit of a code adds or subtracts a learned number. The numbers are fitted by least squares in every training step; products with them still need only bit operations.',
  formula: '\\hat w = \\sum_{j=1}^{K} \\pm v_j,\\qquad v \\leftarrow 0.9\\,v + 0.1\\,(B^\\top B)^{-1}B^\\top w',
  source: 'Zhang et al. 2018, arXiv 1807.10029',
  phrase: (values) => `${bitsPhrase(values.bits)}, ${granularityPhrase(values)}, LQ-Nets`,
  settings: [
    bitsSetting({ default: 2, min: 1, max: 4, help: 'Numbers in the basis, one for each bit.' }),
    { ...granularitySetting, label: 'Share one basis per', default: 'channel' },
    groupChannelsSetting,
    groupSizeSetting,
  ],
};

/** Subset sums of a learned basis. */
export const lqNetsActivations: Method = {
  id: 'lq-nets',
  label: 'LQ-Nets',
  help: 'Each bit of a code adds a learned number or does not; the numbers are fitted by least squares in every training step. The gradient passes below the largest level. Negative inputs, as in the first layer, become 0.',
  formula: '\\hat x = \\sum_{j=1}^{K} b_j v_j,\\quad b_j\\in\\{0,1\\},\\qquad v \\leftarrow 0.9\\,v + 0.1\\,(B^\\top B)^{-1}B^\\top x',
  source: 'Zhang et al. 2018, arXiv 1807.10029',
  phrase: ({ actBits }) => `${actBits === 1 ? '1 bit' : `${actBits} bits`}, LQ-Nets`,
  settings: [
    {
      type: 'number',
      key: 'actBits',
      short: 'abits',
      label: 'Bits',
      help: 'Numbers in the basis of each layer’s input, one for each bit.',
      unit: 'bits',
      default: 2,
      min: 1,
      max: 4,
      step: 1,
      integer: true,
      control: 'slider',
    },
  ],
};
