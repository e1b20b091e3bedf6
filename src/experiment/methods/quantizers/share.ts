import type { ChoiceSetting, Method } from '../../settings/setting';
import { bitsPhrase, bitsSetting } from './weight-settings';

/** Where k-means starts, for weight sharing. */
export const sharedStartSetting: ChoiceSetting = {
  type: 'choice',
  key: 'clusterStart',
  short: 'start',
  label: 'Start of k-means',
  help: 'K-means ends in the nearest optimum, so the start matters. Equal steps preserve the rare large weights.',
  default: 'linear',
  source: 'Han et al. 2016, arXiv 1510.00149, section 3.2',
  options: [
    { value: 'linear', label: 'equal steps', help: 'From the smallest to the largest weight.' },
    { value: 'density', label: 'equal shares', help: 'At quantiles of the weights.' },
    { value: 'random', label: 'random weights', help: 'Forgy’s start.' },
  ],
};

/** Clusters that stay, values that are trained. */
export const share: Method = {
  id: 'share',
  label: 'Shared weights',
  help: 'The weights of a layer are put into clusters once; those of a cluster share one value. Later training moves the shared values, each by the sum of the gradients of its weights, and no weight changes its cluster.',
  formula:
    '\\frac{\\partial L}{\\partial c_k} = \\sum_{i:\\,k(i)=k} \\frac{\\partial L}{\\partial w_i},\\qquad r = \\frac{n\\,b}{n\\log_2 k + k\\,b}',
  source: 'Han, Mao and Dally 2016, arXiv 1510.00149, section 3',
  phrase: (values) => `${bitsPhrase(values.bits)}, shared weights`,
  settings: [
    bitsSetting({
      default: 5,
      min: 1,
      max: 8,
      help: 'Bits for each stored weight: b bits tell 2ᵇ clusters apart. The file also stores the value of each cluster as float32.',
    }),
    { ...sharedStartSetting, advanced: true },
  ],
};
