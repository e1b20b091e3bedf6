import { count, significant } from '../../numerics/measures/number-words';

export interface ScaleError {
  readonly scale: number;
  /** Mean squared error. */
  readonly error: number;
}

export interface ScaleCurve {
  /** The scale in use, with the error that it has. */
  readonly current: ScaleError;
  readonly scales: ArrayLike<number>;
  readonly errors: ArrayLike<number>;
  /** Null where codes have no limits, so that there is no best scale. */
  readonly calibrated: { readonly minMax: ScaleError; readonly percentile: ScaleError; readonly optimum: ScaleError } | null;
}

/** A scale during training, with the step of its inspection. */
export interface PathPoint extends ScaleError {
  readonly step: number;
}

/** Inspections that saw a scale. */
export function pathPoints(
  inspections: readonly { readonly step: number; readonly scale: number | null; readonly error: number }[],
): readonly PathPoint[] {
  return inspections.flatMap(({ step, scale, error }) => (scale !== null && scale > 0 && error > 0 ? [{ step, scale, error }] : []));
}

/** Limits of both axes, for logarithms: the curve's own, wide enough for the path. */
export function pathDomains(
  curve: ScaleCurve,
  path: readonly PathPoint[],
): { readonly scale: [number, number]; readonly error: [number, number] } {
  const positive = Array.from(curve.errors).filter((error) => error > 0);
  const seen = [...path, curve.current].filter(({ error }) => error > 0);
  return {
    scale: limits([...Array.from(curve.scales), ...seen.map(({ scale }) => scale)], 1),
    error: limits([...positive, ...seen.map(({ error }) => error)], 1.25),
  };
}

function limits(values: readonly number[], air: number): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low < high ? [low / air, high * air] : [low / 2, low * 2];
}

export interface Label {
  readonly text: string;
  /** Where it points at, in pixels. */
  readonly at: number;
}

/** Rows for labels that are centred over their positions, as few as keep them apart; positions at the edge are pushed in. */
export function labelRows(
  labels: readonly Label[],
  left: number,
  right: number,
  perFigure = 6,
): readonly (Label & { readonly x: number; readonly row: number })[] {
  const ends: number[] = [];
  return [...labels]
    .sort((a, b) => a.at - b.at)
    .map((label) => {
      const half = (perFigure * label.text.length) / 2;
      const x = Math.max(left + half, Math.min(right - half, label.at));
      let row = ends.findIndex((end) => end + 6 <= x - half);
      if (row < 0) row = ends.length;
      ends[row] = x + half;
      return { ...label, x, row };
    });
}

/** Which of several groups is shown: "Scale 407 of 784". */
export function shownScale(shown: number, groups: number): string {
  return groups > 1 ? `Scale ${count(shown + 1)} of ${count(groups)}` : 'The scale in use';
}

/** The picture in words. @param shown number of the group, from 0 @param groups with a scale of their own */
export function pathSummary({ current, calibrated }: ScaleCurve, shown: number, groups: number): string {
  const which = `${shownScale(shown, groups)} is ${significant(current.scale)}`;
  if (!calibrated) {
    return `${which}, its mean squared error ${significant(current.error)}. Codes are not limited here: a smaller scale has less error and more codes.`;
  }
  const { minMax, optimum } = calibrated;
  const ratio = optimum.error > 0 ? current.error / optimum.error : 1;
  const cost =
    ratio > 1.05
      ? `its squared error is ${significant(ratio, 2)} times the least possible, at ${significant(optimum.scale)}`
      : 'its squared error is the least possible';
  const against = Math.abs(current.scale / minMax.scale - 1) < 1e-3 ? ', clips nothing' : '';
  return `${which}${against}; ${cost}.`;
}

export function markReadout(name: string, { scale, error }: ScaleError): string {
  return `${name} · scale ${significant(scale)} · mean squared error ${significant(error)}`;
}
