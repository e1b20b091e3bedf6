import type { Method } from '../../settings/setting';
import { granularityPhrase, granularitySetting, groupChannelsSetting, groupSizeSetting } from './weight-settings';

/** One bit a weight and a scale for each filter. */
export const bwn: Method = {
  id: 'bwn',
  label: 'Binary weights (XNOR-Net)',
  help: 'The sign of each weight times the mean magnitude of its filter: the nearest that two values can be. With sign activations it is XNOR-Net.',
  formula:
    '\\alpha = \\tfrac1n\\sum|w|,\\qquad \\hat w = \\alpha\\operatorname{sign}(w),\\qquad \\frac{\\partial L}{\\partial w} := \\frac{\\partial L}{\\partial \\hat w}\\left(\\tfrac1n + \\alpha\\,[|w|<1]\\right)',
  source: 'Rastegari et al. 2016, arXiv 1603.05279, sections 3.1 and 3.2',
  phrase: (values) => `1 bit, ${granularityPhrase(values)}, binary weights`,
  settings: [
    { ...granularitySetting, default: 'channel' },
    groupChannelsSetting,
    groupSizeSetting,
    {
      type: 'choice',
      key: 'estimator',
      short: 'est',
      label: 'Gradient',
      help: 'What stands in for the gradient of the sign.',
      default: 'paper',
      advanced: true,
      options: [
        { value: 'paper', label: 'XNOR-Net’s', help: 'Scaled by 1/n + α, and by 1/n alone outside ±1.' },
        { value: 'identity', label: 'straight-through', help: 'The gradient as it comes.' },
      ],
    },
  ],
};

/** One bit a weight, its sign certain or drawn anew in every step. */
export const binaryConnect: Method = {
  id: 'binary-connect',
  label: 'BinaryConnect',
  help: 'Every step multiplies by weights that are −H or H; the gradient for them updates the real weights below, which are kept within ±H. The stochastic form needs the hard sigmoid p, which lectures sometimes print as clip(w, 0, 1): then a negative weight could never become H. Its activations stay real; binary ones make another method of it, BNN.',
  formula:
    'p = \\operatorname{clip}\\!\\left(\\tfrac{w/H+1}{2},0,1\\right),\\qquad \\hat w = \\begin{cases}+H & \\text{if } w\\ge 0 \\;\\text{(stochastic: with probability } p)\\\\ -H & \\text{else}\\end{cases}',
  source: 'Courbariaux, Bengio and David 2015, arXiv 1511.00363',
  phrase: ({ binarize }) => `1 bit, BinaryConnect, ${binarize}`,
  settings: [
    {
      type: 'choice',
      key: 'binarize',
      short: 'bin',
      label: 'Signs',
      help: 'How a real weight becomes one of two.',
      default: 'deterministic',
      options: [
        { value: 'deterministic', label: 'deterministic', help: 'The sign of the weight.' },
        { value: 'stochastic', label: 'stochastic', help: 'Drawn in every step, right on average: it regularizes.' },
      ],
    },
    {
      type: 'choice',
      key: 'limit',
      short: 'lim',
      label: 'Limit H',
      help: 'The size of every weight. With batch norm behind each layer both limits train alike.',
      formula: 'H = \\sqrt{\\tfrac{1.5}{n_\\text{in}+n_\\text{out}}}',
      default: 'glorot',
      options: [
        { value: 'glorot', label: 'by layer', help: 'From the numbers of inputs and outputs, so that no batch norm is needed.' },
        { value: 'one', label: '1', help: 'As in the paper’s experiments.' },
      ],
    },
    {
      type: 'choice',
      key: 'stored',
      short: 'stored',
      label: 'Stored',
      help: 'What the file holds and the test images see.',
      default: 'paper',
      advanced: true,
      options: [
        { value: 'paper', label: 'as in the paper', help: 'Deterministic: signs. Stochastic: the real weights.' },
        { value: 'signs', label: 'signs', help: 'One bit for each weight.' },
        { value: 'real', label: 'real weights', help: 'float32: binarization only served as a regularizer.' },
      ],
    },
    {
      type: 'flag',
      key: 'spread',
      short: 'spread',
      label: 'Spread at the start',
      help: 'Multiplies each layer’s weights so that they are as wide as numbers uniform in ±H, with which the paper begins.',
      default: true,
      advanced: true,
    },
    {
      type: 'flag',
      key: 'scaleUpdates',
      short: 'scaled',
      label: 'Scale updates',
      help: 'Multiplies the learning rate by H over the layer’s own limit, as the authors’ program does: with H = 1 updates grow as 1/√(1.5/(inputs + outputs)).',
      default: true,
      advanced: true,
    },
  ],
};

/** One bit an activation and a scale for each image. */
export const sign: Method = {
  id: 'sign',
  label: 'Sign (XNOR-Net)',
  help: 'The sign of each input times the mean magnitude of its image, where the paper has one for each place of the filter. What is not above 0 counts as negative, so that silent ReLU units differ from active ones. The gradient passes where |x| ≤ 1.',
  formula:
    '\\hat x = \\beta\\operatorname{sign}(x),\\quad \\beta = \\operatorname{mean}|x|,\\qquad \\frac{\\partial L}{\\partial x} := \\beta\\,\\frac{\\partial L}{\\partial \\hat x}\\,[|x|\\le 1]',
  source: 'Rastegari et al. 2016, arXiv 1603.05279, section 3.2',
  phrase: () => '1 bit, sign',
  settings: [],
};
