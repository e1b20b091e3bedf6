import type { Method } from '../parameter';

/** The learning rate falls by the same factor in equal times. */
export const exponential: Method = {
  id: 'exponential',
  label: 'Exponential',
  help: 'The learning rate falls by the same factor in every step, to a chosen share of itself.',
  formula: '\\eta_t = \\eta\\,f^{\\,t/T}',
  parameters: [
    {
      type: 'number',
      key: 'endFactor',
      short: 'end',
      label: 'Share at the end',
      help: 'Share of the learning rate that is left at the end of the stage. BinaryConnect on MNIST ends at 0.003 of its start.',
      formula: 'f',
      default: 0.01,
      min: 0.000001,
      max: 1,
      step: 0.001,
      scale: 'log',
      control: 'field',
      advanced: true,
    },
  ],
};
