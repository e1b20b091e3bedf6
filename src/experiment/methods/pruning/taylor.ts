import type { Method } from '../../settings/setting';
import { samples } from './samples';

/** First-order Taylor expansion. */
export const taylor: Method = {
  id: 'taylor',
  label: 'Taylor, first order',
  help: 'Estimates how much the loss changes without the weight, from its gradient. When training has converged, the mean gradient is near 0 and says little.',
  formula: 's_i = |w_i\\, g_i|, \\quad g_i = \\partial \\mathcal{L} / \\partial w_i',
  source: 'Molchanov et al. 2019, arXiv 1906.10771, equation 8',
  settings: [samples],
};
