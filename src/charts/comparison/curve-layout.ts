import { ticks } from 'd3-array';
import type { CurvePoints } from '../shared/curve-points';
import { linearScale } from '../shared/linear-scale';

/** Steps at which something can be read, ascending: those of both curves. */
export function stepsOf(curves: readonly CurvePoints[]): readonly number[] {
  return [...new Set(curves.flatMap(({ step }) => step))].sort((a, b) => a - b);
}

/** Range of the finite values, a little wider; undefined if there is none. On a logarithmic axis only what is above 0 counts. */
export function curveDomain(curves: readonly CurvePoints[], log: boolean): readonly [number, number] | undefined {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { value } of curves) {
    for (const v of value) {
      if (!Number.isFinite(v) || (log && v <= 0)) continue;
      low = Math.min(low, v);
      high = Math.max(high, v);
    }
  }
  if (low > high) return undefined;
  if (log) return [low / 1.15, high * 1.15];
  const room = Math.max((high - low) * 0.06, Math.abs(high) * 0.01, 1e-9);
  return [low - room, high + room];
}

/** Pixels of a value, on a linear or logarithmic axis. */
export function valueScale(
  [low, high]: readonly [number, number],
  [bottom, top]: readonly [number, number],
  log: boolean,
): (value: number) => number {
  if (!log) return linearScale([low, high], [bottom, top]);
  const scale = linearScale([Math.log(low), Math.log(high)], [bottom, top]);
  return (value) => scale(Math.log(value));
}

/** 1, 2 and 5 times the powers of ten between two numbers above 0; the powers alone where there are many, round numbers where few. */
export function logTicks([low, high]: readonly [number, number]): readonly number[] {
  if (high / low < 10) return ticks(low, high, 4);
  const from = Math.floor(Math.log10(low));
  const decades = Array.from({ length: Math.ceil(Math.log10(high)) - from + 1 }, (_, i) => 10 ** (from + i));
  const factors = high / low > 300 ? [1] : [1, 2, 5];
  return decades
    .flatMap((decade) => factors.map((factor) => Number((factor * decade).toPrecision(1))))
    .filter((t) => t >= low && t <= high);
}

/** An SVG path; a value that is not finite (or not above 0, on a logarithmic axis) leaves a gap. */
export function curvePath(curve: CurvePoints, x: (step: number) => number, y: (value: number) => number): string {
  let pen = false;
  return curve.step
    .map((step, i) => {
      const height = y(curve.value[i] ?? Number.NaN);
      const command = Number.isFinite(height) ? `${pen ? 'L' : 'M'}${x(step).toFixed(1)} ${height.toFixed(1)}` : '';
      pen = command !== '';
      return command;
    })
    .join('');
}
