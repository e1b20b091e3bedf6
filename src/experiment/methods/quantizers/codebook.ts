import type { Method } from '../../settings/setting';
import { bitsPhrase, bitsSetting, granularityPhrase, granularitySetting, groupChannelsSetting } from './weight-settings';

/** Any levels, fitted to the weights when the stage runs. */
export const codebook: Method = {
  id: 'codebook',
  label: 'Codebook',
  help: 'The stage fits a table of values to the weights and stores the table index of each weight. Later training rounds to the nearest value in every step and passes the gradient straight through.',
  formula: '\\hat w = c_{k(w)},\\qquad k(w) = \\arg\\min_k |w - c_k|,\\qquad \\text{k-means: } \\min_c \\sum_w (w - c_{k(w)})^2',
  source: 'Han, Mao and Dally 2016, arXiv 1510.00149, section 3; Lloyd 1982',
  phrase: (values) =>
    `${bitsPhrase(values.bits)}, ${granularityPhrase(values)}, ${values.levelFit === 'quantiles' ? 'quantile' : 'k-means'} codebook`,
  settings: [
    bitsSetting({
      default: 4,
      min: 1,
      max: 8,
      help: 'Bits for each stored weight: b bits index 2^b values, which the file stores as float32.',
    }),
    {
      type: 'choice',
      key: 'levelFit',
      short: 'fit',
      label: 'Values',
      help: 'How the table is made.',
      default: 'k-means',
      options: [
        { value: 'k-means', label: 'k-means', help: 'Each value is the mean of its weights: least squared error.' },
        { value: 'quantiles', label: 'quantiles', help: 'Each value represents the same number of weights.' },
      ],
    },
    {
      type: 'choice',
      key: 'clusterStart',
      short: 'start',
      label: 'Start of k-means',
      help: 'K-means ends in the nearest optimum, so the start matters. Equal steps preserve the rare large weights.',
      default: 'linear',
      advanced: true,
      when: { key: 'levelFit', is: ['k-means'] },
      options: [
        { value: 'linear', label: 'equal steps', help: 'From the smallest to the largest weight.' },
        { value: 'density', label: 'equal shares', help: 'At quantiles of the weights.' },
        { value: 'random', label: 'random weights', help: 'Forgy’s start.' },
      ],
    },
    {
      type: 'flag',
      key: 'zeroLevel',
      short: 'zero',
      label: 'Keep zero',
      help: 'One of the values is 0, and zero weights are excluded from the fit: pruned weights stay pruned.',
      default: false,
      advanced: true,
    },
    {
      ...granularitySetting,
      label: 'Share one table per',
      help: 'Which weights share a table. The tables count towards the file size.',
      options: granularitySetting.options.filter(({ value }) => value !== 'block'),
      advanced: true,
    },
    { ...groupChannelsSetting, advanced: true },
  ],
};
