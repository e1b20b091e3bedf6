import { type CostKind, costInDoublings, costKinds, isCostKind } from '../../numerics/measures/model-cost';
import { paretoFront } from '../../numerics/measures/pareto';
import { shown } from '../settings/wording';
import { SweepError } from './axis';

/**
 * A front to beat, as the URL carries it: `front=bits-per-weight:1.05_0.912,2.1_0.955`. Before the colon what x counts, then pairs
 * of x and test accuracy (0 … 1), the cheapest first.
 */
export interface Front {
  readonly x: CostKind;
  readonly points: readonly FrontPoint[];
}

export interface FrontPoint {
  readonly x: number;
  /** Test accuracy, 0 … 1. */
  readonly accuracy: number;
}

/** Points of a front in a link, at most: more would make a link that mail programs break. */
export const FRONT_LIMIT = 40;

/**
 * The front of these points as text, x with five significant digits and accuracies with five decimals: exact for up to 100,000 test
 * images. Of more than `FRONT_LIMIT` points evenly many are left out; the ends stay.
 * @throws SweepError if no point has a positive finite x and an accuracy
 */
export function frontText({ x: kind, points }: Front): string {
  const rounded = points
    .map(({ x, accuracy }) => ({ x: Number(x.toPrecision(5)), accuracy: Number(accuracy.toFixed(5)) }))
    .filter(({ x, accuracy }) => isCost(x) && isShare(accuracy));
  const front = frontOf(kind, rounded);
  if (front.length === 0) throw new SweepError('A front needs a point with an accuracy.');
  return `${kind}:${thinned(front)
    .map(({ x, accuracy }) => `${numberText(x)}_${numberText(accuracy)}`)
    .join(',')}`;
}

/**
 * Reads what `frontText` writes, as anybody may have changed it. Points that others dominate are left out.
 * @throws SweepError saying what is wrong
 */
export function parseFront(text: string): Front {
  const at = text.indexOf(':');
  const kind = text.slice(0, Math.max(0, at));
  if (!isCostKind(kind)) {
    throw new SweepError(`A front is written as bits-per-weight:2_0.95,3_0.97 with one of ${costKinds.join(', ')}, not ${shown(text)}.`);
  }
  const items = text.slice(at + 1).split(',');
  if (items.length > FRONT_LIMIT) throw new SweepError(`A front has at most ${FRONT_LIMIT} points, not ${items.length}.`);
  return { x: kind, points: frontOf(kind, items.map(parsePoint)) };
}

const NUMBER = /^\d{1,25}(\.\d{1,15})?(e-?\d{1,2})?$/;

function parsePoint(item: string): FrontPoint {
  const [x = '', accuracy = '', ...more] = item.split('_');
  const point = { x: Number(x), accuracy: Number(accuracy) };
  const right = more.length === 0 && NUMBER.test(x) && NUMBER.test(accuracy) && isCost(point.x) && isShare(point.accuracy);
  if (!right) throw new SweepError(`${shown(item)} is not a point of a front: a positive number, "_", and an accuracy from 0 to 1.`);
  return point;
}

function frontOf(kind: CostKind, points: readonly FrontPoint[]): readonly FrontPoint[] {
  return paretoFront(points.map(({ x, accuracy }) => ({ x: costInDoublings(kind, x), y: accuracy }))).flatMap((i) => points[i] ?? []);
}

function thinned(points: readonly FrontPoint[]): readonly FrontPoint[] {
  if (points.length <= FRONT_LIMIT) return points;
  return Array.from({ length: FRONT_LIMIT }, (_, i) => Math.round((i * (points.length - 1)) / (FRONT_LIMIT - 1))).flatMap(
    (i) => points[i] ?? [],
  );
}

function isCost(x: number): boolean {
  return Number.isFinite(x) && x > 0;
}

function isShare(x: number): boolean {
  return x >= 0 && x <= 1;
}

function numberText(x: number): string {
  // + is a space in a URL.
  return String(x).replace('+', '');
}
