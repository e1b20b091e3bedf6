/** What happens to a descent in low precision, in words and figures. Pure. */
import { count, percent, plural } from '../../numerics/measures/number-words';
import { type Descent, type DescentStep, descend, MINIMUM, neighbours, outcome } from '../../numerics/training/low-precision-descent';
import { exactText } from './exact-text';

/** Runs that a share is taken over. */
export const RUNS = 200;

/** Where the rounded descent stops, and why. */
export function stagnation(settings: Descent, trail: readonly DescentStep[]): string {
  const { x, fixedAfter } = outcome(trail);
  const last = trail.at(-1);
  if (!last) return '';
  if (!Number.isFinite(x)) return 'Rounded to nearest, x leaves the range of the format: the learning rate is too large.';
  if (fixedAfter === undefined) return `Rounded to nearest, x still moves after ${plural(trail.length, 'step')}, at x = ${exactText(x)}.`;
  if (x === MINIMUM) return `Rounded to nearest, x arrives at ${MINIMUM} after ${plural(fixedAfter, 'step')}.`;
  const stuck = `Rounded to nearest, x stops at ${exactText(x)} after ${plural(fixedAfter, 'step')}`;
  const { below, above } = neighbours(x, settings.format);
  const up = last.exact > x;
  const gap = up ? above : below;
  const step = Math.abs(last.exact - x);
  if (step === 0) return `${stuck}: the gradient times the learning rate is rounded to 0.`;
  const tie =
    step === gap / 2 ? 'exactly half, and the tie goes to the even number, the current one' : `less than half of it, ${exactText(gap / 2)}`;
  return `${stuck}: the next number ${up ? 'above' : 'below'} is ${exactText(gap)} away, and the step of ${exactText(Number(step.toPrecision(4)))} is ${tie}.`;
}

/** Ends of many stochastic runs. */
export function manyEnds(settings: Descent): { readonly mean: number; readonly arrived: number } {
  const ends = Array.from({ length: RUNS }, (_, seed) => outcome(descend({ ...settings, rounding: 'stochastic', seed })).x);
  return { mean: ends.reduce((a, b) => a + b, 0) / RUNS, arrived: ends.filter((x) => x === MINIMUM).length / RUNS };
}

export interface RateRow {
  readonly rate: number;
  readonly end: string;
  readonly arrived: string;
}

/** For some learning rates: where rounding to nearest ends, and how often stochastic rounding arrives. */
export function rateRows(settings: Descent, rates: readonly number[]): readonly RateRow[] {
  return rates.map((rate) => {
    const { x, fixedAfter } = outcome(descend({ ...settings, rate, rounding: 'nearest-even' }));
    const end = fixedAfter === undefined ? `${exactText(x)}, still moving` : `${exactText(x)} after ${count(fixedAfter)}`;
    return { rate, end, arrived: percent(manyEnds({ ...settings, rate }).arrived, 0) };
  });
}

/** One step in words. */
export function stepText(step: DescentStep | undefined, index: number): string {
  if (!step) return '';
  const { x, gradient, update, next } = step;
  const short = (value: number) => exactText(Number(value.toPrecision(6)));
  return `Step ${index + 1}: x ${short(x)}, gradient ${short(gradient)}, times the rate ${short(update)}, next x ${short(next)}.`;
}
