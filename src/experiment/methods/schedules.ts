import type { Method } from '../settings/setting';

/** The learning rate stays as it is. */
export const constant: Method = {
  id: 'constant',
  label: 'Constant',
  help: 'The learning rate stays the same for the whole stage.',
  formula: '\\eta_t = \\eta',
  settings: [],
};

/** The learning rate is multiplied by a factor every N steps. */
export const step: Method = {
  id: 'step',
  label: 'Step',
  help: 'The learning rate drops by a factor every so many steps.',
  formula: '\\eta_t = \\eta\\,\\gamma^{\\lfloor t/T\\rfloor}',
  settings: [
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

/** The learning rate drops twice, at shares of the stage. */
export const twoDrops: Method = {
  id: 'two-drops',
  label: 'Two drops',
  help: 'The learning rate is multiplied by a factor at two moments, given in percent of the stage. The thesis halves it at 40 % and multiplies it by 0.2 at 60 % on Imagenette.',
  formula: '\\eta_t = \\eta\\,\\gamma_1^{[t \\ge p_1 T]}\\,\\gamma_2^{[t \\ge p_2 T]}',
  settings: [
    {
      type: 'number',
      key: 'firstDrop',
      short: 'at1',
      label: 'First drop at',
      help: 'Percent of the stage after which the learning rate drops for the first time.',
      unit: '%',
      default: 40,
      min: 0,
      max: 100,
      step: 1,
      integer: true,
      control: 'field',
      advanced: true,
    },
    {
      type: 'number',
      key: 'firstFactor',
      short: 'by1',
      label: 'First factor',
      help: 'The learning rate is multiplied by this at the first drop.',

      default: 0.5,
      min: 0.001,
      max: 1,
      step: 0.05,

      control: 'field',
      advanced: true,
    },
    {
      type: 'number',
      key: 'secondDrop',
      short: 'at2',
      label: 'Second drop at',
      help: 'Percent of the stage after which the learning rate drops for the second time.',
      unit: '%',
      default: 60,
      min: 0,
      max: 100,
      step: 1,
      integer: true,
      control: 'field',
      advanced: true,
    },
    {
      type: 'number',
      key: 'secondFactor',
      short: 'by2',
      label: 'Second factor',
      help: 'The learning rate is multiplied by this at the second drop.',

      default: 0.2,
      min: 0.001,
      max: 1,
      step: 0.05,

      control: 'field',
      advanced: true,
    },
  ],
};

/** The learning rate falls along half a cosine. */
export const cosine: Method = {
  id: 'cosine',
  label: 'Cosine',
  help: 'The learning rate falls smoothly over the stage: slowly at first, fastest in the middle, slowly at the end.',
  formula: '\\eta_t = \\eta\\left(f + (1-f)\\,\\tfrac{1}{2}\\left(1+\\cos\\pi\\tfrac{t}{T}\\right)\\right)',
  source: 'Loshchilov and Hutter 2017, eq. 5',
  settings: [
    {
      type: 'number',
      key: 'floor',
      short: 'floor',
      label: 'Floor',
      help: 'Share of the learning rate that is left at the end of the stage. With 0 it falls to zero.',
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

/** The learning rate falls by the same factor in equal times. */
export const exponential: Method = {
  id: 'exponential',
  label: 'Exponential',
  help: 'The learning rate falls by the same factor in every step, to a chosen share of its start.',
  formula: '\\eta_t = \\eta\\,f^{\\,t/T}',
  settings: [
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

/** Every learning-rate schedule, in the order of the menu. */
export const schedules: readonly Method[] = [constant, step, twoDrops, cosine, exponential];
