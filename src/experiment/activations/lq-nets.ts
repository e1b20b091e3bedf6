import type { Method } from '../parameter';

/** Subset sums of a learned basis. */
export const lqNetsActivations: Method = {
  id: 'lq-nets',
  label: 'LQ-Nets',
  help: 'Each bit of a code adds a learned number or does not; the numbers are fitted by least squares in every training step. The gradient passes below the largest level. Negative inputs, as those of the first layer, become 0.',
  formula: '\\hat x = \\sum_{j=1}^{K} b_j v_j,\\quad b_j\\in\\{0,1\\},\\qquad v \\leftarrow 0.9\\,v + 0.1\\,(B^\\top B)^{-1}B^\\top x',
  source: 'Zhang et al. 2018, arXiv 1807.10029',
  phrase: ({ actBits }) => `${actBits === 1 ? '1 bit' : `${actBits} bits`}, LQ-Nets`,
  parameters: [
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
