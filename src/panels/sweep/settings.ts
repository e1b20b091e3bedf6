/** A sweep by settings: what differs in nothing but the seed is one. */
import { frontOf } from '../../charts/pareto/pareto-points';
import type { KeptRun } from '../../experiment/results/kept-run';
import { bitsPerWeight } from '../../numerics/measures/ledger';
import { mean, standardDeviation } from '../../numerics/measures/statistics';
import type { HeldSweep } from '../../state/sweep/sweep-store';
import { groupAxes } from './picture';

export interface Setting {
  /** Its positions on all axes but the seed's. */
  readonly key: string;
  /** Positions on all axes, of its first point. */
  readonly ticks: readonly number[];
  /** Of its points, in the order of the sweep. */
  readonly indices: readonly number[];
  readonly runs: readonly KeptRun[];
  /** Mean test accuracy, 0 … 1, and its sample standard deviation; NaN without a run, a deviation of one run too. */
  readonly accuracy: number;
  readonly spread: number;
  /** Mean size, in bits per weight and as times smaller than float32; NaN without a run. */
  readonly bits: number;
  readonly times: number;
}

/** The settings of a sweep in the order of their first points, with or without results. */
export function settingsOf({ kept, points, runs }: Pick<HeldSweep, 'kept' | 'points' | 'runs'>): readonly Setting[] {
  const axes = groupAxes(kept.sweep.axes);
  const found = new Map<string, { ticks: readonly number[]; indices: number[] }>();
  for (const { index, ticks } of points) {
    const key = axes.map((a) => ticks[a]).join(' ');
    const held = found.get(key);
    if (held) held.indices.push(index);
    else found.set(key, { ticks, indices: [index] });
  }
  return [...found].map(([key, { ticks, indices }]) => {
    const own = indices.flatMap((index) => runs[index] ?? []);
    const accuracies = own.map(({ record }) => record.testAccuracy);
    const ledgers = own.map(({ record }) => record.ledger);
    return {
      ...{ key, ticks, indices, runs: own, accuracy: mean(accuracies), bits: mean(ledgers.map(bitsPerWeight)) },
      spread: own.length > 1 ? standardDeviation(accuracies) : Number.NaN,
      times: mean(ledgers.map(({ denseBits, totalBits }) => denseBits / totalBits)),
    };
  });
}

/** Settings on the front of accuracy over bits per weight. */
export function settingsFront(settings: readonly Setting[]): ReadonlySet<string> {
  const measured = settings.filter(({ runs }) => runs.length > 0);
  const front = frontOf(
    'bits-per-weight',
    measured.map(({ key, bits, accuracy }) => ({ key, cost: bits, accuracy })),
  );
  return new Set(front.map(({ key }) => key));
}

/** Sizes below which "the best at most" may be asked for: each setting's bits per weight, rounded up to two decimals, ascending. */
export function limitsOf(settings: readonly Setting[]): readonly number[] {
  const sizes = settings.flatMap(({ bits }) => (Number.isFinite(bits) ? [Math.ceil(bits * 100 - 1e-6) / 100] : []));
  return [...new Set(sizes)].sort((a, b) => a - b);
}

/** The most accurate setting of at most so many bits per weight, of equals the smaller; undefined where none is so small. */
export function bestAtMost(settings: readonly Setting[], limit: number): Setting | undefined {
  return settings
    .filter(({ bits }) => bits <= limit + 1e-9)
    .reduce<Setting | undefined>(
      (best, one) =>
        best === undefined || one.accuracy > best.accuracy || (one.accuracy === best.accuracy && one.bits < best.bits) ? one : best,
      undefined,
    );
}

export type SortKey = number | 'n' | 'accuracy' | 'spread' | 'bits' | 'times';

export interface Sorting {
  /** A position of an axis, or a column. */
  readonly by: SortKey;
  readonly down: boolean;
}

/** The settings in another order; equal ones stay as they were, those without a result come last. @param placeOf of an axis's position */
export function sortedSettings(
  settings: readonly Setting[],
  { by, down }: Sorting,
  placeOf: (axis: number, tick: number) => number,
): readonly Setting[] {
  const key = (setting: Setting): number => {
    if (typeof by === 'number') return placeOf(by, setting.ticks[by] ?? 0);
    return by === 'n' ? setting.runs.length : setting[by];
  };
  return settings.toSorted((a, b) => {
    const [x, y] = [key(a), key(b)];
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
    return down ? y - x : x - y;
  });
}
