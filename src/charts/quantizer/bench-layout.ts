import { fixed, percent } from '../../numerics/measures/number-words';

/** A measured point, or why there is none. */
export interface BenchPoint {
  readonly label: string;
  /** The line that it belongs to. */
  readonly series: string;
  /** Its position on the axis. */
  readonly value: number;
  /** 0 … 1; null where the measurement failed. */
  readonly accuracy: number | null;
  /** Why it failed; '' if it did not. */
  readonly failed: string;
}

/** A point in words. */
export function benchReadout({ label, accuracy, failed }: BenchPoint): string {
  return accuracy === null ? `${label}: failed. ${failed}` : `${label}: test accuracy ${percent(accuracy, 2)}`;
}

/** Limits of an axis in percent: what was measured with a little room, at least one point wide, never outside 0 … 100. */
export function percentDomain(accuracies: readonly number[]): [number, number] {
  if (accuracies.length === 0) return [0, 100];
  const low = Math.min(...accuracies) * 100;
  const high = Math.max(...accuracies) * 100;
  const room = Math.max(0.1 * (high - low), (1 - (high - low)) / 2, 0.05);
  return [Math.max(0, low - room), Math.min(100, high + room)];
}

/** A tick of such an axis: as many decimals as the ticks need. */
export function percentTick(ticks: readonly number[]): (tick: number) => string {
  const digits = ticks.every(Number.isInteger) ? 0 : ticks.every((tick) => Math.abs(tick * 10 - Math.round(tick * 10)) < 1e-9) ? 1 : 2;
  return (tick) => fixed(tick, digits);
}

/** Moves labels apart to at least `gap`, in their order, between `low` and `high` as far as there is room. */
export function spreadAll(positions: readonly number[], gap: number, low: number, high: number): readonly number[] {
  const order = positions.map((_, i) => i).sort((a, b) => positions[a]! - positions[b]! || a - b);
  const out = [...positions];
  let above = low - gap;
  for (const i of order) {
    out[i] = Math.max(positions[i]!, above + gap);
    above = out[i]!;
  }
  let below = high + gap;
  for (const i of order.toReversed()) {
    out[i] = Math.min(out[i]!, below - gap);
    below = out[i]!;
  }
  return out;
}

/** Where dots of a strip lie, so that none covers another: steps away from the axis, in the order of the values. */
export function stackDots(positions: readonly number[], size: number): readonly number[] {
  const rows: number[] = [];
  const levels = positions.map(() => 0);
  const order = positions.map((_, i) => i).sort((a, b) => positions[a]! - positions[b]! || a - b);
  for (const i of order) {
    const free = rows.findIndex((last) => positions[i]! - last >= size);
    const level = free < 0 ? rows.length : free;
    rows[level] = positions[i]!;
    levels[i] = level;
  }
  return levels;
}
