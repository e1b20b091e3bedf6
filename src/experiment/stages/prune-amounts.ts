import type { Setting } from '../settings/setting';
import type { Stage } from '../types/experiment';

/** How much a prune stage removes: settings of its table, and the words for them. */

const HAN = 'Han et al. 2015, arXiv 1506.02626';

export const amountSettings = [
  {
    type: 'choice',
    key: 'amountBy',
    short: 'set',
    label: 'Amount as',
    help: 'How you say how much is removed.',
    default: 'percent',
    advanced: true,
    options: [
      { value: 'percent', label: 'share', help: 'A share of the weights.' },
      { value: 'count', label: 'number kept', help: 'The k weights with the highest scores are kept (top-k).' },
      { value: 'threshold', label: 'threshold', help: 'Every weight whose score is below τ is removed. With magnitude the score is |w|.' },
      {
        value: 'deviation',
        label: 'standard deviations',
        help: 'The threshold of each layer is a multiple of the standard deviation of its remaining weights.',
      },
      { value: 'n-of-m', label: 'N of M', help: 'Of every M weights along the inputs, the N with the highest scores are kept.' },
    ],
  },
  {
    type: 'number',
    key: 'amount',
    short: 'amount',
    label: 'Amount',
    help: 'Share of the weights to remove. Biases and batch norm are not pruned.',
    formula: 'k = \\operatorname{round}\\!\\left(\\tfrac{a}{100}\\,n\\right) \\text{ of } n \\text{ weights}',
    unit: '%',
    default: 50,
    min: 0,
    max: 100,
    step: 1,
    control: 'slider',
    when: { key: 'amountBy', is: ['percent'] },
  },
  {
    type: 'number',
    key: 'keep',
    short: 'keep',
    label: 'Weights to keep',
    help: 'In each layer, or in all layers together, as “Ranked” says. A layer with fewer weights keeps them all.',
    unit: 'weights',
    default: 10_000,
    min: 0,
    max: 20_000_000,
    step: 100,
    integer: true,
    control: 'field',
    when: { key: 'amountBy', is: ['count'] },
  },
  {
    type: 'number',
    key: 'threshold',
    short: 'tau',
    label: 'Threshold',
    help: 'Weights with a score below it are removed.',
    formula: 'm_i = [\\,|w_i| \\ge \\tau\\,]',
    source: HAN,
    default: 0.05,
    min: 0,
    max: 1000,
    step: 0.01,
    control: 'field',
    when: { key: 'amountBy', is: ['threshold'] },
  },
  {
    type: 'number',
    key: 'quality',
    short: 'q',
    label: 'Standard deviations',
    help: 'The quality parameter of Han et al.: weights with a score below q standard deviations of their layer are removed.',
    formula: '\\tau_l = q\\,\\sigma_l',
    source: HAN,
    default: 1,
    min: 0,
    max: 10,
    step: 0.1,
    control: 'field',
    when: { key: 'amountBy', is: ['deviation'] },
  },
  {
    type: 'number',
    key: 'keepN',
    short: 'n',
    label: 'N: kept',
    help: 'Weights kept of every M that follow each other along the inputs of an output.',
    source: 'Mishra et al. 2021, arXiv 2104.08378 (2 of 4)',
    unit: 'weights',
    default: 2,
    min: 1,
    max: 32,
    step: 1,
    integer: true,
    control: 'field',
    when: { key: 'amountBy', is: ['n-of-m'] },
  },
  {
    type: 'number',
    key: 'ofM',
    short: 'm',
    label: 'M: of',
    help: 'Weights in a group. A group at the end that is shorter keeps the same share, rounded up.',
    unit: 'weights',
    default: 4,
    min: 1,
    max: 64,
    step: 1,
    integer: true,
    control: 'field',
    when: { key: 'amountBy', is: ['n-of-m'] },
  },
  {
    type: 'choice',
    key: 'schedule',
    short: 'when',
    label: 'Schedule',
    help: 'How the amount is spread over the rounds of the repeat around this stage.',
    default: 'constant',
    advanced: true,
    source: 'Zhu and Gupta 2017, arXiv 1710.01878, equation 1',
    when: { key: 'amountBy', is: ['percent'] },
    options: [
      { value: 'constant', label: 'the same in every round', help: 'Without a repeat: all at once (one-shot).' },
      {
        value: 'cubic',
        label: 'gradual (cubic)',
        help: 'In round r of n the share removed in all is a (1 − (1 − r/n)³): most in the first rounds. The last round reaches the amount.',
      },
    ],
  },
  {
    type: 'choice',
    key: 'pattern',
    short: 'pattern',
    label: 'Pattern',
    help: 'What is removed together.',
    default: 'weights',
    advanced: true,
    when: { key: 'amountBy', is: ['percent'] },
    options: [
      { value: 'weights', label: 'single weights', help: 'Each weight by its own score.' },
      { value: 'blocks', label: 'blocks', help: 'Rectangles of the weight matrix, by the mean score of their weights.' },
    ],
  },
  blockSide('blockRows', 'rows', 'Rows of a block', 'Inputs'),
  blockSide('blockColumns', 'cols', 'Columns of a block', 'Outputs'),
] as const satisfies readonly Setting[];

function blockSide<const Key extends string>(key: Key, short: string, label: string, what: string) {
  return {
    type: 'number',
    key,
    short,
    label,
    help: `${what} in a block. Blocks at the edge may be smaller.`,
    unit: 'weights',
    default: 4,
    min: 1,
    max: 512,
    step: 1,
    integer: true,
    control: 'field',
    advanced: true,
    when: { key: 'pattern', is: ['blocks'] },
  } as const;
}

/** "90 % of the weights", "all but 10,000 weights", "weights below 0.05". */
export function amountWords(stage: Stage): string {
  const tidy = (value: unknown) => Number(Number(value).toPrecision(6)).toLocaleString('en-US', { maximumFractionDigits: 10 });
  switch (stage.amountBy) {
    case 'count':
      return `all but ${tidy(stage.keep)} weights`;
    case 'threshold':
      return `scores below ${tidy(stage.threshold)}`;
    case 'deviation':
      return `scores below ${tidy(stage.quality)} standard deviations`;
    case 'n-of-m':
      return `all but ${tidy(stage.keepN)} of ${tidy(stage.ofM)} weights`;
    default: {
      const what = stage.pattern === 'blocks' ? `blocks of ${stage.blockRows} × ${stage.blockColumns}` : 'weights';
      const whole = stage.share === 'all' || stage.schedule === 'cubic' ? `of all ${what}` : `of the ${what}`;
      return `${String(Number(Number(stage.amount).toPrecision(6)))} % ${whole}${stage.schedule === 'cubic' ? ', gradually' : ''}`;
    }
  }
}
