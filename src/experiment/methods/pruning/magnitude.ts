import type { Method } from '../../settings/setting';

/** Small weights go first. */
export const magnitude: Method = {
  id: 'magnitude',
  label: 'Magnitude',
  help: 'Removes the k weights nearest to 0, of rank 1 to k. In a tie, the weight that comes first in the tensor is removed first.',
  formula: 'm_i = [\\,\\operatorname{rank}\\,|w_i| > k\\,]',
  source: 'Han et al. 2015, arXiv 1506.02626',
  settings: [],
};
