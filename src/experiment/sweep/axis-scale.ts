import type { SweepAxis } from './axis';

/** How the values of an axis lie on a line. */
export interface AxisScale {
  /** Words have equal places in their order; numbers lie by size, on a logarithmic scale where they are spaced like that. */
  readonly kind: 'words' | 'linear' | 'log';
  /** For each place of the axis where it lies, 0 … 1. */
  readonly positions: readonly number[];
}

/** Space at both ends of a line of numbers. */
const PAD = 0.05;
/** Values span at least this factor on a logarithmic axis. */
const LEAST_FACTOR = 8;

/**
 * Where the values of an axis lie. Numbers are logarithmic if their factors are more even than their differences and they span a factor
 * of 8, two numbers if they span 100. Zero, which has no logarithm, lies one step before the smallest.
 */
export function axisScale({ paths, ticks }: SweepAxis): AxisScale {
  const values = ticks.map(([text = '']) => (text.trim() === '' ? Number.NaN : Number(text)));
  const n = ticks.length;
  if (paths.length > 1 || !values.every(Number.isFinite)) {
    return { kind: 'words', positions: ticks.map((_, i) => (i + 0.5) / n) };
  }
  const log = isLogarithmic(values);
  const places = log ? logPlaces(values) : values;
  const [low, high] = [Math.min(...places), Math.max(...places)];
  const positions = places.map((place) => (high > low ? PAD + ((1 - 2 * PAD) * (place - low)) / (high - low) : 0.5));
  return { kind: log ? 'log' : 'linear', positions };
}

/** Whether all values are numbers, also those of several settings that change together: then a line may join them in their order. */
export function isOfNumbers({ ticks }: SweepAxis): boolean {
  return ticks.every((tick) => tick.every((text) => text.trim() !== '' && Number.isFinite(Number(text))));
}

function isLogarithmic(values: readonly number[]): boolean {
  const sorted = [...new Set(values.filter((value) => value !== 0))].sort((a, b) => a - b);
  const [first, last] = [sorted[0] ?? 0, sorted.at(-1) ?? 0];
  if (first <= 0 || last < LEAST_FACTOR * first) return false;
  if (sorted.length === 2) return last >= 100 * first;
  return unevenness(sorted.map(Math.log)) < unevenness(sorted);
}

/** The longest gap over the shortest. */
function unevenness(sorted: readonly number[]): number {
  const gaps = sorted.slice(1).map((value, i) => value - (sorted[i] as number));
  return Math.max(...gaps) / Math.min(...gaps);
}

function logPlaces(values: readonly number[]): readonly number[] {
  const logs = [...new Set(values.filter((value) => value > 0).map(Math.log))].sort((a, b) => a - b);
  const [first = 0] = logs;
  const step = ((logs.at(-1) ?? first) - first) / (logs.length - 1);
  return values.map((value) => (value > 0 ? Math.log(value) : first - step));
}
