import type { Method } from '../../settings/setting';
import { samples } from './samples';

/** Connection sensitivity at the initial weights. */
export const snip: Method = {
  id: 'snip',
  label: 'SNIP, at the initial weights',
  help: 'Weight times gradient at the initial weights, before any training. The paper ranks over all layers and prunes before it trains; after a train stage, the scores still come from the initial weights.',
  formula: 's_i = \\frac{|w_i\\, g_i|}{\\sum_k |w_k\\, g_k|} \\text{ at } w = w^{(0)}',
  source: 'Lee, Ajanthan, Torr 2019, arXiv 1810.02340, equation 6',
  settings: [samples],
};
