import type { roundings } from '../../../numerics/rounding/rounding';
import type { Granularity } from '../../../numerics/scales/scale-grid';
import type { ChoiceSetting, NumberSetting, Values } from '../../settings/setting';

/** Settings that several quantizers have: the same key, so that a value stays when the method changes. */

export function bitsSetting(limits: {
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly help: string;
}): NumberSetting {
  return {
    type: 'number',
    key: 'bits',
    short: 'bits',
    label: 'Bits',
    formula: '2^b \\text{ codes}',
    unit: 'bits',
    step: 1,
    integer: true,
    control: 'slider',
    ...limits,
  };
}

export const granularitySetting: ChoiceSetting = {
  type: 'choice',
  key: 'granularity',
  short: 'per',
  label: 'Share one scale per',
  help: 'Which weights share a scale. More scales follow the weights more closely but count towards the file size.',
  default: 'tensor',
  options: [
    { value: 'tensor', label: 'whole layer', help: 'One scale for all weights of a layer.' },
    { value: 'group', label: 'group of channels', help: 'Neighbouring output channels share a scale.' },
    { value: 'channel', label: 'output channel', help: 'One scale for each unit or filter.' },
    {
      value: 'block',
      label: 'block of inputs',
      help: 'Several scales within each output channel. Integer arithmetic then needs one sum for each block.',
    },
  ],
};

export const groupChannelsSetting: NumberSetting = {
  type: 'number',
  key: 'groupChannels',
  short: 'channels',
  label: 'Channels in a group',
  help: 'Neighbouring output channels that share a scale.',
  default: 4,
  min: 2,
  max: 256,
  step: 1,
  integer: true,
  when: { key: 'granularity', is: ['group'] },
};

export const groupSizeSetting: NumberSetting = {
  type: 'number',
  key: 'groupSize',
  short: 'group',
  label: 'Weights in a block',
  help: 'Neighbouring inputs of one output channel that share a scale.',
  default: 64,
  min: 16,
  max: 256,
  step: 1,
  integer: true,
  when: { key: 'granularity', is: ['block'] },
};

export const roundingSetting: ChoiceSetting = {
  type: 'choice',
  key: 'rounding',
  short: 'round',
  label: 'Rounding',
  help: 'How a number between two levels is rounded.',
  default: 'nearest-even',
  advanced: true,
  options: [
    { value: 'nearest-even', label: 'nearest, ties to even', help: 'As in IEEE 754 and on GPUs.' },
    { value: 'half-away', label: 'nearest, ties away from zero', help: 'As round in C.' },
    { value: 'floor', label: 'down', help: 'Floor, as in the thesis: half a step lower on average.' },
    { value: 'ceil', label: 'up', help: 'Half a step higher on average.' },
    { value: 'toward-zero', label: 'towards zero', help: 'Truncation: shrinks every weight.' },
    { value: 'stochastic', label: 'stochastic', help: 'Up with probability equal to the fraction: correct on average.' },
    { value: 'stochastic-half', label: 'stochastic, one half', help: 'Up or down with probability one half.' },
  ] satisfies readonly { value: (typeof roundings)[number]; label: string; help: string }[],
};

/** Which numbers a stochastic rounding draws. */
export const drawSetting: NumberSetting = {
  type: 'number',
  key: 'draw',
  short: 'draw',
  label: 'Draw',
  help: 'Each number here gives other random numbers from the same seed.',
  default: 1,
  min: 1,
  max: 1000,
  step: 1,
  integer: true,
  advanced: true,
  when: { key: 'rounding', is: ['stochastic', 'stochastic-half'] },
};

/** The granularity that a block's values mean; a bias has one scale. */
export function granularityOf({ granularity, groupChannels, groupSize }: Values, role: 'weights' | 'bias' = 'weights'): Granularity {
  if (role === 'bias') return 'tensor';
  if (granularity === 'group') return { channels: Number(groupChannels) };
  if (granularity === 'block') return { inputs: Number(groupSize) };
  return granularity === 'channel' ? 'channel' : 'tensor';
}

/** The granularity in words: "per output channel", "per block of 64". */
export function granularityPhrase({ granularity, groupChannels, groupSize }: Values): string {
  if (granularity === 'group') return `per ${groupChannels} channels`;
  if (granularity === 'block') return `per block of ${groupSize}`;
  return granularity === 'channel' ? 'per channel' : 'per layer';
}

/** "4 bits", "1 bit". */
export function bitsPhrase(bits: unknown): string {
  return bits === 1 ? '1 bit' : `${bits} bits`;
}
