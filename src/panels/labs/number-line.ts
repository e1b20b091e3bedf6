import type { NumberSet } from './number-set';

/** Which numbers of a format are drawn on its line. Pure. */

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

/** Where numbers lie on a line, linear or logarithmic. Pure. */

export type LineScale = 'linear' | 'log';

/** The line reaches from −bound to bound; on a logarithmic one the magnitudes from `smallest` on have a place of their own. */
export interface LineRange {
  readonly smallest: number;
  readonly bound: number;
}

/** Share of the line on each side of zero that belongs to zero on a logarithmic line. */
const ZERO = 0.03;

/** Where x lies, 0 … 1. Logarithmic lines have zero in the middle and the smallest numbers beside it. */
export function positionOf({ bound, smallest }: LineRange, x: number, scale: LineScale): number {
  if (scale === 'linear') return (x / bound + 1) / 2;
  if (x === 0) return 0.5;
  const share = Math.max(0, Math.log2(Math.abs(x) / smallest) / Math.log2(bound / smallest));
  return 0.5 + Math.sign(x) * (ZERO + (0.5 - ZERO) * share);
}

/** The number at a place of the line. */
export function valueAtPosition({ bound, smallest }: LineRange, position: number, scale: LineScale): number {
  const side = Math.min(1, Math.max(0, position)) - 0.5;
  if (scale === 'linear') return 2 * side * bound;
  const share = (Math.abs(side) - ZERO) / (0.5 - ZERO);
  if (share < -0.5) return 0;
  return Math.sign(side) * smallest * 2 ** (Math.max(0, share) * Math.log2(bound / smallest));
}

/** Which figures fit under a line of numbers. Pure. */
export interface LineFigure {
  readonly x: number;
  readonly anchor: 'start' | 'middle' | 'end';
}

/** Pixels of a digit, and between two figures. */
const [DIGIT, ROOM] = [6.6, 14];

/** Those that have room, the first ones before the later ones. @param at pixels of a number @param text as it is written */
export function fittingFigures(
  wanted: readonly LineFigure[],
  at: (x: number) => number,
  text: (x: number) => string,
): readonly LineFigure[] {
  const span = ({ x, anchor }: LineFigure) => {
    const width = DIGIT * text(x).length;
    const start = at(x) - width * { start: 0, middle: 0.5, end: 1 }[anchor];
    return [start - ROOM / 2, start + width + ROOM / 2] as const;
  };
  const kept: LineFigure[] = [];
  for (const figure of wanted) {
    const [from, to] = span(figure);
    if (kept.map(span).every(([start, end]) => to < start || from > end)) kept.push(figure);
  }
  return kept;
}

/** A margin for the marks at the ends of a line. */
export function padded(position: number): number {
  return 0.01 + 0.98 * position;
}

export function unpadded(share: number): number {
  return (share - 0.01) / 0.98;
}
