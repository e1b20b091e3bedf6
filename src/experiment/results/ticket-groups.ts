import { mean, standardDeviation } from '../../numerics/measures/statistics';
import type { Curve } from './curves';
import type { TicketKind, TicketTraining } from './ticket-trainings';

/** The same training with several seeds or draws. */
export interface TicketGroup {
  /** "ticket 0.1688". */
  readonly key: string;
  readonly kind: TicketKind;
  /** Share of the weights, mean. */
  readonly remaining: number;
  readonly trainings: readonly TicketTraining[];
}

/** Mean and sample standard deviation. */
export interface Spread {
  readonly mean: number;
  readonly deviation: number;
  readonly count: number;
}

const ORDER: readonly TicketKind[] = ['dense', 'ticket', 'reinit', 'shuffled', 'random', 'tuned'];

/**
 * Trainings of several runs, grouped by what they started from and by how many weights remain; the dense network first, then with fewer
 * and fewer weights. Runs that share leading stages contain the same training several times: it counts once.
 */
export function ticketGroups(trainings: readonly TicketTraining[]): readonly TicketGroup[] {
  const groups = new Map<string, Map<string, TicketTraining>>();
  for (const training of trainings) {
    // Seeds may differ in single weights where a whole network is ranked: a level is a hundredth of a percent.
    const key = `${training.kind} ${training.remaining.toFixed(4)}`;
    const own = groups.get(key) ?? new Map<string, TicketTraining>();
    const member = `${training.seed} ${drawn(training.kind) ? training.draw : ''}`;
    if (!own.has(member)) own.set(member, training);
    groups.set(key, own);
  }
  return [...groups]
    .map(([key, members]): TicketGroup => {
      const own = [...members.values()];
      return { key, kind: own[0]?.kind ?? 'dense', remaining: mean(own.map(({ remaining }) => remaining)), trainings: own };
    })
    .sort((a, b) => levelOf(b) - levelOf(a) || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}

const levelOf = ({ remaining }: TicketGroup) => Number(remaining.toFixed(4));
const drawn = (kind: TicketKind) => kind === 'reinit' || kind === 'shuffled' || kind === 'random';

/** Of one quantity of a group's trainings; null if none of them has it. */
export function spreadOf({ trainings }: TicketGroup, quantity: (training: TicketTraining) => number | undefined): Spread | null {
  const values = trainings.flatMap((training) => quantity(training) ?? []);
  return values.length === 0 ? null : { mean: mean(values), deviation: standardDeviation(values), count: values.length };
}

export const earlyStep = ({ earlyStop }: TicketTraining) => earlyStop?.step;
export const earlyAccuracy = ({ earlyStop }: TicketTraining) => earlyStop?.testAccuracy;
export const endAccuracy = ({ accuracyAtEnd }: TicketTraining) => accuracyAtEnd;

/** How the trainings of a group compare with the dense network of the same seed. */
export interface Verdict {
  readonly kind: TicketKind;
  /** Seeds that were compared, and with how many of them the network is smaller, as fast and as accurate. */
  readonly compared: number;
  readonly winning: number;
  /** Mean of #Iter ÷ #Iter of the dense network: below 1 is faster. */
  readonly steps: number;
  /** Mean difference of test accuracy at the best step, −1 … 1. */
  readonly accuracy: number;
}

/**
 * A winning ticket has fewer weights than the dense network f(x; θ₀), reaches its lowest validation loss in at most as many steps,
 * #Iter(M, I) ≤ #Iter(f, I), and its test accuracy at that step is at least that of the dense network at its own (Frankle and Carbin 2019,
 * arXiv 1803.03635, section 1). Controls are compared in the same way; several draws with one seed count as their mean. Null for the dense
 * network itself, for a network that was trained on without a rewind (its steps do not start at θ₀), and where no best step was looked for.
 */
export function verdictOn({ kind, trainings }: TicketGroup, dense: TicketGroup | undefined): Verdict | null {
  if (kind === 'dense' || kind === 'tuned') return null;
  const pairs = trainings.flatMap(({ seed, remaining, earlyStop: own }) => {
    const reference = dense?.trainings.find((other) => other.seed === seed)?.earlyStop;
    return own && reference ? [{ seed, remaining, own, reference }] : [];
  });
  if (pairs.length === 0) return null;
  const seeds = [...new Set(pairs.map(({ seed }) => seed))].map((seed) => pairs.filter((pair) => pair.seed === seed));
  const wins = seeds.filter(
    (draws) =>
      draws.every(({ remaining }) => remaining < 1) &&
      mean(draws.map(({ own, reference }) => own.step - reference.step)) <= 0 &&
      mean(draws.map(({ own, reference }) => own.testAccuracy - reference.testAccuracy)) >= 0,
  );
  return {
    ...{ kind, compared: seeds.length, winning: wins.length },
    steps: mean(pairs.map(({ own, reference }) => own.step / reference.step)),
    accuracy: mean(pairs.map(({ own, reference }) => own.testAccuracy - reference.testAccuracy)),
  };
}

/** The mean of the trainings' curves at the steps that all of them have. */
export function meanCurve({ trainings }: TicketGroup): Curve {
  const curves = trainings.map(({ curve }) => new Map(curve.step.map((at, i) => [at, curve.value[i] ?? Number.NaN])));
  const step = [...(curves[0]?.keys() ?? [])].filter((at) => curves.every((curve) => curve.has(at)));
  return { step, value: step.map((at) => mean(curves.map((curve) => curve.get(at) ?? Number.NaN))) };
}
