import type { Method } from '../../settings/setting';
import { samples } from './samples';

/** Optimal Brain Surgeon, layer by layer. */
export const obs: Method = {
  id: 'obs',
  label: 'Optimal Brain Surgeon (OBS)',
  help: 'Estimates how much a layer’s output changes without the weight if the other weights make up for it, and then moves them so that they do. H is measured on the inputs x of each layer. It works with dense, low-rank and convolution layers of at most 1,024 inputs per unit, and takes seconds.',
  formula:
    's_q = \\frac{w_q^2}{2 [H^{-1}]_{qq}}, \\quad \\delta w = -\\frac{w_q}{[H^{-1}]_{qq}} H^{-1} e_q, \\quad H = \\overline{x x^\\top}',
  source: 'Hassibi and Stork 1993, NIPS 5; by layers: Dong, Chen, Pan 2017, arXiv 1705.07565',
  settings: [samples],
};
