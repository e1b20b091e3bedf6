import { prunes, restartOf, trains } from '../stages/registry';
import { type Experiment, STAGE_LIMIT } from '../types/experiment';
import { stage as stageWith } from './make-experiment';
import { isSameRun } from './prefix';
import { unroll } from './unroll';

/** What the last training of a program of lottery tickets starts from. */
export type TicketControl = 'ticket' | 'reinit' | 'shuffled' | 'random';

const rewinds: Readonly<Record<Exclude<TicketControl, 'ticket'>, Readonly<Record<string, string>>>> = {
  reinit: { values: 'redrawn' },
  shuffled: { masks: 'shuffled' },
  random: { masks: 'random' },
};

/**
 * The same program with another start of its last training: a rewind stage just before it is switched on, replaced or put there. What
 * comes before stays the same, so that a run continues from its checkpoint. Null where the program does not end with a training of a
 * pruned and rewound network, or is full.
 */
export function withTicketControl(experiment: Experiment, control: TicketControl): Experiment | null {
  const { stages } = experiment;
  const program = unroll(stages).filter(({ stage }) => stage.on);
  const last = program.findLast(({ stage }) => trains(stage));
  const rewound = program.findIndex(({ stage }) => restartOf(stage));
  const pruned = program.findIndex(({ stage }) => prunes(stage));
  if (!last || last.rounds.length > 0 || pruned < 0 || rewound < pruned || (program.indexOf(last) < rewound && rewound >= 0)) return null;
  const before = last.index - 1;
  const isOwn =
    restartOf(stages[before]) !== undefined && unroll(stages).some(({ index, rounds }) => index === before && rounds.length === 0);
  // The rewind that makes it a ticket stays: there is another one earlier, or it is this one.
  const isFirst = isOwn && program[rewound]?.index === before;
  if (control === 'ticket')
    return isOwn && !isFirst ? { ...experiment, stages: stages.with(before, { ...stages[before]!, on: false }) } : experiment;
  const next = stageWith('rewind', rewinds[control]);
  if (isOwn && !isFirst) return { ...experiment, stages: stages.with(before, next) };
  return stages.length >= STAGE_LIMIT ? null : { ...experiment, stages: stages.toSpliced(last.index, 0, next) };
}

/** What the last training of the program starts from now; null as above. */
export function ticketControlOf(experiment: Experiment): TicketControl | null {
  if (!withTicketControl(experiment, 'reinit')) return null;
  const steps = unroll(experiment.stages).filter(({ stage }) => stage.on);
  const last = steps.findLastIndex(({ stage }) => trains(stage));
  const restart = restartOf(steps[last - 1]?.stage);
  if (!restart) return 'ticket';
  if (restart.masks !== 'keep') return restart.masks;
  return restart.redrawn ? 'reinit' : 'ticket';
}

/** Whether two programs differ in nothing but the seed and in the control that the last training starts from. */
export function isSameTicketProgram(a: Experiment, b: Experiment): boolean {
  return isSameRun(ticketRun(a), { ...ticketRun(b), seed: a.seed });
}

/** The run of the program without its control, nor what is switched off. A control that was written otherwise than here stays. */
function ticketRun(experiment: Experiment): Experiment {
  const control = ticketControlOf(experiment);
  const usual = control === null || control === 'ticket' ? null : withTicketControl(experiment, control);
  const isUsual = usual !== null && isSameRun(withFirstDraw(experiment), withFirstDraw(usual));
  const { stages } = (isUsual && withTicketControl(experiment, 'ticket')) || experiment;
  const plain = unroll(stages).flatMap(({ stage }) => (stage.on ? [stage] : []));
  return { ...experiment, stages: plain };
}

/** With the first draw in the stage just before the last training. */
function withFirstDraw(experiment: Experiment): Experiment {
  const { stages } = experiment;
  const before = (unroll(stages).findLast(({ stage }) => stage.on && trains(stage))?.index ?? 0) - 1;
  const stage = stages[before];
  return stage && restartOf(stage) ? { ...experiment, stages: stages.with(before, { ...stage, draw: 1 }) } : experiment;
}
