/** One number rounded in every way, and many draws of a stochastic rounding. Pure. */
import { fillUniform, Purpose } from '../../numerics/random/rng';
import { isStochastic, type Rounding } from '../../numerics/rounding/rounding';
import { type RoundingGrid, roundToGrid } from '../../numerics/rounding/rounding-grid';

export interface Neighbours {
  readonly low: number;
  readonly high: number;
  /** (x − low) / (high − low); 0 for a number of the grid. */
  readonly fraction: number;
}

export function neighboursOf(x: number, grid: RoundingGrid): Neighbours {
  const [low, high] = [roundToGrid(x, grid, 'floor', 0), roundToGrid(x, grid, 'ceil', 0)];
  return { low, high, fraction: high > low ? (x - low) / (high - low) : 0 };
}

/** Probability that x is rounded to its upper neighbour. */
export function upProbability(x: number, grid: RoundingGrid, rounding: Rounding): number {
  const { low, high, fraction } = neighboursOf(x, grid);
  if (low === high) return 0;
  if (!isStochastic(rounding)) return roundToGrid(x, grid, rounding, 0) === high ? 1 : 0;
  return rounding === 'stochastic' ? fraction : 0.5;
}

export interface Draws {
  readonly ups: number;
  readonly count: number;
  readonly mean: number;
  readonly variance: number;
}

/** Rounds x `count` times, with the random numbers of the seed. */
export function drawMany(x: number, grid: RoundingGrid, rounding: Rounding, count: number, seed: number): Draws {
  const random = new Float32Array(count);
  fillUniform(random, seed, Purpose.rounding, 0);
  const { low, high } = neighboursOf(x, grid);
  let ups = 0;
  for (const draw of random) if (roundToGrid(x, grid, rounding, draw) === high && high > low) ups++;
  const share = ups / count;
  return { ups, count, mean: low + share * (high - low), variance: share * (1 - share) * (high - low) ** 2 };
}
