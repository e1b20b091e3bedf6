import type { Axis } from '../pareto/pareto-axes';
import type { Area } from '../pareto/pareto-layout';
import type { ValueAxis } from './value-layout';

/** A run through all axes. */
export interface ParallelRun {
  readonly id: string;
  readonly label: string;
  /** Its position on each axis. */
  readonly ticks: readonly number[];
  /** Share of the test images, 0 … 1. */
  readonly accuracy: number;
  /** The group that its colour shows. */
  readonly group: string;
}

export interface Corner {
  readonly x: number;
  readonly y: number;
}

/** Where the axes stand: the swept ones from left to right, and the accuracy at the right edge. */
export function axisColumns(count: number, { x, width }: Area): readonly number[] {
  return Array.from({ length: count + 1 }, (_, i) => x + (count === 0 ? width : (i * width) / count));
}

/** The corners of each run's line, from the first axis to its accuracy; what lies beyond the range of the accuracy ends on its edge. */
export function parallelLines(
  axes: readonly ValueAxis[],
  runs: readonly ParallelRun[],
  area: Area,
  range: Axis,
): readonly (readonly Corner[])[] {
  const columns = axisColumns(axes.length, area);
  const [low, high] = range.domain;
  const up = (share: number) => area.y + area.height * (1 - Math.min(1, Math.max(0, share)));
  return runs.map(({ ticks, accuracy }) =>
    columns.map((x, a) => ({
      x,
      y: up(a < axes.length ? (axes[a]?.ticks[ticks[a] ?? 0]?.at ?? 0.5) : (accuracy * 100 - low) / (high - low)),
    })),
  );
}

/** The line that passes nearest to a point, if it does within `reach` pixels of height; of equally near ones the last. */
export function nearestLine(lines: readonly (readonly Corner[])[], { x, y }: Corner, reach: number): number | null {
  let found: number | null = null;
  let least = reach;
  lines.forEach((line, i) => {
    const right = line.findIndex((corner) => corner.x >= x);
    const [from, to] = [line[Math.max(0, right - 1)], line[right < 0 ? line.length - 1 : right]];
    if (!from || !to) return;
    const share = to.x > from.x ? (x - from.x) / (to.x - from.x) : 0;
    const distance = Math.abs(from.y + (to.y - from.y) * Math.min(1, Math.max(0, share)) - y);
    if (distance > least) return;
    least = distance;
    found = i;
  });
  return found;
}

export function linePath(line: readonly Corner[]): string {
  return line.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
}
