import type { Method } from '../../settings/setting';
import { gridSettings } from './annealed';
import { bitsPhrase, bitsSetting, granularityPhrase } from './weight-settings';

/** Differentiable soft quantization: a tanh staircase of 2^b values in a learned range. */
export const dsq: Method = {
  id: 'dsq',
  label: 'DSQ',
  help: 'Differentiable soft quantization: 2^b values, none of them 0, joined by pieces of tanh that get steeper while the range is learned.',
  formula:
    '\\hat w = -c + D\\left(i + \\frac{\\varphi + 1}{2}\\right),\\qquad \\varphi = \\frac{\\tanh(k\\,(w - m_i))}{1-\\alpha},\\quad k = \\frac{1}{D}\\ln\\!\\left(\\frac{2}{\\alpha} - 1\\right),\\quad D = \\frac{2c}{2^b - 1}',
  source: 'Gong et al. 2019, arXiv 1908.05033',
  phrase: (values) => `${bitsPhrase(values.bits)}, ${granularityPhrase(values)}, DSQ`,
  settings: [
    bitsSetting({ default: 4, min: 1, max: 8, help: 'Bits for each stored weight: 2^b values, evenly spaced from −c to c.' }),
    {
      type: 'number',
      key: 'alphaFrom',
      short: 'alphafrom',
      label: 'First α',
      help: 'How far the pieces of tanh are from true steps at the start of a training stage. Near 1 they are straight lines.',
      default: 0.4,
      min: 0.001,
      max: 0.9,
      step: 0.001,
      scale: 'log',
    },
    {
      type: 'number',
      key: 'alphaTo',
      short: 'alphato',
      label: 'Last α',
      help: 'The same at its end; α falls exponentially. At 0 this would be the hard quantizer.',
      default: 0.001,
      min: 1e-6,
      max: 0.9,
      step: 0.001,
      scale: 'log',
    },
    {
      type: 'flag',
      key: 'learnRange',
      short: 'learnrange',
      label: 'Learn the range',
      help: 'The range c is trained with the weights, by its true gradient; otherwise it follows the weights.',
      default: true,
    },
    {
      type: 'number',
      key: 'rangeRate',
      short: 'rangerate',
      label: 'Rate of the range',
      help: 'How fast the range is learned, times the learning rate.',
      default: 0.1,
      min: 0.001,
      max: 10,
      step: 0.001,
      scale: 'log',
      advanced: true,
      when: { key: 'learnRange', is: [true] },
    },
    ...gridSettings,
  ],
};
