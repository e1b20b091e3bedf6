import type { Spread, TicketGroup, Verdict } from '../../experiment/results/ticket-groups';
import type { TicketKind } from '../../experiment/results/ticket-trainings';
import { count, fixed, percent } from '../../numerics/measures/number-words';

const names: Readonly<Record<TicketKind, string>> = {
  dense: 'Dense network',
  ticket: 'Ticket',
  reinit: 'New initial weights',
  shuffled: 'Masks shuffled in each layer',
  random: 'Random masks over all layers',
  tuned: 'Trained further, no rewind',
};

export function kindName(kind: TicketKind): string {
  return names[kind];
}

/** "Dense network", "Ticket, 16.9 %". */
export function groupName({ kind, remaining }: TicketGroup): string {
  return kind === 'dense' ? names.dense : `${names[kind]}, ${percent(remaining)}`;
}

/** "1,933 ± 153"; no deviation for one value. */
export function stepText(spread: Spread | null): string {
  return spread === null ? '–' : `${count(Math.round(spread.mean))}${spread.count > 1 ? ` ± ${count(Math.round(spread.deviation))}` : ''}`;
}

/** "98.31 ± 0.05 %". */
export function accuracyText(spread: Spread | null): string {
  if (spread === null) return '–';
  return spread.count > 1 ? `${fixed(100 * spread.mean, 2)} ± ${fixed(100 * spread.deviation, 2)} %` : percent(spread.mean, 2);
}

/** "+0.31 points", "−0.05 points": no difference is 0.00. */
export function pointsText(difference: number): string {
  const text = fixed(100 * difference, 2);
  return `${difference > 0 && text !== '0.00' ? '+' : ''}${text} points`;
}

/** "0.31 points higher", "0.05 points lower". */
function higherText(difference: number): string {
  return `${fixed(100 * Math.abs(difference), 2)} points ${difference < 0 ? 'lower' : 'higher'}`;
}

/** Whether it is as fast and as accurate as the dense network, in a few words. Only a ticket wins; a control that is as good is none. */
export function verdictText(verdict: Verdict | null): string {
  if (!verdict) return '';
  const { kind, winning, compared, steps, accuracy } = verdict;
  const all = kind === 'ticket' ? 'winning ticket' : 'as good as dense';
  if (winning === compared) return compared === 1 ? all : `${all} with ${compared === 2 ? 'both' : `all ${compared}`} seeds`;
  if (winning > 0) return `${kind === 'ticket' ? 'wins' : all} with ${winning} of ${compared} seeds`;
  const reasons = [...(steps > 1 ? ['slower'] : []), ...(accuracy < 0 ? ['less accurate'] : [])];
  return reasons.length > 0 ? reasons.join(', ') : 'never both';
}

/** The comparison with the dense network: "0.31 × the steps, +0.31 points". */
export function comparisonText(verdict: Verdict | null): string {
  return verdict ? `${fixed(verdict.steps, 2)} × the steps, ${pointsText(verdict.accuracy)}` : '';
}

/** What the smallest ticket says about the hypothesis, in a sentence or two; '' while there is no ticket. */
export function storyText(groups: readonly TicketGroup[], verdictOf: (group: TicketGroup) => Verdict | null): string {
  const ticket = groups.findLast(({ kind }) => kind === 'ticket');
  const verdict = ticket ? verdictOf(ticket) : null;
  if (!ticket || !verdict) return '';
  const speed =
    verdict.steps <= 1 ? `in ${fixed(verdict.steps, 2)} times the steps` : `only after ${fixed(verdict.steps, 2)} times the steps`;
  const own = `With ${percent(ticket.remaining)} of the weights, the ticket reaches its lowest validation loss ${speed} of the dense network; its test accuracy there is ${higherText(verdict.accuracy)}.`;
  const reinit = groups.find((group) => group.kind === 'reinit' && group.remaining.toFixed(4) === ticket.remaining.toFixed(4));
  const other = reinit ? verdictOf(reinit) : null;
  if (!other) return own;
  return `${own} With the same masks but new initial weights it takes ${fixed(other.steps, 2)} times the steps of the dense network, and its accuracy is ${higherText(other.accuracy)}.`;
}
