import { type CostKind, costFromDoublings, costInDoublings, costOf, type ModelCost } from '../../numerics/measures/model-cost';
import { hypervolume, paretoFront } from '../../numerics/measures/pareto';
import { mean, standardDeviation } from '../../numerics/measures/statistics';

/** A run as a point of accuracy against cost. */
export interface ParetoPoint extends ModelCost {
  readonly id: string;
  readonly label: string;
  /** What the runs of its `seedGroup` are called together. */
  readonly groupLabel?: string;
  /** Share of the test images, 0 … 1. */
  readonly testAccuracy: number;
  /** The positions on the axes that colour and shape show. */
  readonly groupA?: string;
  readonly groupB?: string;
  /** Runs that differ in their seed only have the same. */
  readonly seedGroup?: string;
  /** Points with the same are joined by a line, in the order of their `step`; the line of nothing is none. */
  readonly line?: string;
  /** Position on a swept axis. */
  readonly step?: number;
  /** Ghosts are those of other sweeps, drawn to compare with. */
  readonly origin: 'live' | 'recorded' | 'imported' | 'ghost';
  /** Of a ghost: the name of its sweep. */
  readonly series?: string;
  /** Why there is no result. */
  readonly failed?: string;
}

/** What is drawn as one mark: a run, or the runs of several seeds. */
export interface ParetoItem {
  /** Of the first run. */
  readonly id: string;
  readonly ids: readonly string[];
  readonly label: string;
  readonly groupA: string;
  readonly groupB: string;
  readonly origin: ParetoPoint['origin'];
  readonly series: string;
  /** '' for a result. */
  readonly failed: string;
  /** Mean test accuracy, 0 … 1, and its sample standard deviation over the runs; NaN for a failed one. */
  readonly accuracy: number;
  readonly accuracySpread: number;
  /** Mean cost in the measure of the x axis and its sample standard deviation; a failed one may have NaN. */
  readonly cost: number;
  readonly costSpread: number;
  readonly bitsPerWeight: number;
  /** '' for none. */
  readonly line: string;
  readonly step: number;
  /** The single runs behind a mean; [] of one run. */
  readonly runs: readonly { readonly cost: number; readonly accuracy: number }[];
}

/**
 * The marks for these runs, ascending in cost, failed ones last, and how many runs have no such measure. Runs of one `seedGroup`
 * and origin become one mark at their means, unless `each` is asked for.
 */
export function paretoItems(
  points: readonly ParetoPoint[],
  kind: CostKind,
  each = false,
): { readonly items: readonly ParetoItem[]; readonly unplaced: number } {
  const groups = new Map<string, ParetoPoint[]>();
  let unplaced = 0;
  for (const point of points) {
    const failed = isFailed(point);
    if (!failed && Number.isNaN(costOf(point, kind))) {
      unplaced++;
      continue;
    }
    const alone = each || failed || point.seedGroup === undefined;
    const key = alone ? `run ${point.id}` : `seeds ${point.origin} ${point.series ?? ''} ${point.seedGroup}`;
    const group = groups.get(key);
    if (group) group.push(point);
    else groups.set(key, [point]);
  }
  const items = [...groups.values()].flatMap((group) => itemOf(group, kind) ?? []);
  return { items: items.sort(byCost), unplaced };
}

/** No result, or one that cannot be: accuracies lie between 0 and 1. */
function isFailed({ failed, testAccuracy }: ParetoPoint): boolean {
  return failed !== undefined || !(testAccuracy >= 0 && testAccuracy <= 1);
}

function itemOf(group: readonly ParetoPoint[], kind: CostKind): ParetoItem | undefined {
  const [first] = group;
  if (!first) return undefined;
  const failed = isFailed(first);
  const accuracies = failed ? [Number.NaN] : group.map((point) => point.testAccuracy);
  const costs = group.map((point) => costOf(point, kind));
  return {
    id: first.id,
    ids: group.map(({ id }) => id),
    label: group.length > 1 ? (first.groupLabel ?? first.label) : first.label,
    groupA: first.groupA ?? '',
    groupB: first.groupB ?? '',
    origin: first.origin,
    series: first.series ?? '',
    failed: failed ? (first.failed ?? 'It has no accuracy.') : '',
    accuracy: mean(accuracies),
    accuracySpread: failed ? 0 : standardDeviation(accuracies),
    cost: mean(costs),
    costSpread: standardDeviation(costs),
    bitsPerWeight: mean(group.map((point) => costOf(point, 'bits-per-weight'))),
    line: failed ? '' : (first.line ?? ''),
    step: first.step ?? 0,
    runs: group.length > 1 ? group.map((point, i) => ({ cost: costs[i] as number, accuracy: point.testAccuracy })) : [],
  };
}

function byCost(a: ParetoItem, b: ParetoItem): number {
  if (a.failed !== '' || b.failed !== '') return Number(a.failed !== '') - Number(b.failed !== '');
  return a.cost - b.cost || a.accuracy - b.accuracy;
}

/** A cost and an accuracy (0 … 1). */
export interface FrontPoint {
  readonly x: number;
  readonly accuracy: number;
}

/** The items that no other dominates, the cheapest first; failed ones are not on it. */
export function frontOf<T extends { readonly cost: number; readonly accuracy: number }>(kind: CostKind, items: readonly T[]): readonly T[] {
  // Not in doublings: the logarithms of neighbouring numbers may be equal.
  return paretoFront(items.map(({ cost, accuracy }) => ({ x: kind === 'rate' ? -cost : cost, y: accuracy }))).flatMap(
    (i) => items[i] ?? [],
  );
}

/** How far a front may be off that was written into a link: half a unit of its last digits, in doublings of the cost and in accuracy. */
const ROUNDING = { doublings: Math.log2(1 + 5e-5), accuracy: 5.1e-6 };

/** How many items no point of the other front equals or dominates, but for its rounding: they push that front out. */
export function countBeyond(kind: CostKind, items: readonly ParetoItem[], front: readonly FrontPoint[]): number {
  return items.filter(
    ({ cost, accuracy }) =>
      accuracy >= 0 &&
      front.every(
        (p) => costInDoublings(kind, p.x) > costInDoublings(kind, cost) + ROUNDING.doublings || p.accuracy < accuracy - ROUNDING.accuracy,
      ),
  ).length;
}

/**
 * The area that the points dominate up to the reference: percentage points of accuracy times doublings of the cost, so that halving
 * the cost counts the same everywhere.
 */
export function frontVolume(kind: CostKind, points: readonly FrontPoint[], reference: FrontPoint): number {
  const placed = ({ x, accuracy }: FrontPoint) => ({ x: costInDoublings(kind, x), y: accuracy * 100 });
  return hypervolume(points.map(placed), placed(reference));
}

/** A reference point for these items: the next round cost beyond the worst one, and the next round accuracy below the lowest. */
export function defaultReference(
  kind: CostKind,
  items: readonly { readonly cost: number; readonly accuracy: number }[],
): FrontPoint | null {
  const measured = items.filter(({ accuracy }) => accuracy >= 0);
  if (measured.length === 0) return null;
  const worst = Math.max(...measured.map(({ cost }) => costInDoublings(kind, cost)));
  const low = Math.min(...measured.map(({ accuracy }) => accuracy));
  const step = low >= 0.9 ? 100 : low >= 0.5 ? 50 : 20;
  return { x: roundCostBeyond(kind, costFromDoublings(kind, worst)), accuracy: Math.max(0, Math.ceil(low * step - 1e-9) - 1) / step };
}

/** The next of 1, 1.25, 1.5 and 1.75 times a power of two that is worse. */
function roundCostBeyond(kind: CostKind, cost: number): number {
  const power = 2 ** Math.floor(Math.log2(cost));
  const rounds = [0.875, 1, 1.25, 1.5, 1.75, 2].map((factor) => factor * power);
  const worse = kind === 'rate' ? rounds.reverse().find((x) => x < cost * (1 - 1e-9)) : rounds.find((x) => x > cost * (1 + 1e-9));
  return worse ?? cost;
}

/** By how much the area of a front grows when these points are added to it. */
export function volumeGain(kind: CostKind, front: readonly FrontPoint[], added: readonly FrontPoint[], reference: FrontPoint): number {
  return frontVolume(kind, [...front, ...added], reference) - frontVolume(kind, front, reference);
}

/** A sweep that is drawn to compare with. */
export interface Ghost {
  readonly name: string;
  readonly front: readonly ParetoItem[];
}

/** The ghosts among the items, each with a front of its own, in the order of these names. */
export function ghostsOf(kind: CostKind, items: readonly ParetoItem[], names: readonly string[]): readonly Ghost[] {
  return names.map((name) => ({
    name,
    front: frontOf(
      kind,
      items.filter(({ origin, series }) => origin === 'ghost' && series === name),
    ),
  }));
}

/** Parts of the chart that a person marked: limits of cost and of accuracy. */
export interface Brush {
  readonly cost: readonly [number, number];
  readonly accuracy: readonly [number, number];
}

/** The items inside the brush, without those of hidden groups. Failed ones have no position, so any brush leaves them out. */
export function filteredItems(
  items: readonly ParetoItem[],
  brush: Brush | null,
  hiddenA: ReadonlySet<string>,
  hiddenB: ReadonlySet<string>,
): readonly ParetoItem[] {
  return items.filter(
    (item) =>
      !hiddenA.has(item.groupA) &&
      !hiddenB.has(item.groupB) &&
      (!brush || (within(item.cost, brush.cost) && within(item.accuracy, brush.accuracy))),
  );
}

function within(value: number, [low, high]: readonly [number, number]): boolean {
  return value >= low && value <= high;
}

/** The front of these runs over a cost, means over seeds, for a link that others may try to beat. */
export function frontPoints(points: readonly ParetoPoint[], kind: CostKind): readonly FrontPoint[] {
  const own = paretoItems(
    points.filter(({ origin }) => origin !== 'ghost'),
    kind,
  ).items;
  return frontOf(kind, own).map(({ cost, accuracy }) => ({ x: cost, accuracy }));
}
