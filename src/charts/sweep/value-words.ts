import { count, fixed, percent, significant } from '../../numerics/measures/number-words';
import { type AccuracyKind, costText } from '../pareto/pareto-axes';
import type { ParetoItem } from '../pareto/pareto-points';
import { accuracyText, offText, originText, settingsText } from '../pareto/pareto-words';
import type { ChartTable } from '../shared/chart-frame';

export interface ValueStory {
  readonly y: AccuracyKind;
  /** What the x axis counts: "Threshold λ". */
  readonly axis: string;
  /** What is drawn. */
  readonly items: readonly ParetoItem[];
  /** Those beyond the y axis. */
  readonly off: readonly ParetoItem[];
  /** Marks that a hidden group leaves out. */
  readonly left: number;
}

/** The picture in a few sentences: how much there is, the best and the worst. */
export function valueSummary({ y, axis, items, off, left }: ValueStory): string {
  const measured = items.filter(({ failed }) => failed === '').toSorted((a, b) => b.accuracy - a.accuracy);
  const [best, worst] = [measured[0], measured.at(-1)];
  if (!best || !worst) return `No run over ${axis} yet.`;
  const runs = measured.reduce((sum, { ids }) => sum + ids.length, 0);
  const told = (item: ParetoItem) => `${item.label} with ${meanText(y, item)}`;
  const parts = [
    runs > measured.length ? `${settingsText(measured)}; bars: standard deviation, dots: single runs.` : `${count(runs)} runs.`,
  ];
  parts.push(best === worst ? `${told(best)}.` : `The best is ${told(best)}, the worst ${told(worst)}.`);
  const low = Math.min(...measured.filter((item) => !off.includes(item)).map(({ accuracy }) => accuracy));
  if (off.length > 0) parts.push(offText(y, off, low));
  const failed = items.length - measured.length;
  if (failed > 0) parts.push(`${count(failed)} failed.`);
  if (left > 0) parts.push(`${count(left)} filtered out.`);
  return parts.join(' ');
}

/** "97.41 % ± 0.12". */
export function meanText(y: AccuracyKind, { accuracy, accuracySpread, ids }: ParetoItem): string {
  return `${accuracyText(y, accuracy)}${ids.length > 1 ? ` ± ${fixed(accuracySpread * 100, 2)}` : ''}`;
}

/** One mark in words. */
export function valueReadout(y: AccuracyKind, item: ParetoItem): string {
  if (item.failed !== '') return `${item.label} · failed: ${item.failed}`;
  const seeds = item.ids.length > 1 ? ` (${count(item.ids.length)} seeds)` : '';
  const parts = [item.label, `${meanText(y, item)}${seeds}`, costText('bits-per-weight', item.bitsPerWeight)];
  if (item.origin !== 'live') parts.push(originText(item.origin));
  return parts.join(' · ');
}

/** Every setting in a row, by its place on the axis. */
export function valueTable({ items, off }: Pick<ValueStory, 'items' | 'off'>): ChartTable {
  return {
    head: ['setting', 'test accuracy', 'standard deviation', 'runs', 'bits per weight'],
    rows: items
      .toSorted((a, b) => a.step - b.step)
      .map((item) => [
        item.label,
        item.failed === '' ? `${percent(item.accuracy, 2)}${off.includes(item) ? ' (off the picture)' : ''}` : `failed: ${item.failed}`,
        item.ids.length > 1 ? fixed(item.accuracySpread * 100, 2) : '–',
        count(item.ids.length),
        significant(item.bitsPerWeight, 3),
      ]),
  };
}
