/** The figures of a field: how they are written, which are allowed, and which come next for the arrow keys. */

/** A plain number: digits grouped from 10,000 on, a power of ten for the very small ("1e-7"). */
export function numberText(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1e-4) return value.toExponential().replace('e+', 'e');
  if (Number.isInteger(value)) return size >= 10_000 ? value.toLocaleString('en-US') : String(value);
  return String(Number(value.toPrecision(12)));
}

export interface Range {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly integer?: boolean;
  readonly scale?: 'linear' | 'log';
}

/** Why a value is not allowed, as a sentence; '' if it is. */
export function rangeProblem(value: number, { min, max, integer }: Range): string {
  if (integer && !Number.isInteger(value)) return 'Enter a whole number.';
  if (value < min || value > max) return `Between ${numberText(min)} and ${numberText(max)}.`;
  return '';
}

const NICE = [1, 2, 5, 10];

/**
 * The next value up (+1) or down (−1) for the arrow keys: by the step on a linear scale; on a logarithmic one along 1, 2, 5, 10, 20 ….
 * Stays in range.
 */
export function nudged(value: number, direction: 1 | -1, range: Range): number {
  const next = range.scale === 'log' && value > 0 ? niceNeighbour(value, direction) : value + direction * range.step;
  const rounded = Number((range.integer ? Math.round(next) : next).toPrecision(12));
  return Math.min(range.max, Math.max(range.min, rounded));
}

function niceNeighbour(value: number, direction: 1 | -1): number {
  const decade = 10 ** Math.floor(Math.log10(value) + 1e-12);
  const lead = value / decade;
  if (direction > 0) return (NICE.find((n) => n > lead * (1 + 1e-9)) ?? 10) * decade;
  const below = NICE.filter((n) => n < lead * (1 - 1e-9)).at(-1);
  return below === undefined ? decade / 2 : below * decade;
}
