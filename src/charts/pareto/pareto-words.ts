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
  /** Marks beyond the y axis: arrows on its edge. */
  readonly off: readonly ParetoItem[];
  /** The front to beat, how many marks lie beyond it and what they add to its volume; null if there is none over this measure. */
  readonly target: { readonly points: number; readonly beyond: number; readonly volume: number; readonly gain: number } | null;
  /** Sweeps to compare with: points on their fronts, and their volumes. */
  readonly ghosts: readonly { readonly name: string; readonly points: number; readonly volume: number }[];
}

/** The whole picture in a few sentences. */
export function paretoSummary({ kinds, items, front, volume, reference, unplaced, left, off, target, ghosts }: ParetoStory): string {
  const measured = items.filter((item) => item.failed === '');
  const failed = items.length - measured.length;
  const runs = measured.reduce((sum, { ids }) => sum + ids.length, 0);
  const seeds = runs > measured.length;
  const counted = runs === 0 ? 'No run yet.' : `${plural(runs, 'run')}.`;
  const parts = [seeds ? `${settingsText(measured)}; bars: standard deviation.` : counted];
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
    parts.push(`Area under the front: ${significant(volume)}.`);
  }
  if (target) {
    const beyond =
      target.beyond > 0 ? `${plural(target.beyond, 'point')} beyond it, adding ${significant(target.gain)}` : 'no point beyond it yet';
    parts.push(`The front to beat: ${plural(target.points, 'point')}, area ${significant(target.volume)}; ${beyond}.`);
  }
  for (const { name, points, volume: own } of ghosts)
    parts.push(
      points > 0
        ? `Compared with ${name}: ${plural(points, 'point')} on its front, area ${significant(own)}.`
        : `${name} has no ${costNames[kinds.x]}.`,
    );
  if (off.length > 0)
    parts.push(offText(kinds.y, off, Math.min(...measured.filter((item) => !off.includes(item)).map((item) => item.accuracy))));
  if (failed > 0) parts.push(`${plural(failed, 'run')} failed.`);
  if (unplaced > 0) parts.push(`${plural(unplaced, 'run')} without ${costNames[kinds.x]} omitted.`);
  if (left > 0) parts.push(`${plural(left, 'mark')} filtered out.`);
  return parts.join(' ');
}

/** "21 settings, 3 seeds each", of means over seeds. */
export function settingsText(items: readonly Pick<ParetoItem, 'ids'>[]): string {
  const counts = items.map(({ ids }) => ids.length);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const each = least === most ? plural(most, 'seed') : `${count(least)} to ${plural(most, 'seed')}`;
  return `${plural(items.length, 'setting')}, ${each}${items.length > 1 ? ' each' : ''}`;
}

/** "2 settings lie below the picture: 18.96 % and 20.10 %." */
export function offText(kind: AccuracyKind, off: readonly Pick<ParetoItem, 'accuracy'>[], low: number): string {
  if (off.length === 0) return '';
  const below = off.filter(({ accuracy }) => accuracy < low);
  const sides = [
    [below.length, 'below'],
    [off.length - below.length, 'above'],
  ] as const;
  const said = sides.filter(([n]) => n > 0).map(([n, side]) => `${plural(n, 'setting')} ${n === 1 ? 'lies' : 'lie'} ${side} the picture`);
  const [first] = off;
  return `${said.join(', ')}${off.length === 1 && first ? ` at ${accuracyText(kind, first.accuracy)}` : ''} (arrows on its edge).`;
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
export function paretoTable(
  { kinds, items, front, off }: Pick<ParetoStory, 'kinds' | 'items' | 'front' | 'off'>,
  names: GroupNames,
): ChartTable {
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
      item.failed === '' ? `${percent(item.accuracy, 2)}${off.includes(item) ? ' (off the picture)' : ''}` : `failed: ${item.failed}`,
      item.ids.length > 1 ? fixed(item.accuracySpread * 100, 2) : '–',
      count(item.ids.length),
      costText(kinds.x, item.cost),
      ...(bitsToo ? [fixed(item.bitsPerWeight, 2)] : []),
      onFront.has(item) ? 'yes' : 'no',
      originText(item.origin),
    ]),
  };
}
