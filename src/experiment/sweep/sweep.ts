import { toFragment } from '../link/url';
import { applySetting, SettingError } from '../program/apply-setting';
import type { Experiment } from '../types/experiment';
import { type SweepAxis, SweepError } from './axis';

/** An experiment and the directions in which it is varied: every combination of their positions is a run. */
export interface Sweep {
  /** A person's own title, '' for none. */
  readonly name: string;
  readonly experiment: Experiment;
  readonly axes: readonly SweepAxis[];
}

export const AXIS_LIMIT = 3;
/** Runs of one sweep, at most. */
export const POINT_LIMIT = 2000;

export interface SweepPoint {
  /** Position in the sweep: the last axis runs fastest. */
  readonly index: number;
  /** The position on each axis. */
  readonly ticks: readonly number[];
  readonly experiment: Experiment;
  /** Why there is no such experiment; '' if there is. */
  readonly problem: string;
}

/** Number of runs. */
export function pointCount({ axes }: Pick<Sweep, 'axes'>): number {
  return axes.reduce((product, { ticks }) => product * ticks.length, 1);
}

/**
 * Every run of a sweep. A combination that makes no sense, such as a setting of a method that is not chosen, is a point with its
 * problem; so is one whose experiment equals that of an earlier point, which stands for both.
 * @throws SweepError if there are too many axes or points
 */
export function pointsOf(sweep: Sweep): readonly SweepPoint[] {
  checkSize(sweep);
  const { axes, experiment } = sweep;
  const first = new Map<string, number>();
  return Array.from({ length: pointCount(sweep) }, (_, index) => {
    const ticks = ticksAt(axes, index);
    const made = experimentAt(experiment, axes, ticks);
    if (made.problem !== '') return { index, ticks, ...made };
    const fragment = toFragment(made.experiment);
    const before = first.get(fragment);
    if (before === undefined) first.set(fragment, index);
    return { index, ticks, ...made, problem: before === undefined ? '' : `This is the same experiment as run ${before + 1}.` };
  });
}

/** @throws SweepError if there are too many axes or points */
export function checkSize(sweep: Pick<Sweep, 'axes'>): void {
  const { length } = sweep.axes;
  if (length > AXIS_LIMIT) throw new SweepError(`A sweep has at most ${AXIS_LIMIT} axes, not ${length}.`);
  const count = pointCount(sweep);
  if (count > POINT_LIMIT)
    throw new SweepError(`A sweep has at most ${POINT_LIMIT.toLocaleString('en-US')} runs, not ${count.toLocaleString('en-US')}.`);
}

function ticksAt(axes: readonly SweepAxis[], index: number): readonly number[] {
  let rest = index;
  const ticks: number[] = [];
  for (const { ticks: own } of [...axes].reverse()) {
    ticks.unshift(rest % own.length);
    rest = Math.floor(rest / own.length);
  }
  return ticks;
}

function experimentAt(
  experiment: Experiment,
  axes: readonly SweepAxis[],
  ticks: readonly number[],
): Pick<SweepPoint, 'experiment' | 'problem'> {
  try {
    return { experiment: axes.reduce((held, axis, a) => applyTick(held, axis, ticks[a] ?? 0), experiment), problem: '' };
  } catch (error) {
    if (error instanceof SettingError) return { experiment, problem: `${error.message}${rangeHint(axes, ticks)}` };
    throw error;
  }
}

/** How a range is written, where one was meant: "2-8" may also be a list of widths, so this is added only when a value does not fit. */
function rangeHint(axes: readonly SweepAxis[], ticks: readonly number[]): string {
  const meant = axes.some((axis, a) => axis.ticks[ticks[a] ?? 0]?.some((text) => /^[\d.]+\s*(?:-|–|—|:|to|…)\s*[\d.]+$/.test(text)));
  return meant ? ' A range is written 2..8.' : '';
}

function applyTick(experiment: Experiment, { paths, ticks }: SweepAxis, tick: number): Experiment {
  return paths.reduce((held, path, i) => applySetting(held, `${path}=${ticks[tick]?.[i] ?? ''}`), experiment);
}
