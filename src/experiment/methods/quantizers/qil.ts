import type { Method } from '../../settings/setting';
import { actBitsSetting, actPhrase, actRateSetting } from './activation-settings';
import { layerScalePhrase, layerScaleSetting, quantizerRateSetting } from './learned';
import { bitsPhrase, bitsSetting } from './weight-settings';

/** Learned intervals: small weights are pruned, large ones clipped, both limits trained. */
export const qil: Method = {
  id: 'qil',
  label: 'Learned interval (QIL)',
  help: 'Magnitudes below c − d become 0, above c + d the largest value, and those between are rounded. Both ends are trained with the weights.',
  formula:
    '\\hat w = \\alpha \\operatorname{sign}(w)\\, \\tfrac1n \\operatorname{round}\\!\\left(n\\, z^{\\gamma}\\right),\\quad z = \\operatorname{clip}\\!\\left(\\frac{|w| - c}{2d} + \\tfrac12,\\, 0,\\, 1\\right),\\quad n = 2^{b-1}-1',
  source: 'Jung et al. 2019, arXiv 1808.05779, equations 1 to 3',
  phrase: (values) => `${bitsPhrase(values.bits)}, QIL${layerScalePhrase(values)}`,
  settings: [
    bitsSetting({ default: 4, min: 2, max: 8, help: 'Bits for each stored weight: 2^b − 1 values, 0 among them.' }),
    {
      ...layerScaleSetting,
      default: 'learned',
      help: 'The paper’s values lie between −1 and 1; batch norm compensates. Here α starts as c + d.',
    },
    {
      type: 'flag',
      key: 'learnPower',
      short: 'power',
      label: 'Learn the power',
      help: 'Also trains γ, which starts at 1. It makes the values denser near one end of the interval.',
      default: true,
      advanced: true,
    },
    quantizerRateSetting,
  ],
};

/** A learned interval for each layer's input. */
export const qilActivations: Method = {
  id: 'qil',
  label: 'Learned interval (QIL)',
  help: 'Activations below c − d become 0, above c + d the largest value α. The ends are trained, and so is α, which is 1 in the paper. The interval starts from 0 to twice the mean magnitude times √(2^b − 1).',
  formula:
    '\\hat x = \\frac{\\alpha}{n} \\operatorname{round}\\!\\left(n \\operatorname{clip}\\!\\left(\\frac{x - c}{2d} + \\tfrac12,\\, 0,\\, 1\\right)\\right),\\quad n = 2^b-1',
  source: 'Jung et al. 2019, arXiv 1808.05779, equations 1 to 3',
  phrase: (values) => actPhrase(values, 'QIL'),
  settings: [actBitsSetting({ default: 4, min: 2 }), actRateSetting(1)],
};
