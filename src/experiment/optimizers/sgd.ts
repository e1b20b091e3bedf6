import type { Method } from '../parameter';

/** Stochastic gradient descent. */
export const sgd: Method = {
  id: 'sgd',
  label: 'SGD',
  help: 'Each weight moves against its gradient, by the learning rate. The simplest rule, with nothing to remember.',
  formula: 'w \\leftarrow w - \\eta\\, g',
  source: 'Robbins and Monro 1951',
  parameters: [
    {
      type: 'number',
      key: 'lr',
      short: 'lr',
      label: 'Learning rate',
      help: 'How far a weight moves for a gradient of 1. Too small learns slowly; too large makes the loss jump or blow up.',
      formula: '\\eta',
      default: 0.1,
      min: 1e-7,
      max: 10,
      step: 0.001,
      scale: 'log',
      control: 'field',
    },
  ],
};
