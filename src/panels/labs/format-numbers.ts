/** The finite numbers of a format in order, and their places on a line. Pure. */
import { codeOf, formatGrid } from '../../numerics/format-rounding';
import { type NumberFormat, numberOf } from '../../numerics/number-format';
import { roundToGrid } from '../../numerics/rounding-grid';

export type LineScale = 'linear' | 'log';

/** Share of the line on each side of zero that belongs to zero on a logarithmic line. */
const ZERO = 0.03;

/** Numbers are counted from 0, which is zero: 1 is the smallest above it, −1 the one below; this is the largest. */
export function largestRank(format: NumberFormat): number {
  return codeOf(format, format.maxFinite);
}

export function valueOfRank(format: NumberFormat, rank: number): number {
  return rank < 0 ? -numberOf(format, -rank) : numberOf(format, rank);
}

/** The bit pattern; zero has sign 0. */
export function codeOfRank(format: NumberFormat, rank: number): number {
  return rank < 0 ? 2 ** (format.bits - 1) - rank : rank;
}

/** The rank of a bit pattern; undefined for infinities and NaN. */
export function rankOfCode(format: NumberFormat, code: number): number | undefined {
  const half = 2 ** (format.bits - 1);
  const magnitude = code % half;
  if (magnitude > largestRank(format)) return undefined;
  return code >= half ? -magnitude : magnitude;
}

/** The rank of the number nearest to x. */
export function nearestRank(format: NumberFormat, x: number): number {
  const code = codeOf(format, roundToGrid(Math.fround(x), formatGrid(format, { saturate: true }), 'nearest-even', 0));
  return rankOfCode(format, code) ?? 0;
}

/** Where x stands on the line from −max to max, 0 … 1. Logarithmic lines have zero in the middle and the smallest numbers beside it. */
export function placeOf({ maxFinite, minSubnormal }: NumberFormat, x: number, scale: LineScale): number {
  if (scale === 'linear') return (x / maxFinite + 1) / 2;
  if (x === 0) return 0.5;
  const share = Math.log2(Math.abs(x) / minSubnormal) / Math.log2(maxFinite / minSubnormal);
  return 0.5 + Math.sign(x) * (ZERO + (0.5 - ZERO) * share);
}

/** Significant digits that tell neighbours apart. */
export function digitsOf({ precision }: NumberFormat): number {
  return Math.max(4, Math.ceil(precision * Math.log10(2)) + 1);
}

/** The number at a place of the line, not yet one of the format. */
export function valueAtPlace({ maxFinite, minSubnormal }: NumberFormat, place: number, scale: LineScale): number {
  const side = Math.min(1, Math.max(0, place)) - 0.5;
  if (scale === 'linear') return 2 * side * maxFinite;
  const share = (Math.abs(side) - ZERO) / (0.5 - ZERO);
  if (share < -0.5) return 0;
  return Math.sign(side) * minSubnormal * 2 ** (Math.max(0, share) * Math.log2(maxFinite / minSubnormal));
}
