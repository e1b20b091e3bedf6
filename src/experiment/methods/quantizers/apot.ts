import type { Method } from '../../settings/setting';
import { quantizerRateSetting } from './learned';
import { bitsPhrase, bitsSetting } from './weight-settings';

/** Levels that are sums of powers of two, up to a learned clipping threshold. */
export const apot: Method = {
  id: 'apot',
  label: 'Additive powers of two (APoT)',
  help: 'Each level is a power of two or a sum of two, times one factor for the layer: a product needs two shifts and an addition. The largest level, α, clips the weights; it starts where the squared error is least and is trained with them.',
  formula:
    '\\hat w = \\alpha\\,\\Pi_Q\\!\\left(\\tfrac w\\alpha\\right),\\quad Q = \\gamma\\,\\Big\\{\\pm\\sum_i p_i\\Big\\},\\quad p_i \\in \\{0, 2^{-i}, 2^{-(i+n)}, \\dots\\},\\qquad \\frac{\\partial \\hat w}{\\partial \\alpha} := \\begin{cases} \\Pi_Q\\!\\left(\\tfrac w\\alpha\\right) - \\tfrac w\\alpha & |w| \\le \\alpha \\\\ \\operatorname{sign}(w) & |w| > \\alpha \\end{cases}',
  source: 'Li, Dong and Wang 2020, arXiv 1909.13144, equation 8',
  phrase: ({ bits }) => `${bitsPhrase(bits)}, per layer, additive powers of two`,
  settings: [
    bitsSetting({
      default: 4,
      min: 2,
      max: 5,
      help: 'With b bits there are 2^b − 1 levels: 0 and ±α with 2 bits, single powers of two with 3, sums of two with 4 and 5. Sums are closer together than single powers for large weights.',
    }),
    quantizerRateSetting,
  ],
};
