/** Where numbers stand on a line, linear or logarithmic. Pure. */

export type LineScale = 'linear' | 'log';

/** The line reaches from −bound to bound; on a logarithmic one the magnitudes from `smallest` on have a place of their own. */
export interface LineRange {
  readonly smallest: number;
  readonly bound: number;
}

/** Share of the line on each side of zero that belongs to zero on a logarithmic line. */
const ZERO = 0.03;

/** Where x stands, 0 … 1. Logarithmic lines have zero in the middle and the smallest numbers beside it. */
export function placeOf({ bound, smallest }: LineRange, x: number, scale: LineScale): number {
  if (scale === 'linear') return (x / bound + 1) / 2;
  if (x === 0) return 0.5;
  const share = Math.max(0, Math.log2(Math.abs(x) / smallest) / Math.log2(bound / smallest));
  return 0.5 + Math.sign(x) * (ZERO + (0.5 - ZERO) * share);
}

/** The number at a place of the line. */
export function valueAtPlace({ bound, smallest }: LineRange, place: number, scale: LineScale): number {
  const side = Math.min(1, Math.max(0, place)) - 0.5;
  if (scale === 'linear') return 2 * side * bound;
  const share = (Math.abs(side) - ZERO) / (0.5 - ZERO);
  if (share < -0.5) return 0;
  return Math.sign(side) * smallest * 2 ** (Math.max(0, share) * Math.log2(bound / smallest));
}
