import type { Setting } from '../settings/setting';

/** Gradient pruning of a train stage. */
export const gradientSettings: readonly Setting[] = [
  {
    type: 'number',
    key: 'gradientThreshold',
    short: 'gprune',
    label: 'Gradient pruning',
    help: 'Small gradients of weights count as 0: those below this many times the root mean square (RMS) of their array. With plain SGD, such weights stay as they are in that step; with momentum or Adam, earlier gradients still move them. No weight is removed. 0 keeps all gradients.',
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
