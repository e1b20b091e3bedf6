import type { StageDefinition } from './definition';

/** Runs the stages that follow it several times. In a link the stages come after it: `repeat=rounds:5,of:3`. */
export const repeat: StageDefinition = {
  kind: 'repeat',
  label: 'Repeat',
  help: 'Runs the stages after it several times: train, prune, rewind, then again.',
  settings: [
    {
      type: 'number',
      key: 'rounds',
      short: 'rounds',
      label: 'Rounds',
      help: 'How many times the stages are run.',
      unit: 'rounds',
      default: 3,
      min: 1,
      max: 30,
      step: 1,
      integer: true,
      control: 'slider',
    },
    {
      type: 'number',
      key: 'of',
      short: 'of',
      label: 'Stages repeated',
      help: 'How many of the next stages are repeated.',
      unit: 'stages',
      default: 1,
      min: 1,
      max: 23,
      step: 1,
      integer: true,
      control: 'slider',
    },
  ],
  repeats: ({ rounds, of }) => ({ rounds: Number(rounds), of: Number(of) }),
  sentence: ({ rounds, of }) =>
    `${rounds} ${rounds === 1 ? 'round' : 'rounds'} of the ${of === 1 ? 'stage that follows' : `${of} stages that follow`}`,
};
