import type { Method } from '../../settings/setting';

/** Any weights go: what other criteria must beat. */
export const random: Method = {
  id: 'random',
  label: 'Random',
  help: 'Gives each weight a random score. A useful criterion must do better than this.',
  formula: 's_i \\sim U[0, 1)',
  source: 'Blalock et al. 2020, arXiv 2003.03033',
  settings: [
    {
      type: 'number',
      key: 'draw',
      short: 'draw',
      label: 'Draw',
      help: 'Number of the random draw. Each number removes other weights; the initial weights and the images stay the same.',
      default: 1,
      min: 1,
      max: 1000,
      step: 1,
      integer: true,
      control: 'field',
    },
  ],
};
