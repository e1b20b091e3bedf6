import { type TicketTraining, ticketTrainings } from '../results/ticket-trainings';
import type { RecordedSweep } from './types';

/**
 * A row for each training of a recorded sweep of lottery tickets, by seed, then as they ran; the same training of several runs once. For
 * docs/results/. Empty where a run did not look for the best step, or prunes nothing.
 */
export function ticketRows({ runs }: Pick<RecordedSweep, 'runs'>): readonly Readonly<Record<string, string | number>>[] {
  const seen = new Map<string, Readonly<Record<string, string | number>>>();
  const all = runs.flatMap(({ record: { experiment, stages }, curves }) =>
    ticketTrainings({ experiment, stages, validation: curves.validation }),
  );
  if (all.every(({ kind }) => kind === 'dense') || all.some(({ earlyStop }) => !earlyStop)) return [];
  for (const training of all) {
    const { seed, kind, draw, remaining } = training;
    const key = [seed, kind, draw, remaining.toFixed(6)].join();
    if (!seen.has(key)) seen.set(key, rowOf(training));
  }
  return [...seen.values()];
}

function rowOf({ seed, kind, draw, remaining, earlyStop, accuracyAtEnd }: TicketTraining): Readonly<Record<string, string | number>> {
  const randomMask = kind === 'shuffled' || kind === 'random';
  return {
    seed,
    kind: randomMask ? 'random' : kind,
    ...(randomMask && { masks: kind === 'shuffled' ? 'shuffled in each layer' : 'random over all layers' }),
    ...((randomMask || kind === 'reinit') && { draw }),
    remaining: Number(remaining.toFixed(6)),
    earlyStopStep: earlyStop?.step ?? 0,
    accuracyAtEarlyStop: earlyStop?.testAccuracy ?? 0,
    accuracyAtEnd,
  };
}
