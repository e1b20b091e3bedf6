import type { Setting, SettingsOf } from '../settings/setting';
import type { Stage } from '../types/experiment';
import type { StageDefinition } from './definition';

const lotteryTickets = 'Frankle and Carbin 2019, arXiv 1803.03635';

const settings = [
  {
    type: 'choice',
    key: 'values',
    short: 'values',
    label: 'Values',
    help: 'The values from which the weights start again.',
    source: lotteryTickets,
    default: 'earlier',
    options: [
      { value: 'earlier', label: 'as they were', help: 'The values that the weights had at an earlier step of the run.' },
      {
        value: 'redrawn',
        label: 'drawn again',
        help: 'New initial values from the same distribution: the control that shows whether the old ones matter.',
      },
    ],
  },
  {
    type: 'number',
    key: 'to',
    short: 'to',
    label: 'Back to step',
    help: 'Training steps since the start of the run; 0 means the initial weights. The run must have reached this step.',
    unit: 'steps',
    default: 0,
    min: 0,
    max: 200_000,
    step: 100,
    integer: true,
    control: 'field',
    when: { key: 'values', is: ['earlier'] },
    source: `${lotteryTickets}; Frankle et al. 2020, arXiv 1912.05671`,
  },
  {
    type: 'choice',
    key: 'masks',
    short: 'masks',
    label: 'Masks',
    help: 'Which weights stay 0 from here on.',
    source: `${lotteryTickets}, appendix F`,
    default: 'keep',
    advanced: true,
    options: [
      { value: 'keep', label: 'as they are', help: 'What was pruned stays pruned.' },
      {
        value: 'shuffled',
        label: 'shuffled in each layer',
        help: 'Each layer keeps as many weights as before, at random places: shows whether it matters which weights are kept.',
      },
      {
        value: 'random',
        label: 'random over all layers',
        help: 'The whole network keeps as many weights as before, at random places: it also forgets how many each layer keeps.',
      },
    ],
  },
  {
    type: 'number',
    key: 'draw',
    short: 'draw',
    label: 'Draw',
    help: 'Number of the random draw, for values drawn again and for random masks. Each number gives another draw.',
    default: 1,
    min: 1,
    max: 1000,
    step: 1,
    integer: true,
    control: 'field',
    advanced: true,
  },
] as const satisfies readonly Setting[];

export type RewindStage = Stage & SettingsOf<typeof settings>;

/** Sets the weights back to an earlier moment of the run; masks, quantizers and the structure stay. */
export const rewind: StageDefinition = {
  kind: 'rewind',
  label: 'Rewind',
  help: 'Sets weights, biases and batch norm back to an earlier step of the run, or to new initial values. Pruned weights stay 0, quantizers stay installed.',
  settings,
  restart(stage) {
    const { values, masks, draw } = stage as RewindStage;
    return { redrawn: values === 'redrawn', masks, draw };
  },
  mark: (stage) => ((stage as RewindStage).values === 'redrawn' ? 0 : Number(stage.to)),
  sentence(stage) {
    const { values, to, masks } = stage as RewindStage;
    const back = to === 0 ? 'rewind to the initial weights' : `rewind to the weights of step ${Number(to).toLocaleString('en-US')}`;
    const start = values === 'redrawn' ? 'draw the initial weights again' : back;
    return masks === 'keep' ? start : `${start}, masks ${masks === 'shuffled' ? 'shuffled in each layer' : 'random over all layers'}`;
  },
};
