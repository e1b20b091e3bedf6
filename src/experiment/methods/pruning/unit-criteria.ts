import type { Method, NumberSetting } from '../../settings/setting';

const samples: NumberSetting = {
  type: 'number',
  key: 'samples',
  short: 'n',
  label: 'Images',
  help: 'Number of training images on which the score is measured.',
  unit: 'images',
  default: 512,
  min: 16,
  max: 4096,
  step: 16,
  integer: true,
  scale: 'log',
  control: 'field',
  advanced: true,
};

/** Every criterion for whole units, neurons or filters, in the order of the menu: those with the lowest scores are removed. */
export const unitCriteria: readonly Method[] = [
  {
    id: 'l1',
    label: 'L1 norm',
    help: 'The sum of the magnitudes of a unit’s weights. Units with small weights are removed.',
    formula: 's_j = \\sum_i |w_{ij}|',
    source: 'Li et al. 2017, arXiv 1608.08710',
    settings: [],
  },
  {
    id: 'l2',
    label: 'L2 norm',
    help: 'The length of the vector of a unit’s weights. Large weights count for more than in the L1 norm.',
    formula: 's_j = \\sqrt{\\textstyle\\sum_i w_{ij}^2}',
    source: 'He et al. 2018, arXiv 1808.06866',
    settings: [],
  },
  {
    id: 'fpgm',
    label: 'Geometric median (FPGM)',
    help: 'The sum of a unit’s distances to the other units of its layer. The unit in the middle is removed, because the others can replace it.',
    formula: 's_j = \\sum_k \\lVert w_j - w_k \\rVert_2',
    source: 'He et al. 2019, arXiv 1811.00250',
    settings: [],
  },
  {
    id: 'taylor',
    label: 'Taylor',
    help: 'How much the loss would change if all weights of the unit became 0, estimated with the gradient g on training images.',
    formula: 's_j = \\left(\\textstyle\\sum_i g_{ij}\\, w_{ij}\\right)^2',
    source: 'Molchanov et al. 2019, arXiv 1906.10771, equation 8',
    settings: [samples],
  },
  {
    id: 'apoz',
    label: 'Zeros in the output (APoZ)',
    help: 'How often the unit’s output is not 0 after the ReLU and pooling, on training images. Units that are mostly 0 are removed.',
    formula: 's_j = 1 - \\operatorname{APoZ}_j',
    source: 'Hu et al. 2016, arXiv 1607.03250',
    settings: [samples],
  },
  {
    id: 'gamma',
    label: 'Batch norm γ (Network Slimming)',
    help: 'The factor by which batch norm multiplies the unit’s output. Only layers with batch norm lose units.',
    formula: 's_j = |\\gamma_j|',
    source: 'Liu et al. 2017, arXiv 1708.06519',
    settings: [],
  },
  {
    id: 'random',
    label: 'Random',
    help: 'Gives each unit a random score. A useful criterion must do better than this.',
    settings: [],
  },
  {
    id: 'dead',
    label: 'Dead units only',
    help: 'Removes exactly the units whose weights are all 0, for example after pruning. Their output is the same for every image, so the network computes the same as before.',
    settings: [],
  },
];
