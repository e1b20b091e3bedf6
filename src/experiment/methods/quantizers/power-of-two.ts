import type { Method } from '../../settings/setting';
import { bitsPhrase, bitsSetting } from './weight-settings';

/** Levels that are powers: products become shifts. */
export const powerOfTwo: Method = {
  id: 'power-of-two',
  label: 'Powers of two',
  help: 'Stores 0 and positive and negative powers of the base; with base 2 a product is a shift. Small weights get fine levels, large weights coarse levels. The gradient passes straight through.',
  formula: '\\hat w \\in \\{0\\}\\cup\\{\\pm\\beta^{e} : e_{\\max} - (2^{b-1}-2) \\le e \\le e_{\\max}\\}',
  source: 'Zhou et al. 2017, arXiv 1702.03044; Miyashita, Lee and Murmann 2016, arXiv 1603.01025',
  phrase: ({ bits, base }) => `${bitsPhrase(bits)}, per layer, powers of ${baseNames[String(base)] ?? base}`,
  settings: [
    bitsSetting({
      default: 4,
      min: 2,
      max: 6,
      help: 'With b bits: 0 and 2^(b−1) − 1 powers of either sign, from the power nearest to the largest weight down.',
    }),
    {
      type: 'choice',
      key: 'base',
      short: 'base',
      label: 'Base',
      help: 'Ratio of neighbouring levels. Finer bases are logarithmic quantizers: closer levels, a smaller range.',
      formula: '\\beta',
      default: 'two',
      options: [
        { value: 'two', label: '2' },
        { value: 'root-two', label: '√2' },
        { value: 'fourth-root', label: '⁴√2' },
      ],
    },
    {
      type: 'choice',
      key: 'nearest',
      short: 'near',
      label: 'Nearest by',
      help: 'Where rounding changes from one level to the next.',
      default: 'value',
      advanced: true,
      options: [
        { value: 'value', label: 'value', help: 'Halfway between levels: least error.' },
        { value: 'exponent', label: 'exponent', help: 'At the geometric mean: the logarithm is rounded.' },
      ],
    },
  ],
};

const baseNames: Readonly<Record<string, string>> = { two: '2', 'root-two': '√2', 'fourth-root': '⁴√2' };
