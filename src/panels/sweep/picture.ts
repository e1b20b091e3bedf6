/** What the picture of a sweep shows where: the x axis, colours, shapes, lines. */
import type { SweepAxis } from '../../experiment/sweep/axis';
import { axisScale, isOfNumbers } from '../../experiment/sweep/axis-scale';
import { bitsPerWeight } from '../../numerics/measures/ledger';
import { type CostKind, isCostKind } from '../../numerics/measures/model-cost';
import type { HeldSweep } from '../../state/sweep/sweep-store';

/** A cost, or a swept axis by its position: "axis-0". */
export type PictureX = CostKind | `axis-${number}`;

/** The position of the axis that is on the x axis; undefined for a cost. */
export function sweptAxis(x: PictureX): number | undefined {
  return isCostKind(x) ? undefined : Number(x.slice('axis-'.length));
}

/** Positions of the axes that colour and shape show; undefined for none. */
export interface PictureChoices {
  readonly color: number | undefined;
  readonly shape: number | undefined;
}

/** Positions of the axes that marks may show: not the seed, runs that differ in it only are one mark. */
export function groupAxes(axes: readonly SweepAxis[]): readonly number[] {
  return axes.flatMap((axis, a) => (axis.paths.includes('seed') ? [] : [a]));
}

/**
 * The axis whose values a line goes through: the one on the x axis if it has numbers; over a cost, the bits, or else the numbers that
 * are most. Words are not joined.
 */
export function lineAxis(axes: readonly SweepAxis[], x: PictureX): number | undefined {
  const on = sweptAxis(x);
  if (on !== undefined) return axes[on] && axes[on].ticks.length > 1 && axisScale(axes[on]).kind !== 'words' ? on : undefined;
  const numeric = groupAxes(axes).filter((a) => axes[a] && axes[a].ticks.length > 1 && isOfNumbers(axes[a]));
  const bits = numeric.find((a) => axes[a]?.paths.some((path) => /bits$/i.test(path)));
  return bits ?? numeric.toSorted((a, b) => (axes[b]?.ticks.length ?? 0) - (axes[a]?.ticks.length ?? 0))[0];
}

/**
 * Colour and shape at first: what is not on the x axis, nor along a line over a cost. Fewer positions first: colours show a method better
 * than one of seven numbers.
 */
export function firstPicture(axes: readonly SweepAxis[], x: PictureX): PictureChoices {
  const on = sweptAxis(x);
  const others = groupAxes(axes).filter((a) => a !== on);
  const along = others.length > 1 ? lineAxis(axes, x) : undefined;
  const [color, shape] = others.filter((a) => a !== along).toSorted((a, b) => (axes[a]?.ticks.length ?? 0) - (axes[b]?.ticks.length ?? 0));
  return { color, shape };
}

/** The choices after a person has chosen an axis for colour or shape. The other keeps its own, or takes what is left over. */
export function changedPicture(picture: PictureChoices, part: keyof PictureChoices, axis: number | undefined): PictureChoices {
  const other = part === 'color' ? 'shape' : 'color';
  const next = { ...picture, [part]: axis };
  return axis !== undefined && picture[other] === axis ? { ...next, [other]: picture[part] } : next;
}

/** Costs below this factor of each other are the same: then accuracy over cost answers nothing. */
const SAME_COST = 1.02;

/** What the x axis counts at first: bits per weight, or, where all settings cost the same, what was varied. */
export function firstX({ kept, runs }: HeldSweep): PictureX {
  const costs = Object.values(runs).map(({ record }) => bitsPerWeight(record.ledger));
  const { axes } = kept.sweep;
  const groups = groupAxes(axes);
  const a =
    lineAxis(axes, 'bits-per-weight') ??
    groups.toSorted((one, other) => (axes[other]?.ticks.length ?? 0) - (axes[one]?.ticks.length ?? 0))[0];
  const varies = costs.length < 2 || Math.max(...costs) > SAME_COST * Math.min(...costs);
  return varies || a === undefined ? 'bits-per-weight' : `axis-${a}`;
}

/** Whether inference times of these runs compare: all of one backend on one machine, which is known of runs of this page only. */
export function timedTogether({ runs }: Pick<HeldSweep, 'runs'>, origin: 'live' | 'recorded'): boolean {
  const all = Object.values(runs);
  const where = new Set(all.map(({ record }) => `${record.backend.name} ${record.backend.adapter ?? ''}`));
  return all.every((run) => run.origin === origin) && where.size <= 1;
}
