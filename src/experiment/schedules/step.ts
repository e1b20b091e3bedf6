import type { Method } from '../parameter';

/** The learning rate is multiplied by a factor every so many steps. */
export const step: Method = {
  id: 'step',
  label: 'Step',
  help: 'The learning rate drops by a factor every so many steps.',
  formula: '\\eta_t = \\eta\\,\\gamma^{\\lfloor t/T\\rfloor}',
  parameters: [
    {
      type: 'number',
      key: 'dropEvery',
      short: 'every',
      label: 'Drop every',
      help: 'Steps between two drops of the learning rate.',
      formula: 'T',
      unit: 'steps',
      default: 1000,
      min: 1,
      max: 200_000,
      step: 100,
      integer: true,
      control: 'field',
      advanced: true,
    },
    {
      type: 'number',
      key: 'dropFactor',
      short: 'factor',
      label: 'Drop factor',
      help: 'The learning rate is multiplied by this at each drop.',
      formula: '\\gamma',
      default: 0.5,
      min: 0.001,
      max: 1,
      step: 0.05,
      control: 'field',
      advanced: true,
    },
  ],
};
