import type { Method } from '../parameter';
import { actBitsParameter, actCeilingParameter, actPhrase } from './common';

/** Even steps between 0 and 1: as DoReFa's. */
export const wrpnActivations: Method = {
  id: 'wrpn',
  label: 'WRPN',
  help: 'Clips to 0 … 1 and rounds to 2^b values, as DoReFa does; made for layers with more units than usual.',
  formula: '\\hat x = \\frac{1}{2^b-1}\\operatorname{round}\\!\\left((2^b-1)\\operatorname{clip}(x, 0, 1)\\right)',
  source: 'Mishra et al. 2018, arXiv 1709.01134',
  phrase: (values) => actPhrase(values, 'WRPN'),
  parameters: [actBitsParameter({ default: 4, min: 2 }), actCeilingParameter],
};
