/**
 * Gradient descent on f(x) = (x − 1024)² in a small number format: with rounding to nearest it stops as soon as a step is less
 * than half the distance to the next number; with stochastic rounding it arrives.
 * (The example of Xia, Massei, Hochstenbach and Koren 2024, "On the influence of stochastic roundoff errors and their bias on
 * the convergence of the gradient descent method with low-precision floating-point computation"; x0 and learning rates are ours.)
 */
import { formatGrid } from '../formats/format-rounding';
import type { FormatId } from '../formats/number-format';
import { formats } from '../formats/number-format';
import { fillUniform, Purpose } from '../random/rng';
import type { Rounding } from '../rounding/rounding';
import { powerOfTwo, type RoundingGrid, roundToGrid, stepExponent } from '../rounding/rounding-grid';

/** Where f has its minimum. */
export const MINIMUM = 1024;

export interface Descent {
  readonly x0: number;
  readonly rate: number;
  readonly format: FormatId | 'fp32';
  readonly rounding: Rounding;
  /** What is rounded: the learning rate (to nearest), gradient, product and difference, or the stored x alone. */
  readonly rounded: 'all' | 'stored';
  readonly steps: number;
  /** Keys the random numbers of stochastic rounding. */
  readonly seed?: number;
}

/** One step, each quantity as it was rounded. */
export interface DescentStep {
  readonly x: number;
  readonly gradient: number;
  /** rate × gradient. */
  readonly update: number;
  /** x − update before it was rounded. */
  readonly exact: number;
  readonly next: number;
}

/** The steps from x0 on. x0 is rounded to the nearest number of the format first. */
export function descend({ x0, rate, format, rounding, rounded, steps, seed = 0 }: Descent): DescentStep[] {
  const grid = formatGrid(formats[format], { saturate: false });
  const draws = new Float32Array(3 * steps);
  fillUniform(draws, seed, Purpose.rounding, 0);
  const round = (x: number, operation: number) => roundToGrid(Math.fround(x), grid, rounding, draws[operation] ?? 0);
  const trail: DescentStep[] = [];
  const nearest = (x: number) => roundToGrid(Math.fround(x), grid, 'nearest-even', 0);
  const inner = rounded === 'all' ? round : Math.fround;
  const factor = rounded === 'all' ? nearest(rate) : rate;
  let x = nearest(x0);
  for (let step = 0; step < steps; step++) {
    const gradient = inner(2 * (x - MINIMUM), 3 * step);
    const update = inner(factor * gradient, 3 * step + 1);
    const exact = x - update;
    const next = round(exact, 3 * step + 2);
    trail.push({ x, gradient, update, exact, next });
    x = next;
  }
  return trail;
}

/** Where a descent ends, and after how many steps it has stopped moving; undefined if it still moves at the last step. */
export function outcome(trail: readonly DescentStep[]): { readonly x: number; readonly fixedAfter: number | undefined } {
  const x = trail.at(-1)?.next ?? Number.NaN;
  let fixedAfter = trail.length;
  while (fixedAfter > 0 && trail[fixedAfter - 1]?.x === x) fixedAfter--;
  return { x, fixedAfter: fixedAfter < trail.length ? fixedAfter : undefined };
}

/** Distances from x to its neighbours in the format, below and above. */
export function neighbours(x: number, format: FormatId | 'fp32'): { readonly below: number; readonly above: number } {
  const grid = formatGrid(formats[format], { saturate: true });
  const outward = powerOfTwo(stepExponent(x, grid));
  const inward = x === 0 ? outward : powerOfTwo(stepExponent(nextToward0(x, grid), grid));
  return x < 0 ? { below: outward, above: inward } : { below: inward, above: outward };
}

/** A number just inside x: below a power of two neighbours lie closer together. */
function nextToward0(x: number, grid: RoundingGrid): number {
  return x * (1 - powerOfTwo(-grid.mantissaBits - 2));
}
