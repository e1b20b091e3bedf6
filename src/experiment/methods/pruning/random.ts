import type { Method } from '../../settings/setting';

/** Any weights go: what other criteria must beat. */
export const random: Method = {
  id: 'random',
  label: 'Random',
  help: 'Gives each weight a random score. A criterion is worth something if it does better than this.',
  formula: 's_i \\sim U[0, 1)',
  source: 'Blalock et al. 2020, arXiv 2003.03033',
  settings: [
    {
      type: 'number',
      key: 'draw',
      short: 'draw',
      label: 'Draw',
      help: 'Which random numbers: 1, 2, 3 … remove other weights, with the same initial weights and images.',
      default: 1,
      min: 1,
      max: 1000,
      step: 1,
      integer: true,
      control: 'field',
    },
  ],
};
