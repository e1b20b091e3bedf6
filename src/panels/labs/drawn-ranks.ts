/** Which numbers of a format are drawn on its line. Pure. */
import type { LineScale } from './line-place';
import type { NumberSet } from './number-set';

/** With more numbers than this on each side of zero only some are drawn. */
export const MOST_DRAWN = 128;

/** All of them; of many the powers of two, or every so manieth where they are evenly spaced. */
export function drawnRanks(numbers: NumberSet, scale: LineScale): readonly number[] {
  const { lowest, highest, smallest, bound } = numbers;
  if (highest <= MOST_DRAWN) return Array.from({ length: highest - lowest + 1 }, (_, i) => lowest + i);
  const stride = drawnStride(numbers, scale);
  if (stride !== undefined) return Array.from({ length: Math.floor((highest - lowest) / stride) + 1 }, (_, i) => lowest + i * stride);
  const powers = Array.from({ length: Math.floor(Math.log2(bound / smallest)) + 1 }, (_, i) => smallest * 2 ** i);
  return [...powers.map((x) => numbers.nearest(-x)).reverse(), 0, ...powers.map((x) => numbers.nearest(x))];
}

/** How many evenly spaced numbers go by for one that is drawn; undefined where powers of two are drawn, or all. */
export function drawnStride({ highest, step }: NumberSet, scale: LineScale): number | undefined {
  if (step === undefined || scale === 'log' || highest <= MOST_DRAWN) return undefined;
  return 2 ** Math.ceil(Math.log2(highest / MOST_DRAWN));
}
