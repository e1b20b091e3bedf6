import type { Method } from '../parameter';

/** Small weights go first. */
export const magnitude: Method = {
  id: 'magnitude',
  label: 'Magnitude',
  help: 'The weights nearest to 0 are removed. Of weights that are equally far, the first in the tensor go first.',
  formula: 'm_i = [\\,|w_i| \\text{ is not among the } k \\text{ smallest}\\,]',
  source: 'Han et al. 2015, arXiv 1506.02626',
  parameters: [],
};
