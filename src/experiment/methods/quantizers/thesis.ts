import { expectedScale } from '../../../numerics/quantizers/nested-scale';
import type { Method, NumberSetting, Values } from '../../settings/setting';
import { roundingSetting } from './weight-settings';

const axes: Readonly<Record<string, string>> = { scalar: 'layer', row: 'input', column: 'output', channel: 'input channel' };

const strength: Omit<NumberSetting, 'key' | 'short' | 'label' | 'help' | 'default'> = {
  type: 'number',
  min: 0,
  max: 1,
  step: 1e-12,
  scale: 'log',
  control: 'field',
};

/** The nested layer of the learned-quantization thesis: the scale is a weight of the network, and only ever grows. */
export const thesis: Method = {
  id: 'thesis',
  label: 'Learned scale (thesis method, no STE for the scale)',
  help: 'Rounds down to multiples of a scale that is trained with the weights, without limits on the codes. Scales start near zero and grow, so the codes become fewer. λ and γ act through their ratio to Adam’s ε.',
  formula:
    '\\hat P = s\\left\\lfloor \\frac{P}{s} \\right\\rfloor,\\quad r = \\frac{|\\nabla|}{\\max(|\\hat P|,\\,2^{-23})},\\quad v = \\begin{cases} 0 & r \\ge \\lambda \\\\ -\\tanh(\\lambda - r) & r < \\lambda \\end{cases},\\quad g_s = \\bar v \\cdot \\max\\left|\\left\\lfloor \\tfrac{P}{s} \\right\\rfloor\\right|',
  source: 'anuunchin/learned-quantization, final text',
  phrase: (values) => `a learned scale per ${axes[String(values.thesisAxis)]}, ${setting(values)}`,
  note,
  settings: [
    {
      type: 'choice',
      key: 'learnedBy',
      short: 'learn',
      label: 'Scale learned by',
      help: 'What makes the scales grow: votes of weights that hardly matter to the loss, or a term added to the loss.',
      default: 'threshold',
      options: [
        {
          value: 'threshold',
          label: 'threshold λ',
          help: 'Weights whose |gradient| ÷ |weight| is below λ vote for a larger scale. At the thesis’s λ, on MNIST, nearly all of these have a gradient of exactly 0, because their input pixel is dark or their unit is inactive. The loss does not influence the scale directly.',
        },
        { value: 'inverse', label: 'inverse scale', help: 'γ times the mean of 1 ÷ s.' },
        { value: 'bins', label: 'bin count', help: 'γ times the mean of max |P| ÷ s.' },
        {
          value: 'deviation',
          label: 'deviation',
          help: 'γ times the mean of |P − P ÷ s|, as in the thesis. This is not a rounding error: it pulls s towards 1 and P towards 0.',
        },
        { value: 'true-deviation', label: 'true deviation', help: 'γ times the mean of |P − s⌊P ÷ s⌋|, the rounding error itself.' },
      ],
    },
    {
      ...strength,
      key: 'lambda',
      short: 'lambda',
      label: 'Threshold λ',
      help: 'On raw pixels, values above 1e-8 leave too few codes to learn with; 0 never moves the scales. With Adam, the scale grows with the root of λ ÷ ε times the steps, so another ε or another optimizer needs another λ.',
      formula: 's^2 = 2\\,\\eta\\,\\frac{\\lambda}{\\varepsilon}\\,f\\,W_{\\max}\\,T',
      default: 1e-10,
      when: { key: 'learnedBy', is: ['threshold'] },
    },
    {
      ...strength,
      key: 'gamma',
      short: 'gamma',
      label: 'Weight γ of the penalty',
      help: 'With Adam, the scale grows with the cube root of γ ÷ ε times the steps. Best in the thesis on MNIST: inverse 1e-9, bins 1e-8, deviation 1e-7.',
      formula: 's^3 \\sim 3\\,\\eta\\,\\frac{\\gamma}{\\varepsilon}\\,c\\,T',
      default: 1e-9,
      when: { key: 'learnedBy', is: ['inverse', 'bins', 'deviation', 'true-deviation'] },
    },
    {
      type: 'choice',
      key: 'thesisAxis',
      short: 'axis',
      label: 'Share one scale per',
      help: 'Which weights share a scale. Biases always share one. An integer product needs one scale for all inputs of an output; other scales would have to be folded into the activations.',
      default: 'row',
      options: [
        { value: 'scalar', label: 'whole layer', help: 'Scalar in the thesis.' },
        {
          value: 'row',
          label: 'input (row-wise)',
          help: 'Row-wise in the thesis: one for each input of a dense layer, not for each neuron; in a convolution, one for each row of the window.',
        },
        { value: 'column', label: 'output (column-wise)', help: 'In a convolution, one for each column of the window.' },
        { value: 'channel', label: 'input channel', help: 'In a dense layer the same as one for each input.' },
      ],
    },
    {
      type: 'flag',
      key: 'fallback',
      short: 'fallback',
      label: 'Fallback',
      help: 'If all weights of a group are sensitive, all vote as if none were. The thesis’s final text adds this so that scales cannot get stuck.',
      default: true,
      advanced: true,
      when: { key: 'learnedBy', is: ['threshold'] },
    },
    {
      type: 'flag',
      key: 'allVote',
      short: 'allvote',
      label: 'All weights vote',
      help: 'Every weight votes −tanh λ, whatever its gradient: no threshold. The control that shows what asking the gradients changes.',
      default: false,
      advanced: true,
      when: { key: 'learnedBy', is: ['threshold'] },
    },
    {
      ...roundingSetting,
      default: 'floor',
      options: roundingSetting.options.filter(({ value }) => !value.startsWith('stochastic')),
    },
    {
      type: 'number',
      key: 'firstScale',
      short: 'firstscale',
      label: 'First scale',
      help: 'In the thesis 100 times float32’s epsilon, so that rounding changes almost nothing at first. No scale falls below that.',
      default: 1.1920929e-5,
      min: 1.1920929e-5,
      max: 10,
      step: 1e-5,
      scale: 'log',
      control: 'field',
      advanced: true,
    },
  ],
};

function setting({ learnedBy, lambda, gamma }: Values): string {
  return learnedBy === 'threshold' ? `λ = ${lambda}` : `${String(learnedBy).replace('-', ' ')} penalty, γ = ${gamma}`;
}

/** λ ÷ ε of the training that follows, and how far it takes the scale of a weight of 0.15. */
function note({ learnedBy, lambda, gamma }: Values, [training]: readonly Values[]): string {
  if (!training) return '';
  if (training.optimizer !== 'adam') return 'λ and γ of the thesis are for Adam; another optimizer gives them another meaning.';
  const { epsilon, lr, steps } = training;
  const symbol = learnedBy === 'threshold' ? 'λ' : 'γ';
  const ratio = Number(symbol === 'λ' ? lambda : gamma) / Number(epsilon);
  const share = `${symbol} ÷ ε = ${round(ratio)} in the training that follows.`;
  if (symbol === 'γ') return share;
  const scale = expectedScale({ lr: Number(lr), ratio, steps: Number(steps), share: 1, largest: 0.15 });
  return `${share} If every weight votes, a weight of 0.15 ends at a scale near ${round(scale)}.`;
}

function round(value: number): string {
  return String(Number(value.toPrecision(2)));
}
