import type { CostKind } from '../../numerics/measures/model-cost';
import { count, fixed, percent, plural, significant } from '../../numerics/measures/number-words';
import type { ChartTable } from '../shared/chart-frame';
import { type AccuracyKind, costNames, costText } from './pareto-axes';
import type { FrontPoint, ParetoItem } from './pareto-points';

export interface ParetoKinds {
  readonly x: CostKind;
  readonly y: AccuracyKind;
}

export interface ParetoStory {
  readonly kinds: ParetoKinds;
  /** What is drawn, ghosts left out. */
  readonly items: readonly ParetoItem[];
  readonly front: readonly ParetoItem[];
  readonly volume: number;
  readonly reference: FrontPoint | null;
  /** Runs without a measure for the x axis. */
  readonly unplaced: number;
  /** Marks that a brush or a hidden group leaves out. */
  readonly left: number;
  /** The front to beat, how many marks lie beyond it and what they add to its volume; null if there is none over this measure. */
  readonly target: { readonly points: number; readonly beyond: number; readonly volume: number; readonly gain: number } | null;
  /** Sweeps to compare with: points on their fronts, and their volumes. */
  readonly ghosts: readonly { readonly name: string; readonly points: number; readonly volume: number }[];
}

/** The whole picture in a few sentences. */
export function paretoSummary({ kinds, items, front, volume, reference, unplaced, left, target, ghosts }: ParetoStory): string {
  const measured = items.filter((item) => item.failed === '');
  const failed = items.length - measured.length;
  const runs = measured.reduce((sum, { ids }) => sum + ids.length, 0);
  const seeds = runs > measured.length;
  const counted = runs === 0 ? 'No run yet.' : `${plural(runs, 'run')}.`;
  const parts = [
    seeds ? `${plural(runs, 'run')} of ${plural(measured.length, 'combination')}; bars: standard deviation over seeds.` : counted,
  ];
  const [first, last] = [front[0], front.at(-1)];
  if (first && last) {
    const end = (item: ParetoItem) => `${accuracyText(kinds.y, item.accuracy)} at ${costText(kinds.x, item.cost)}`;
    parts.push(
      first === last
        ? `The front is one point: ${end(first)}.`
        : `The front: ${plural(front.length, 'point')}, from ${end(first)} to ${end(last)}.`,
    );
  }
  if (reference && first) {
    parts.push(
      `Hypervolume ${significant(volume)} percentage points × doublings, up to ${costText(kinds.x, reference.x)} and ${percent(reference.accuracy, 0)}.`,
    );
  }
  if (target) {
    const beyond =
      target.beyond > 0 ? `${plural(target.beyond, 'point')} beyond it, adding ${significant(target.gain)}` : 'no point beyond it yet';
    parts.push(`The front to beat: ${plural(target.points, 'point')}, hypervolume ${significant(target.volume)}; ${beyond}.`);
  }
  for (const { name, points, volume: own } of ghosts)
    parts.push(
      points > 0
        ? `Compared with ${name}: ${plural(points, 'point')} on its front, hypervolume ${significant(own)}.`
        : `${name} has no ${costNames[kinds.x]}.`,
    );
  if (failed > 0) parts.push(`${plural(failed, 'run')} failed.`);
  if (unplaced > 0) parts.push(`${plural(unplaced, 'run')} without ${costNames[kinds.x]} omitted.`);
  if (left > 0) parts.push(`${plural(left, 'mark')} filtered out.`);
  return parts.join(' ');
}

/** Accuracy or error, as the y axis counts it: "97.41 %", "2.59 % error". */
export function accuracyText(kind: AccuracyKind, accuracy: number, digits = 2): string {
  return kind === 'accuracy' ? percent(accuracy, digits) : `${percent(1 - accuracy, digits)} error`;
}

const origins: Readonly<Record<ParetoItem['origin'], string>> = {
  live: 'run here',
  recorded: 'recorded',
  imported: 'imported',
  ghost: 'earlier',
};

export function originText(origin: ParetoItem['origin']): string {
  return origins[origin];
}

/** One mark in words. */
export function itemReadout({ x, y }: ParetoKinds, item: ParetoItem, onFront: boolean): string {
  if (item.failed !== '') return `${item.label} · failed: ${item.failed}`;
  const seeds = item.ids.length > 1;
  const parts = [
    item.label,
    `${accuracyText(y, item.accuracy)}${seeds ? ` ± ${fixed(item.accuracySpread * 100, 2)} (${item.ids.length} seeds)` : ''}`,
    `${costText(x, item.cost)}${seeds && item.costSpread > 0 ? ` ± ${significant(item.costSpread, 2)}` : ''}`,
  ];
  if (x !== 'bits-per-weight' && item.bitsPerWeight > 0) parts.push(costText('bits-per-weight', item.bitsPerWeight));
  if (onFront) parts.push('on the front');
  if (item.origin !== 'live') parts.push(originText(item.origin));
  return parts.join(' · ');
}

export interface GroupNames {
  readonly a?: string | undefined;
  readonly b?: string | undefined;
}

/** Every mark in a row, the cheapest first. */
export function paretoTable({ kinds, items, front }: Pick<ParetoStory, 'kinds' | 'items' | 'front'>, names: GroupNames): ChartTable {
  const onFront = new Set(front);
  const showA = items.some(({ groupA }) => groupA !== '');
  const showB = items.some(({ groupB }) => groupB !== '');
  const bitsToo = kinds.x !== 'bits-per-weight';
  return {
    head: [
      'run',
      ...(showA ? [names.a ?? 'colour'] : []),
      ...(showB ? [names.b ?? 'shape'] : []),
      'test accuracy',
      'std over seeds',
      'runs',
      costNames[kinds.x],
      ...(bitsToo ? [costNames['bits-per-weight']] : []),
      'front',
      'origin',
    ],
    rows: items.map((item) => [
      item.label,
      ...(showA ? [item.groupA] : []),
      ...(showB ? [item.groupB] : []),
      item.failed === '' ? percent(item.accuracy, 2) : `failed: ${item.failed}`,
      item.ids.length > 1 ? fixed(item.accuracySpread * 100, 2) : '–',
      count(item.ids.length),
      costText(kinds.x, item.cost),
      ...(bitsToo ? [fixed(item.bitsPerWeight, 2)] : []),
      onFront.has(item) ? 'yes' : 'no',
      originText(item.origin),
    ]),
  };
}
