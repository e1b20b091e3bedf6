import { type AccuracyKind, type Axis, accuracyOnAxis } from '../pareto/pareto-axes';
import { type Area, axisWidth, offEdge, type PositionedItem } from '../pareto/pareto-layout';
import type { ParetoItem } from '../pareto/pareto-points';

/** A swept value as the x axis shows it. */
export interface ValueAxis {
  /** "Threshold λ". */
  readonly name: string;
  /** Of each place of the axis its name and where it lies, 0 … 1. */
  readonly ticks: readonly { readonly label: string; readonly at: number }[];
  /** Words may take several lines, and series stand beside each other; numbers are left out where they would touch. */
  readonly words: boolean;
}

const margin = { top: 12, right: 12 };
/** The select that names the axis lies below its figures. */
const SELECT_HEIGHT = 26;
const LINE = 15;
/** A letter of 12 px is about so wide. */
const LETTER = 6.6;

/** A label in lines that fit into `width` pixels, three at most. */
export function labelLines(label: string, width: number): readonly string[] {
  const most = Math.max(4, Math.floor(width / LETTER));
  const lines: string[] = [];
  for (const word of label.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  const shown = lines.length > 3 ? [...lines.slice(0, 2), `${lines[2]} …`] : lines;
  return shown.map((line) => (line.length > most ? `${line.slice(0, most - 1)}…` : line));
}

export interface TickLabel {
  readonly x: number;
  readonly lines: readonly string[];
}

/** The labels below the axis, and where the plot lies above them. */
export function valueLayout(
  axis: ValueAxis,
  width: number,
  height: number,
): { readonly area: Area; readonly labels: readonly TickLabel[] } {
  const inner = Math.max(1, width - axisWidth - margin.right);
  const lines = axis.ticks.map(({ label }) => (axis.words ? labelLines(label, inner / axis.ticks.length - 8) : [label]));
  const depth = Math.max(1, ...lines.map(({ length }) => length)) * LINE + 6;
  const area = {
    x: axisWidth,
    y: margin.top,
    width: inner,
    height: Math.max(1, height - margin.top - depth - SELECT_HEIGHT),
  };
  const labels = axis.ticks.map(({ at }, i) => ({ x: area.x + at * area.width, lines: lines[i] ?? [] }));
  return { area, labels: axis.words ? labels : apart(labels) };
}

/** From left to right those that do not touch the one before. */
function apart(labels: readonly TickLabel[]): readonly TickLabel[] {
  const kept: TickLabel[] = [];
  for (const label of [...labels].sort((a, b) => a.x - b.x)) {
    const last = kept.at(-1);
    const room = ((label.lines[0]?.length ?? 0) + (last?.lines[0]?.length ?? 0)) * (LETTER / 2) + 8;
    if (!last || label.x - last.x >= room) kept.push(label);
  }
  return kept;
}

/** From an accuracy to pixels. */
export function valueHeight({ y, height }: Area, kind: AccuracyKind, { domain }: Axis): (accuracy: number) => number {
  const error = kind === 'error';
  const [bottom, top] = error ? (domain.map(Math.log) as [number, number]) : domain;
  return (accuracy) => {
    const value = accuracyOnAxis(kind, accuracy);
    return y + height * (1 - ((error ? Math.log(value) : value) - bottom) / (top - bottom));
  };
}

/** Pixels between series that stand beside each other over a word. */
const BESIDE = 16;

/**
 * Each item's position: by its `step`, the place on the axis; over words those of different lines stand beside each other. Failed ones
 * lie on the lower edge.
 */
export function valuePositions(
  axis: ValueAxis,
  area: Area,
  heightOf: (accuracy: number) => number,
  items: readonly ParetoItem[],
): readonly PositionedItem[] {
  const series = [...new Set(items.map(seriesOf))].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const room = Math.min(BESIDE, (0.7 * area.width) / (axis.ticks.length * Math.max(1, series.length)));
  const clamp = (at: number) => Math.min(area.y + area.height, Math.max(area.y, at));
  return items.map((item) => {
    const beside = axis.words ? (series.indexOf(seriesOf(item)) - (series.length - 1) / 2) * room : 0;
    const x = area.x + (axis.ticks[item.step]?.at ?? 0.5) * area.width + beside;
    const lineY = item.failed === '' ? heightOf(item.accuracy) : area.y + area.height;
    const off = item.failed === '' ? offEdge(area, lineY) : '';
    const y = off === 'below' ? area.y + area.height - 7 : off === 'above' ? area.y + 7 : lineY;
    const ends = [item.accuracy + item.accuracySpread, item.accuracy - item.accuracySpread];
    const spread = off === '' && item.accuracySpread > 0 ? ends.map((end) => clamp(heightOf(Math.min(1, Math.max(0, end))))) : [y, y];
    return { item, x, y, lineY, off, bars: { x: [x, x], y: [Math.min(...spread), Math.max(...spread)] } };
  });
}

function seriesOf({ groupA, groupB }: ParetoItem): string {
  return `${groupA} ${groupB}`;
}
