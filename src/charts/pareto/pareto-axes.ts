import type { CostKind } from '../../numerics/measures/model-cost';
import { bitsShort, bytesShort, count, duration, fixed, significant, times } from '../../numerics/measures/number-words';
import { robustRange } from '../../numerics/measures/robust-range';
import { figure, logTicks } from '../shared/plot-figures';
import { accuracyAxis } from '../shared/stage-points';
import type { FrontPoint, ParetoItem } from './pareto-points';

export type AccuracyKind = 'accuracy' | 'error';

export interface Axis {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
}

export const costNames: Readonly<Record<CostKind, string>> = {
  bits: 'model bits',
  'bits-per-weight': 'bits per weight',
  rate: 'compression rate',
  bytes: 'file size',
  macs: 'multiply-adds per input',
  'non-zeros': 'weights that are not zero',
  ms: 'inference time',
};

/** A cost in words, with its unit: "2.1 bits per weight", "12.3 kB". */
export function costText(kind: CostKind, value: number): string {
  if (!Number.isFinite(value)) return '–';
  switch (kind) {
    case 'bits':
      return bitsShort(value);
    case 'bits-per-weight':
      return `${fixed(value, 2)} bits per weight`;
    case 'rate':
      return `${times(value)} smaller`;
    case 'bytes':
      return bytesShort(value);
    case 'macs':
      return `${largeText(value)} multiply-adds`;
    case 'non-zeros':
      return `${count(value)} non-zero weights`;
    case 'ms':
      return duration(value / 1000);
  }
}

/** A figure of the x axis: short. */
export function costFigure(kind: CostKind, value: number): string {
  switch (kind) {
    case 'bits':
      return bitsShort(value).replace('bit', 'b');
    case 'rate':
      return `${figure(value)}×`;
    case 'bytes':
      return bytesShort(value);
    case 'macs':
    case 'non-zeros':
      return largeText(value);
    case 'ms':
      return duration(value / 1000);
    default:
      return figure(value);
  }
}

function largeText(value: number): string {
  if (value < 1e3) return significant(value, 3);
  const [factor, prefix] = value < 1e6 ? [1e3, 'k'] : value < 1e9 ? [1e6, 'M'] : [1e9, 'G'];
  return `${figure(Number((value / factor).toPrecision(3)))}${prefix}`;
}

/** Logarithmic, around all costs with air; powers of two where bits or factors are counted. At most `most` ticks. */
export function costAxis(kind: CostKind, values: readonly number[], most: number): Axis {
  const costs = values.filter((value) => value > 0 && Number.isFinite(value));
  const middle = costs.length > 0 ? costs : [1];
  const [low, high] = [Math.min(...middle), Math.max(...middle)];
  // At least a factor of two, or a single run would have an axis without a tick.
  const air = Math.max((high / low) ** 0.06, high / low < 1.5 ? Math.SQRT2 : 1.04);
  const domain = [low / air, high * air] as const;
  if (kind === 'bits-per-weight' || kind === 'rate') return { domain, ticks: twoTicks(domain, most) };
  return { domain, ticks: logTicks(domain, most) };
}

function twoTicks([low, high]: readonly [number, number], most: number): readonly number[] {
  const [from, to] = [Math.ceil(Math.log2(low)), Math.floor(Math.log2(high))];
  if (to - from < 1) {
    // Less than two doublings: quarters between them.
    const quarters = [1, 1.25, 1.5, 1.75].flatMap((m) => [from - 1, from].map((exponent) => m * 2 ** exponent));
    return quarters.filter((tick) => tick >= low && tick <= high).sort((a, b) => a - b);
  }
  const every = Math.max(1, Math.ceil((to - from + 1) / most));
  return Array.from({ length: Math.max(0, Math.floor((to - from) / every) + 1) }, (_, i) => 2 ** (from + i * every));
}

/** The smallest error that a logarithmic axis shows, in per cent: less than one of 10,000 images. */
const LEAST_ERROR = 0.005;

/** The accuracy in per cent as the y axis counts it: itself, or what it lacks to 100. */
export function accuracyOnAxis(kind: AccuracyKind, accuracy: number): number {
  return kind === 'accuracy' ? accuracy * 100 : Math.max(LEAST_ERROR, (1 - accuracy) * 100);
}

/** Linear around the accuracies, or logarithmic around the errors, in per cent. */
export function yAxis(kind: AccuracyKind, accuracies: readonly number[]): Axis {
  const known = accuracies.filter((accuracy) => accuracy >= 0 && accuracy <= 1);
  if (kind === 'accuracy') return accuracyAxis(known.map((accuracy) => ({ accuracy })));
  const errors = known.length > 0 ? known.map((accuracy) => accuracyOnAxis('error', accuracy)) : [1, 10];
  const domain = [Math.min(...errors) / 1.25, Math.min(100, Math.max(...errors) * 1.25)] as const;
  return { domain, ticks: errorTicks(domain) };
}

/** How a decade may be divided, the finest way first. */
const DIVISIONS = [[1, 1.5, 2, 3, 4, 5, 7], [1, 2, 3, 5, 7], [1, 2, 5], [1, 3], [1]];

/** The finest division of the decades from 0.001 to 100 % that gives at most 8 ticks. */
function errorTicks([low, high]: readonly [number, number]): readonly number[] {
  const divided = DIVISIONS.map((division) =>
    [-3, -2, -1, 0, 1, 2]
      .flatMap((decade) => division.map((m) => Number(`${m}e${decade}`)))
      .filter((tick) => tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)),
  );
  return divided.find((ticks) => ticks.length <= 8) ?? [];
}

/** An interquartile range below one point of accuracy is no reason to leave marks out of the picture. */
const LEAST_SPREAD = 0.01;

/** The items that the first view shows: a few failures do not stretch a linear axis until the others lie on one line. */
export function usualItems<T extends Pick<ParetoItem, 'accuracy'>>(kind: AccuracyKind, items: readonly T[]): readonly T[] {
  if (kind === 'error') return items;
  const [low, high] = robustRange(
    items.map(({ accuracy }) => accuracy),
    LEAST_SPREAD,
  );
  return items.filter(({ accuracy }) => !(accuracy < low || accuracy > high));
}

/** The y axis that holds these items with their spreads. */
export function itemsAxis(kind: AccuracyKind, items: readonly Pick<ParetoItem, 'accuracy' | 'accuracySpread'>[]): Axis {
  return yAxis(kind, accuraciesOf(kind, items));
}

function accuraciesOf(kind: AccuracyKind, items: readonly Pick<ParetoItem, 'accuracy' | 'accuracySpread'>[]): readonly number[] {
  // An error bar that reaches 100 % would stretch a logarithmic axis by decades.
  if (kind === 'error') return items.map(({ accuracy }) => accuracy);
  return items.flatMap(({ accuracy, accuracySpread }) => [
    accuracy,
    Math.max(0, accuracy - accuracySpread),
    Math.min(1, accuracy + accuracySpread),
  ]);
}

/** The items that lie off this axis: drawn as arrows on its edge. */
export function offAxis<T extends Pick<ParetoItem, 'accuracy'>>(kind: AccuracyKind, items: readonly T[], { domain }: Axis): readonly T[] {
  return items.filter(({ accuracy }) => accuracy >= 0 && !within(accuracyOnAxis(kind, accuracy), domain));
}

/**
 * Axes that hold the items with their spreads, and the other points.
 * @param usual those of the items that the y axis must hold
 */
export function paretoAxes(
  kinds: { readonly x: CostKind; readonly y: AccuracyKind },
  items: readonly ParetoItem[],
  others: readonly FrontPoint[],
  most: number,
  usual: readonly ParetoItem[] = items,
): { readonly x: Axis; readonly y: Axis } {
  const costs = items.flatMap(({ cost, costSpread }) => [cost - costSpread, cost, cost + costSpread].filter((value) => value > 0.5 * cost));
  const kept = accuraciesOf(kinds.y, usual);
  const x = costAxis(kinds.x, [...costs, ...others.map((other) => other.x)], most);
  const y = yAxis(kinds.y, kept.length > 0 ? kept : others.map(({ accuracy }) => accuracy));
  const outside = others.filter(({ accuracy }) => !within(accuracyOnAxis(kinds.y, accuracy), y.domain));
  // Air around the marks only: what is in the picture anyway needs none.
  return { x, y: outside.length === 0 ? y : yAxis(kinds.y, [...kept, ...outside.map(({ accuracy }) => accuracy)]) };
}

function within(value: number, [low, high]: readonly [number, number]): boolean {
  return value >= low && value <= high;
}
