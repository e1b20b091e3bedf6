import type { Setting } from '../settings/setting';

/** L1 regularization of a train stage. */
export const l1Settings: readonly Setting[] = [
  {
    type: 'number',
    key: 'l1',
    short: 'l1',
    label: 'L1',
    help: 'Draws weights to 0, all by the same force. Weights that the loss does not need end near 0, and can be pruned. Biases are left out.',
    formula: 'L + \\lambda \\sum_i |w_i|',
    source: 'Tibshirani 1996; Han et al. 2015, arXiv 1506.02626, section 3.1',
    default: 0,
    min: 0,
    max: 1,
    step: 0.00001,
    control: 'field',
    advanced: true,
  },
  {
    type: 'choice',
    key: 'l1Step',
    short: 'l1by',
    label: 'L1 by',
    help: 'How weights are drawn to 0. It matters where L1 is above 0.',
    default: 'penalty',
    advanced: true,
    options: [
      {
        value: 'penalty',
        label: 'penalty',
        help: 'The gradient of the loss gets λ sign(w). Weights come near 0 and cross it: hardly one is exactly 0.',
      },
      {
        value: 'proximal',
        label: 'soft threshold',
        help: 'After each step every weight moves towards 0 by learning rate × λ and stops there: unneeded weights become exactly 0.',
      },
    ],
  },
];
