import { count, percent, significant } from '../../numerics/measures/number-words';
import { type CurvePoints, lastBefore, valueAt } from '../shared/curve-points';
import type { LiveSeries, PairColumns } from './trace-data';

type Point = readonly [step: number, value: number];

export interface GhostColumns extends PairColumns {
  readonly ghostLoss: (number | null)[];
  readonly ghostAccuracy: (number | null)[];
}

/**
 * Puts a finished run behind the others, up to step `until`: the picture is as wide as the program on the screen. Its loss is smoothed
 * like that of the run, over `window` steps, restarted in every stage. Rows in order of their positions.
 * @param place position of something measured at a training step, after so many other measurements at the same step
 */
export function withGhost(
  columns: PairColumns,
  ghost: Pick<GhostTrace, 'loss' | 'validation' | 'starts'> | null,
  until: number,
  window: number,
  place: (step: number, repeated: number) => number = (step) => step,
): GhostColumns {
  if (!ghost) {
    const nothing = columns.step.map(() => null);
    return { ...columns, ghostLoss: nothing, ghostAccuracy: nothing };
  }
  const names = Object.keys(columns) as (keyof PairColumns)[];
  const own = columns.step.map((_, i) => ({ ...rowOf(names, (name) => columns[name][i] ?? null), ghostLoss: null, ghostAccuracy: null }));
  const empty = rowOf(names, () => null);
  const behind = [
    ...smoothed(pointsOf(ghost.loss, until), ghost.starts, window).map(([step, value]) => ({
      ...empty,
      step,
      at: place(step, 0),
      ghostLoss: value,
      ghostAccuracy: null,
    })),
    ...pointsOf(ghost.validation, until).map(([step, value], i, all) => ({
      ...empty,
      step,
      at: place(step, all.slice(0, i).filter(([before]) => before === step).length),
      ghostLoss: null,
      ghostAccuracy: value,
    })),
  ];
  const rows = [...own, ...behind].sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
  const all = [...names, 'ghostLoss', 'ghostAccuracy'] as const;
  return Object.fromEntries(all.map((name) => [name, rows.map((row) => row[name])])) as unknown as GhostColumns;
}

/** An exponential moving average, corrected for its start, that restarts after each of `starts`. */
function smoothed(points: readonly Point[], starts: readonly number[], window: number): readonly Point[] {
  let sum = 0;
  let weight = 0;
  let before = 0;
  return points.map(([step, value]) => {
    if (starts.some((start) => start >= before && start < step)) sum = weight = 0;
    // A point is the mean of the steps since the one before it.
    const share = Math.min(1, (step - before) / window);
    sum = (1 - share) * sum + share * value;
    weight = (1 - share) * weight + share;
    before = step;
    return [step, sum / weight] as const;
  });
}

function pointsOf(curve: CurvePoints, until: number): readonly Point[] {
  return curve.step.flatMap((step, i) => {
    const value = curve.value[i];
    return step <= until && value !== undefined && Number.isFinite(value) ? [[step, value] as const] : [];
  });
}

function rowOf<N extends string>(names: readonly N[], value: (name: N) => number | null): Record<N, number | null> {
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<N, number | null>;
}

/** The curves of a finished run behind those of the run on the screen. */
export interface GhostTrace {
  readonly label: string;
  /** Mean loss of stretches of steps, at their ends. */
  readonly loss: CurvePoints;
  /** Validation accuracy, 0 … 1. */
  readonly validation: CurvePoints;
  /** Training steps before each of its stages. */
  readonly starts: readonly number[];
}

/** Where the ghost was when it had done as many steps. */
export function ghostSummary(ghost: GhostTrace, { steps }: Pick<LiveSeries, 'steps'>, totalSteps: number): string {
  const last = Math.max(ghost.loss.step.at(-1) ?? 0, ghost.validation.step.at(-1) ?? 0);
  const at = Math.min(last, Math.max(totalSteps, steps));
  const [loss, accuracy] = [valueAt(ghost.loss, at), lastBefore(ghost.validation, at)];
  const parts = [
    ...(loss === null ? [] : [`mean loss ${significant(loss, 2)}`]),
    ...(accuracy === null ? [] : [`validation accuracy ${percent(accuracy)}`]),
  ];
  return `Dashed grey: the baseline ${ghost.label}${parts.length > 0 ? `: ${parts.join(', ')} at step ${count(at)}` : ''}.`;
}

/** The ghost at a step, in words; '' where it has nothing. */
export function ghostReadout(ghost: GhostTrace, step: number): string {
  const [loss, accuracy] = [valueAt(ghost.loss, step), lastBefore(ghost.validation, step)];
  const parts = [...(loss === null ? [] : [`loss ${significant(loss)}`]), ...(accuracy === null ? [] : [percent(accuracy)])];
  return parts.length > 0 ? `baseline ${parts.join(', ')}` : '';
}
