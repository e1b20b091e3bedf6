import type { StageDefinition } from './definition';

/** Sets the weights back to an earlier moment of the run; masks, quantizers and the structure stay. */
export const rewind: StageDefinition = {
  kind: 'rewind',
  label: 'Rewind',
  help: 'Sets weights, biases and batch norm back to an earlier step of the run. Pruned weights stay 0, quantizers stay installed.',
  settings: [
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
      source: 'Frankle and Carbin 2019, arXiv 1803.03635; Frankle et al. 2020, arXiv 1912.05671',
    },
  ],
  mark: (stage) => Number(stage.to),
  sentence: ({ to }) =>
    to === 0 ? 'rewind to the initial weights' : `rewind to the weights of step ${Number(to).toLocaleString('en-US')}`,
};
