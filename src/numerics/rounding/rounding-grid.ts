/**
 * Rounding float32 numbers to a coarser set of numbers: floating point with fewer bits, fixed point, or both.
 * Exact: the quotient by a power of two, its whole part and its fraction all fit a double.
 * (Higham and Pranesh 2019, "Simulating low precision floating-point arithmetic", SISC 41, section 3.)
 */
import { type Rounding, roundHalfEven } from './rounding';

/** What becomes of a finite number beyond the largest: the largest, or an infinity or NaN where the rounding leads outward. */
export type Overflow = 'saturate' | 'infinity' | 'nan';

/** Numbers n × 2^step with step = max(⌊log2 |x|⌋ − mantissaBits, smallestStep), between min and max. */
export interface RoundingGrid {
  /** 23 where only smallestStep limits: fixed point. */
  readonly mantissaBits: number;
  /** Exponent of the step around zero. */
  readonly smallestStep: number;
  readonly min: number;
  readonly max: number;
  readonly overflow: Overflow;
  /** Infinities stay; without, they become NaN. */
  readonly infinities: boolean;
  /** What is negative and rounds to zero keeps its sign. */
  readonly negativeZero: boolean;
}

const float = new Float32Array(1);
const word = new Uint32Array(float.buffer);
const INFINITY_BITS = 0x7f800000;

/** 2^k for k from −OFFSET to OFFSET, exact; Math.pow may not be. */
const OFFSET = 320;
const powers = new Float64Array(2 * OFFSET + 1).fill(1);
for (let k = 1; k <= OFFSET; k++) {
  powers[OFFSET + k] = (powers[OFFSET + k - 1] as number) * 2;
  powers[OFFSET - k] = (powers[OFFSET - k + 1] as number) / 2;
}

/** 2^exponent, for whole numbers from −320 to 320. */
export function powerOfTwo(exponent: number): number {
  return powers[exponent + OFFSET] as number;
}

/** ⌊log2 |x|⌋ of a float32 number in float32's normal range; −126 below it. */
export function floorLog2(x: number): number {
  float[0] = x;
  return Math.max(((word[0] as number) >>> 23) & 0xff, 1) - 127;
}

/** Exponent of the distance between neighbours around x, for finite x inside the range. */
export function stepExponent(x: number, { mantissaBits, smallestStep }: RoundingGrid): number {
  return Math.max(floorLog2(x) - mantissaBits, smallestStep);
}

/**
 * Rounds one float32 number. Stochastic roundings go away from zero where draw < fraction of the
 * magnitude (or < 1/2), so that the result for −x is the opposite of the one for x.
 * Beyond the range, rounding to nearest and rounding outward overflow; toward zero, inward and stochastic rounding give the largest
 * number (chop's rule). NaN stays NaN.
 * @param x a float32 number
 * @param draw uniform in [0, 1), a multiple of 2^−24, for the stochastic roundings
 */
export function roundToGrid(x: number, grid: RoundingGrid, rounding: Rounding, draw: number): number {
  float[0] = x;
  if (((word[0] as number) & 0x7fffffff) >= INFINITY_BITS) return grid.infinities ? x : Number.NaN;
  const negative = (word[0] as number) >>> 31 === 1;
  const step = stepExponent(x, grid);
  const steps = Math.abs(x) * powerOfTwo(-step);
  const whole = Math.floor(steps);
  const count = steps === whole ? whole : whole + (awayFromZero(rounding, negative, steps, whole, draw) ? 1 : 0);
  const magnitude = count * powerOfTwo(step);
  const limit = negative ? -grid.min : grid.max;
  if (magnitude <= limit) return negative && (magnitude > 0 || grid.negativeZero) ? -magnitude : magnitude;
  const rounded =
    grid.overflow === 'saturate' || !outward(rounding, negative) ? limit : grid.overflow === 'nan' ? Number.NaN : Number.POSITIVE_INFINITY;
  return negative ? -rounded : rounded;
}

function awayFromZero(rounding: Rounding, negative: boolean, steps: number, whole: number, draw: number): boolean {
  switch (rounding) {
    case 'nearest-even':
      return roundHalfEven(steps) > whole;
    case 'half-away':
      return steps - whole >= 0.5;
    case 'floor':
      return negative;
    case 'ceil':
      return !negative;
    case 'toward-zero':
      return false;
    case 'stochastic':
      return draw < steps - whole;
    case 'stochastic-half':
      return draw < 0.5;
  }
}

/** Whether a number beyond the range may overflow. */
function outward(rounding: Rounding, negative: boolean): boolean {
  return (
    rounding === 'nearest-even' || rounding === 'half-away' || (rounding === 'floor' && negative) || (rounding === 'ceil' && !negative)
  );
}

/** Rounds each number; `draws` has one for each, for the stochastic roundings. */
export function roundAllToGrid(values: Float32Array, grid: RoundingGrid, rounding: Rounding, draws?: Float32Array): Float32Array {
  const rounded = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) rounded[i] = roundToGrid(values[i] as number, grid, rounding, draws?.[i] ?? 0);
  return rounded;
}
