import type { Method } from '../../settings/setting';
import { granularityPhrase, granularitySetting, groupChannelsSetting, groupSizeSetting } from './weight-settings';

/** One bit a weight and a scale for each filter. */
export const bwn: Method = {
  id: 'bwn',
  label: 'Binary weights (XNOR-Net)',
  help: 'The sign of each weight times the mean magnitude of its filter: the best approximation with two values. With sign activations it is XNOR-Net.',
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
      help: 'Surrogate gradient of the sign.',
      default: 'paper',
      advanced: true,
      options: [
        { value: 'paper', label: 'XNOR-Net’s', help: 'Scaled by 1/n + α; outside ±1 by 1/n.' },
        { value: 'identity', label: 'straight-through', help: 'The gradient, unchanged.' },
      ],
    },
  ],
};

/** One bit a weight, its sign certain or drawn again in every step. */
export const binaryConnect: Method = {
  id: 'binary-connect',
  label: 'BinaryConnect',
  help: 'Every step computes with weights that are −H or H. Their gradient updates the underlying real weights, which stay within ±H. The stochastic form needs the hard sigmoid p; lectures sometimes print clip(w, 0, 1), but then a negative weight could never become H. Activations stay real; with binary activations the method is BNN.',
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
      help: 'How a real weight becomes −H or H.',
      default: 'deterministic',
      options: [
        { value: 'deterministic', label: 'deterministic', help: 'The sign of the weight.' },
        { value: 'stochastic', label: 'stochastic', help: 'Drawn again in every step, correct on average. This regularizes.' },
      ],
    },
    {
      type: 'choice',
      key: 'limit',
      short: 'lim',
      label: 'Limit H',
      help: 'The size of every weight. With batch norm after each layer both limits train alike.',
      formula: 'H = \\sqrt{\\tfrac{1.5}{n_\\text{in}+n_\\text{out}}}',
      default: 'glorot',
      options: [
        { value: 'glorot', label: 'by layer', help: 'From the numbers of inputs and outputs: needs no batch norm.' },
        { value: 'one', label: '1', help: 'As in the paper’s experiments.' },
      ],
    },
    {
      type: 'choice',
      key: 'stored',
      short: 'stored',
      label: 'Stored',
      help: 'The weights in the file and in measurements.',
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
      help: 'Scales each layer’s weights so that they spread as widely as uniform numbers in ±H, with which the paper starts.',
      default: true,
      advanced: true,
    },
    {
      type: 'flag',
      key: 'scaleUpdates',
      short: 'scaled',
      label: 'Scale updates',
      help: 'Multiplies the learning rate by H ÷ the layer’s own limit, as the authors’ program does: with H = 1 updates grow as 1/√(1.5/(inputs + outputs)).',
      default: true,
      advanced: true,
    },
  ],
};

/** One bit an activation and a scale for each image. */
export const sign: Method = {
  id: 'sign',
  label: 'Sign (XNOR-Net)',
  help: 'The sign of each input times the mean magnitude of its image; the paper uses one magnitude for each filter position. Inputs of 0 count as negative, so silent ReLU units differ from active ones. The gradient passes where |x| ≤ 1.',
  formula:
    '\\hat x = \\beta\\operatorname{sign}(x),\\quad \\beta = \\operatorname{mean}|x|,\\qquad \\frac{\\partial L}{\\partial x} := \\beta\\,\\frac{\\partial L}{\\partial \\hat x}\\,[|x|\\le 1]',
  source: 'Rastegari et al. 2016, arXiv 1603.05279, section 3.2',
  phrase: () => '1 bit, sign',
  settings: [],
};
