import { describe, expect, test } from 'vitest';
import { defaultExperiment, defaultStage } from './defaults';
import { sharedStages } from './prefix';
import { presetById } from './presets';
import { isSameTicketProgram, ticketControlOf, withTicketControl } from './ticket-control';
import { parseExperiment } from './validate';

const lottery = presetById('lottery-lenet')!.experiment;
const short = presetById('mnist-ticket')!.experiment;

describe.each(['reinit', 'shuffled', 'random'] as const)('%s', (control) => {
  test('is put before the last training, or replaces the control that is there', () => {
    for (const experiment of [lottery, short]) {
      const changed = withTicketControl(experiment, control)!;
      expect(parseExperiment(changed).problems).toEqual([]);
      expect(ticketControlOf(changed)).toBe(control);
      expect(changed.stages).toHaveLength(6);
      // Everything before the control is the same run.
      expect(sharedStages(experiment, changed)).toBe(experiment === short ? 15 : 12);
      expect(withTicketControl(changed, control)).toEqual(changed);
    }
  });

  test('goes again for the ticket', () => {
    const back = withTicketControl(withTicketControl(short, control)!, 'ticket')!;
    expect(ticketControlOf(back)).toBe('ticket');
    expect(withTicketControl(back, control)).toEqual(withTicketControl(short, control));
  });
});

test('what is a ticket already stays as it is', () => {
  for (const experiment of [lottery, short]) {
    expect(ticketControlOf(experiment)).toBe('ticket');
    expect(withTicketControl(experiment, 'ticket')?.stages.filter(({ on }) => on)).toEqual(experiment.stages.filter(({ on }) => on));
  }
  const once = { ...short, stages: [defaultStage('train'), defaultStage('prune'), defaultStage('rewind'), defaultStage('train')] };
  expect(ticketControlOf(once)).toBe('ticket');
  expect(withTicketControl(once, 'ticket')).toEqual(once);
  expect(ticketControlOf(withTicketControl(once, 'reinit')!)).toBe('reinit');
});

test('a program without a ticket at its end has no control', () => {
  const { stages } = short;
  for (const own of [
    defaultExperiment().stages,
    stages.slice(0, 4),
    [defaultStage('rewind'), defaultStage('prune'), defaultStage('train')],
  ])
    expect(withTicketControl({ ...short, stages: own }, 'reinit')).toBeNull();
});

describe('runs are pooled if they differ', () => {
  const change = (experiment: typeof short, index: number, values: object) => ({
    ...experiment,
    stages: experiment.stages.map((one, i) =>
      i === (index + experiment.stages.length) % experiment.stages.length ? { ...one, ...values } : one,
    ),
  });
  const once = {
    ...short,
    stages: [defaultStage('train'), defaultStage('prune'), defaultStage('rewind'), defaultStage('train')],
  };
  const shuffled = (experiment: typeof short) => withTicketControl(experiment, 'shuffled')!;

  test('in the seed, the control and its draw', () => {
    for (const program of [lottery, short, once]) {
      expect(isSameTicketProgram({ ...program, seed: 7 }, program)).toBe(true);
      for (const control of ['reinit', 'shuffled', 'random'] as const) {
        const other = withTicketControl({ ...program, seed: 3 }, control)!;
        expect(isSameTicketProgram(other, program)).toBe(true);
        expect(isSameTicketProgram(change(other, -2, { draw: 4 }), shuffled(program))).toBe(true);
      }
    }
  });

  test('and in nothing else: not in the rewind, nor in the last training', () => {
    expect(isSameTicketProgram(change(once, 2, { to: 500 }), once)).toBe(false);
    expect(isSameTicketProgram(change(once, 3, { steps: 5000 }), change(once, 3, { steps: 1000 }))).toBe(false);
    expect(isSameTicketProgram(shuffled(change(once, 2, { to: 500 })), once)).toBe(false);
    expect(isSameTicketProgram(change(shuffled(once), -2, { to: 500 }), shuffled(once))).toBe(false);
    expect(isSameTicketProgram(change(shuffled(once), -1, { steps: 5000 }), shuffled(once))).toBe(false);
    expect(isSameTicketProgram(defaultExperiment(), once)).toBe(false);
  });
});
