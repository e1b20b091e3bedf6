import type { Method } from '../parameter';
import { bitsParameter, bitsPhrase, granularityParameter, granularityPhrase, groupChannelsParameter, groupSizeParameter } from './common';

/** Sums of a learned basis. */
export const lqNets: Method = {
  id: 'lq-nets',
  label: 'LQ-Nets',
  help: 'Each bit of a code stands for a learned number that is added or subtracted. The numbers are fitted by least squares in every training step; products with them still need only bit operations.',
  formula: '\\hat w = \\sum_{j=1}^{K} \\pm v_j,\\qquad v \\leftarrow 0.9\\,v + 0.1\\,(B^\\top B)^{-1}B^\\top w',
  source: 'Zhang et al. 2018, arXiv 1807.10029',
  phrase: (values) => `${bitsPhrase(values.bits)}, ${granularityPhrase(values)}, LQ-Nets`,
  parameters: [
    bitsParameter({ default: 2, min: 1, max: 4, help: 'Numbers in the basis, one for each bit.' }),
    { ...granularityParameter, label: 'One basis for each', default: 'channel' },
    groupChannelsParameter,
    groupSizeParameter,
  ],
};
