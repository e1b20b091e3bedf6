import type { Method } from '../../settings/setting';
import { gridSettings } from './annealed';
import { bitsPhrase, bitsSetting, granularityPhrase } from './weight-settings';

/** A sinusoidal penalty with its minima on the grid, and a learned number of bits. */
export const waveq: Method = {
  id: 'waveq',
  label: 'WaveQ (sinusoidal penalty)',
  help: 'Training uses full-precision weights and a wave-shaped penalty with valleys at the stored values. The wavelength, and so the bits of each layer, can be learned. The range c, the largest stored value, follows the weights.',
  formula:
    'R = \\lambda \\sum_j \\frac{\\sin^2\\!\\big(\\pi\\,\\tfrac{w_j}{c}\\,(2^{\\beta}-1)\\big)}{2^{\\beta}} + \\lambda_\\beta\\,\\beta,\\qquad b = \\lceil\\beta\\rceil + 1',
  source: 'Elthakeb et al. 2020, arXiv 2003.00146; β there excludes the sign',
  phrase: (values) => `${values.learnBits ? 'learned bits' : bitsPhrase(values.bits)}, ${granularityPhrase(values)}, WaveQ`,
  settings: [
    bitsSetting({
      default: 4,
      min: 2,
      max: 8,
      help: 'Bits for each stored weight, including its sign; if bits are learned, the number to start from.',
    }),
    {
      type: 'number',
      key: 'waveStrength',
      short: 'wave',
      label: 'Strength',
      help: 'Factor λ of the penalty at the end of a training stage.',
      default: 0.03,
      min: 0,
      max: 1,
      step: 0.0001,
    },
    {
      type: 'number',
      key: 'waveStart',
      short: 'wavestart',
      label: 'Strength grows from',
      help: 'Share of the training stage without the penalty, which then grows linearly.',
      default: 0.2,
      min: 0,
      max: 0.95,
      step: 0.05,
    },
    {
      type: 'flag',
      key: 'learnBits',
      short: 'learnbits',
      label: 'Learn the bits',
      help: 'A real number of bits for each layer, trained with the weights in the first half of the stage, then rounded up and fixed.',
      default: false,
    },
    {
      type: 'number',
      key: 'bitStrength',
      short: 'bitcost',
      label: 'Cost of a bit',
      help: 'Factor λ_β of the penalty on the number of bits.',
      default: 0.01,
      min: 0,
      max: 1,
      step: 0.001,
      when: { key: 'learnBits', is: [true] },
    },
    {
      type: 'number',
      key: 'bitRate',
      short: 'bitrate',
      label: 'Rate of the bits',
      help: 'How fast the bits are learned, times the learning rate.',
      default: 1,
      min: 0.01,
      max: 100,
      step: 0.01,
      scale: 'log',
      advanced: true,
      when: { key: 'learnBits', is: [true] },
    },
    ...gridSettings,
  ],
};
