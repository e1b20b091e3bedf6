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
  label: 'Zero-point',
  help: 'Symmetric: code 0 stands for the weight 0. Asymmetric: a code z, the zero-point, does.',
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

/** The codes of so many bits, without the lowest `left`. */
function codes(left: number): (values: Values) => string {
  return ({ bits }) => {
    const name = left > 0 ? 'narrow' : 'full';
    const half = 2 ** (Number(bits) - 1);
    return half > 1 ? `−${half - left} … ${half - 1} (${name})` : name;
  };
}

const codeRange: ChoiceSetting = {
  type: 'choice',
  key: 'codeRange',
  short: 'codes',
  label: 'Codes',
  help: 'Which codes the bits encode.',
  default: 'narrow',
  advanced: true,
  options: [
    { value: 'narrow', label: 'narrow', labelFor: codes(1), help: 'As many codes below 0 as above: 4 bits give −7 … 7.' },
    {
      value: 'full',
      label: 'full',
      labelFor: codes(0),
      help: 'One more code below 0: 4 bits give −8 … 7. Symmetric min-max scales never use that code.',
    },
    {
      value: 'unsigned',
      label: 'unsigned',
      labelFor: ({ bits }) => `0 … ${2 ** Number(bits) - 1} (unsigned)`,
      help: '4 bits give 0 … 15. A symmetric quantizer then clips negative weights to 0.',
    },
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
      label: 'KL divergence (entropy)',
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
  help: 'The gradient that the float32 weights behind the rounding receive. The true gradient of rounding is 0.',
  default: 'straight-through',
  advanced: true,
  options: [
    { value: 'straight-through', label: 'straight-through (STE)', help: 'The whole gradient, as if nothing were rounded.' },
    { value: 'clipped', label: 'clipped STE', help: 'The whole gradient within the range, 0 outside.' },
    {
      value: 'none',
      label: 'true gradient (zero)',
      help: 'Always 0: only biases learn. A control that shows why a surrogate gradient is needed.',
    },
  ],
};

/** Uniform quantizer with a choice of scheme, granularity, range and surrogate gradient. */
export const ste: Method = {
  id: 'ste',
  label: 'Uniform with straight-through estimator (STE)',
  help: 'Rounds each weight to a multiple of a scale. In later training the gradient ignores the rounding, and updates float32 weights behind it.',
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
  'straight-through': 'STE',
  clipped: 'clipped STE',
  none: 'true gradient (zero)',
};

const ranges: Readonly<Record<string, string>> = { mse: 'least error', entropy: 'KL divergence' };

function phrase(values: Values): string {
  const { bits, scheme, calibration, surrogate = 'straight-through' } = values;
  const words = [
    bitsPhrase(bits),
    granularityPhrase(values),
    ...(scheme === 'asymmetric' ? ['asymmetric'] : []),
    ...(calibration && calibration !== 'min-max' ? [`${ranges[String(calibration)] ?? String(calibration).replace('-', ' ')} range`] : []),
    gradients[String(surrogate)] ?? '',
  ];
  return words.join(', ');
}
