import type { ChoiceSetting, Method, NumberSetting, Values } from '../../settings/setting';
import {
  bitsPhrase,
  bitsSetting,
  drawSetting,
  granularityPhrase,
  granularitySetting,
  groupChannelsSetting,
  groupSizeSetting,
  roundingSetting,
} from './weight-settings';

const scheme: ChoiceSetting = {
  type: 'choice',
  key: 'scheme',
  short: 'scheme',
  label: 'Scheme',
  help: 'Whether the codes are symmetric around 0.',
  formula:
    '\\hat w = s\\,(q - z),\\quad z = \\operatorname{clip}\\!\\left(\\operatorname{round}\\!\\left(q_{\\min} - \\tfrac{w_{\\min}}{s}\\right)\\right)',
  default: 'symmetric',
  options: [
    { value: 'symmetric', label: 'symmetric', help: 'The zero-point is 0. One bit has the values −s and s, and no 0.' },
    {
      value: 'asymmetric',
      label: 'asymmetric',
      help: 'From the smallest to the largest weight, with an integer zero-point z: 0 stays exact. Some texts use the opposite sign, −z.',
    },
  ],
};

const codeRange: ChoiceSetting = {
  type: 'choice',
  key: 'codeRange',
  short: 'codes',
  label: 'Codes',
  help: 'Which codes the bits encode.',
  default: 'narrow',
  advanced: true,
  options: [
    { value: 'narrow', label: 'narrow', help: 'The same number below 0 and above: 4 bits give −7 … 7.' },
    { value: 'full', label: 'full', help: 'One more code below 0: 4 bits give −8 … 7. Symmetric min-max scales never use that code.' },
    { value: 'unsigned', label: 'unsigned', help: '4 bits give 0 … 15. A symmetric quantizer then clips negative weights to 0.' },
  ],
};

const calibration: ChoiceSetting = {
  type: 'choice',
  key: 'calibration',
  short: 'calib',
  label: 'Range',
  help: 'Which weights are clipped: a smaller range has finer steps for the others.',
  default: 'min-max',
  options: [
    { value: 'min-max', label: 'min-max', help: 'None; the range follows the weights at every step.' },
    {
      value: 'moving-average',
      label: 'moving average',
      help: 'Weights beyond the moving averages of the extremes: 99 % old and 1 % new in each training step.',
    },
    { value: 'percentile', label: 'percentile', help: 'The largest magnitudes when the quantizer is installed; the range is then fixed.' },
    {
      value: 'mse',
      label: 'least squared error',
      help: 'The range with the least error when the quantizer is installed, then fixed.',
    },
    {
      value: 'entropy',
      label: 'entropy',
      help: 'The range that preserves most information (least KL divergence) when the quantizer is installed, then fixed.',
    },
  ],
};

const percentile: NumberSetting = {
  type: 'number',
  key: 'percentile',
  short: 'pct',
  label: 'Percentile',
  help: 'Share of the magnitudes within the range.',
  unit: '%',
  default: 99.9,
  min: 50,
  max: 100,
  step: 0.01,
  control: 'field',
  when: { key: 'calibration', is: ['percentile'] },
};

const surrogate: ChoiceSetting = {
  type: 'choice',
  key: 'surrogate',
  short: 'ste',
  label: 'Gradient',
  help: 'How much of the gradient the underlying weights get. The true gradient of rounding is 0.',
  default: 'straight-through',
  advanced: true,
  options: [
    { value: 'straight-through', label: 'straight-through', help: 'All of it.' },
    { value: 'clipped', label: 'clipped', help: 'All of it within the range, nothing outside.' },
    { value: 'none', label: 'true (zero)', help: 'Nothing: only biases learn. A control that shows why a surrogate is needed.' },
  ],
};

/** Uniform quantizer with a choice of scheme, granularity, range and surrogate gradient. */
export const ste: Method = {
  id: 'ste',
  label: 'Uniform, straight-through',
  help: 'Rounds each weight to a multiple of a scale. In training after it, the gradient ignores the rounding, and the underlying weights keep full precision.',
  formula:
    '\\text{symmetric, min-max},\\ b \\ge 2:\\qquad s = \\frac{\\max|w|}{2^{b-1}-1},\\qquad \\hat w = s\\cdot\\operatorname{round}\\!\\left(\\frac{w}{s}\\right),\\qquad \\frac{\\partial \\hat w}{\\partial w} := 1',
  phrase,
  source: 'Bengio, Léonard and Courville 2013, arXiv 1308.3432; Jacob et al. 2018, arXiv 1712.05877',
  settings: [
    {
      ...bitsSetting({
        default: 4,
        min: 1,
        max: 16,
        help: 'Bits for each stored weight. 2 bits give −s, 0 and s; 4 bits give 15 values; 1 bit gives −s and s, and no 0.',
      }),
      formula: '2^b - 1 \\text{ values with narrow codes and } b \\ge 2,\\quad \\text{else } 2^b',
    },
    granularitySetting,
    groupChannelsSetting,
    groupSizeSetting,
    scheme,
    calibration,
    percentile,
    codeRange,
    roundingSetting,
    drawSetting,
    surrogate,
  ],
};

const gradients: Readonly<Record<string, string>> = {
  'straight-through': 'straight-through',
  clipped: 'clipped straight-through',
  none: 'no gradient',
};

function phrase(values: Values): string {
  const { bits, scheme, calibration, surrogate = 'straight-through' } = values;
  const words = [
    bitsPhrase(bits),
    granularityPhrase(values),
    ...(scheme === 'asymmetric' ? ['asymmetric'] : []),
    ...(calibration && calibration !== 'min-max'
      ? [`${calibration === 'mse' ? 'least error' : String(calibration).replace('-', ' ')} range`]
      : []),
    gradients[String(surrogate)] ?? '',
  ];
  return words.join(', ');
}
