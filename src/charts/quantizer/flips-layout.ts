import { count, percent, plural } from '../../numerics/measures/number-words';

/** What an inspection found to have changed since the one before. */
export interface FlipInspection {
  /** Training steps before the inspection, over all stages. */
  readonly step: number;
  readonly weights: number;
  readonly flips: { readonly changed: number; readonly returned: number; readonly steps: number } | null;
}

export interface FlipPoint {
  readonly step: number;
  readonly steps: number;
  readonly weights: number;
  readonly changed: number;
  readonly returned: number;
}

/** Inspections that have one before them to be compared with, and training between the two. */
export function flipPoints(inspections: readonly FlipInspection[]): readonly FlipPoint[] {
  return inspections.flatMap(({ step, weights, flips }) => (flips && flips.steps > 0 ? [{ step, weights, ...flips }] : []));
}

/** Upper end of the axis of shares: what is drawn, with air; never so small that a single weight fills the picture. */
export function shareLimit(points: readonly FlipPoint[]): number {
  return Math.max(1e-3, ...points.map(({ changed, weights }) => changed / weights)) * 1.12;
}

/** An SVG path through shares of weights. */
export function sharePath(
  points: readonly FlipPoint[],
  key: 'changed' | 'returned',
  x: (step: number) => number,
  y: (share: number) => number,
): string {
  return points.map((point, i) => `${i === 0 ? 'M' : 'L'}${x(point.step).toFixed(1)} ${y(point[key] / point.weights).toFixed(1)}`).join('');
}

/** "In the 120 steps up to step 1,320 …": what the inspection found. */
export function flipSentence({ step, steps, weights, changed, returned }: FlipPoint): string {
  const when = `In the ${steps === 1 ? 'step' : plural(steps, 'step')} up to step ${count(step)}`;
  if (changed === 0) return `${when} no weight changed its level.`;
  return `${when}, ${plural(changed, 'weight')} of ${count(weights)} (${percent(changed / weights)}) changed their level, ${count(returned)} of them back to their previous level.`;
}

export function flipReadout({ step, changed, returned, weights }: FlipPoint): string {
  return `step ${count(step)} · changed ${count(changed)} (${percent(changed / weights)}) · back and forth ${count(returned)}`;
}
