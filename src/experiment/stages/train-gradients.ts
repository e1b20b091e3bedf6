import type { Setting } from '../settings/setting';

/** Gradient pruning of a train stage. */
export const gradientSettings: readonly Setting[] = [
  {
    type: 'number',
    key: 'gradientThreshold',
    short: 'gprune',
    label: 'Gradient pruning',
    help: 'Sets a weight’s gradient to 0 where it is below this many times the root mean square of its array, so that each step changes few weights. No weight is removed. With SGD the weights stay as they were; with Adam and momentum earlier gradients still move them.',
    formula: 'g_i \\leftarrow 0 \\text{ where } |g_i| < \\tau \\sqrt{\\tfrac{1}{n} \\textstyle\\sum_j g_j^2}',
    source: 'Aji and Heafield 2017, arXiv 1704.05021; Sun et al. 2017, arXiv 1706.06197',
    unit: '× RMS',
    default: 0,
    min: 0,
    max: 10,
    step: 0.1,
    control: 'field',
    advanced: true,
  },
];
