export interface CurvePoints {
  readonly step: readonly number[];
  readonly value: readonly number[];
}

/**
 * The value at the first point that is not before this step, the last one of several at that step; the last one after the end; null for a
 * curve without points.
 */
export function valueAt({ step, value }: CurvePoints, at: number): number | null {
  const i = step.findIndex((s) => s >= at);
  const found = i < 0 ? value.at(-1) : value[step.lastIndexOf(step[i] ?? at)];
  return found === undefined || !Number.isFinite(found) ? null : found;
}

/** The last value at or before a step; null for none. */
export function lastBefore({ step, value }: CurvePoints, at: number): number | null {
  return value[step.findLastIndex((s) => s <= at)] ?? null;
}
