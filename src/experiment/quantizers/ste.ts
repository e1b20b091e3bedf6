import type { Method } from '../parameter';
import { bitsPhrase } from './common';

/** Uniform symmetric quantizer, one scale per tensor, trained with the straight-through estimator. */
export const ste: Method = {
  id: 'ste',
  label: 'Straight-through',
  help: 'Rounds each weight to a multiple of one scale per tensor. When training follows, the gradient passes through the rounding as if it were not there, and the weights under it keep full precision.',
  formula:
    's = \\frac{\\max|w|}{2^{b-1}-1},\\qquad \\hat w = s\\cdot\\operatorname{round}\\!\\left(\\frac{w}{s}\\right),\\qquad \\frac{\\partial \\hat w}{\\partial w} := 1',
  phrase: ({ bits }) => `${bitsPhrase(bits)}, per tensor, straight-through`,
  source: 'Bengio, Léonard and Courville 2013, arXiv 1308.3432; Jacob et al. 2018, arXiv 1712.05877',
  parameters: [
    {
      type: 'number',
      key: 'bits',
      short: 'bits',
      label: 'Bits',
      help: 'Bits for each stored weight. b bits give 2^b − 1 values, the same on both sides of zero: 2 bits give −s, 0 and s; 4 bits give 15 values.',
      formula: '2^b - 1 \\text{ values}',
      unit: 'bits',
      default: 4,
      min: 2,
      max: 8,
      step: 1,
      integer: true,
      control: 'slider',
    },
  ],
};
