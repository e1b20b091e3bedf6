import type { Method } from '../parameter';

/** The learning rate falls along half a cosine. */
export const cosine: Method = {
  id: 'cosine',
  label: 'Cosine',
  help: 'The learning rate falls smoothly over the stage: slowly at first, fastest in the middle, slowly at the end.',
  formula: '\\eta_t = \\eta\\left(f + (1-f)\\,\\tfrac{1}{2}\\left(1+\\cos\\pi\\tfrac{t}{T}\\right)\\right)',
  source: 'Loshchilov and Hutter 2017, eq. 5',
  parameters: [
    {
      type: 'number',
      key: 'floor',
      short: 'floor',
      label: 'Floor',
      help: 'Share of the learning rate that is left at the end of the stage. 0 lets it fall to nothing.',
      formula: 'f',
      default: 0,
      min: 0,
      max: 1,
      step: 0.01,
      control: 'field',
      advanced: true,
    },
  ],
};
