import type { Method } from '../../settings/setting';

/** A dense layer as the product of two thin matrices. */
export const lowRank: Method = {
  id: 'low-rank',
  label: 'Low rank',
  help: 'A matrix of n × m weights becomes the product of n × r and r × m. A layer keeps its matrix if the product would not be smaller.',
  formula: 'W \\approx L\\,R,\\quad L \\in \\mathbb{R}^{n \\times r},\\ R \\in \\mathbb{R}^{r \\times m},\\qquad r\\,(n + m) < n\\,m',
  source: 'Eckart and Young 1936; Denton et al. 2014, arXiv 1404.0736',
  phrase: ({ rank }) => `rank ${rank}`,
  settings: [
    {
      type: 'number',
      key: 'rank',
      short: 'rank',
      label: 'Rank',
      help: 'Columns of the first factor and rows of the second.',
      default: 16,
      min: 1,
      max: 512,
      step: 1,
      integer: true,
      scale: 'log',
      control: 'field',
    },
  ],
};
