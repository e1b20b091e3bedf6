import { type CostKind, costInDoublings } from '../../numerics/measures/model-cost';
import { type AccuracyKind, type Axis, accuracyOnAxis } from './pareto-axes';
import type { Brush, FrontPoint, ParetoItem } from './pareto-points';

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const paretoMargin = { top: 12, right: 12, bottom: 24, left: 0 };
export const axisHeight = 20;
export const axisWidth = 48;

/** Where the points lie in a picture of this size, in pixels. */
export function plotArea(width: number, height: number): Area {
  const x = paretoMargin.left + axisWidth;
  const y = paretoMargin.top;
  return {
    x,
    y,
    width: Math.max(1, width - x - paretoMargin.right),
    height: Math.max(1, height - y - paretoMargin.bottom - axisHeight),
  };
}

/** From cost and accuracy to pixels, and back. */
export interface ParetoScale {
  readonly area: Area;
  readonly x: (cost: number) => number;
  readonly y: (accuracy: number) => number;
  readonly costAt: (x: number) => number;
  readonly accuracyAt: (y: number) => number;
  /** The edge of the plot where costs are worst, and where accuracies are. */
  readonly worstX: number;
  readonly worstY: number;
}

export function paretoScale(
  area: Area,
  kinds: { readonly x: CostKind; readonly y: AccuracyKind },
  axes: { x: Axis; y: Axis },
): ParetoScale {
  const [left, right] = axes.x.domain.map(Math.log) as [number, number];
  const error = kinds.y === 'error';
  const [bottom, top] = error ? (axes.y.domain.map(Math.log) as [number, number]) : axes.y.domain;
  const fromBottom = (value: number) => area.y + area.height * (1 - (value - bottom) / (top - bottom));
  return {
    area,
    x: (cost) => area.x + (area.width * (Math.log(cost) - left)) / (right - left),
    y: (accuracy) => fromBottom(error ? Math.log(accuracyOnAxis('error', accuracy)) : accuracyOnAxis('accuracy', accuracy)),
    costAt: (x) => Math.exp(left + ((x - area.x) / area.width) * (right - left)),
    accuracyAt: (y) => {
      const value = bottom + (1 - (y - area.y) / area.height) * (top - bottom);
      return error ? 1 - Math.exp(value) / 100 : value / 100;
    },
    worstX: kinds.x === 'rate' ? area.x : area.x + area.width,
    worstY: error ? area.y : area.y + area.height,
  };
}

export interface PositionedItem {
  readonly item: ParetoItem;
  readonly x: number;
  readonly y: number;
  /** Where it would be, if the axis reached so far: lines lead there. */
  readonly lineY: number;
  /** On which edge it is marked instead; '' where it lies in the picture. */
  readonly off: 'above' | 'below' | '';
  /** Ends of the error bars in pixels; equal where there is none. */
  readonly bars: { readonly x: readonly [number, number]; readonly y: readonly [number, number] };
}

/** Each item's position. Failed ones lie on the edge of the worst accuracy; those without a cost in a row from its worst end. */
export function positionedItems(scale: ParetoScale, items: readonly ParetoItem[]): readonly PositionedItem[] {
  const { area, worstX, worstY } = scale;
  const inward = worstX > area.x ? -1 : 1;
  let row = 0;
  return items.map((item) => {
    if (item.failed !== '') {
      const known = item.cost > 0;
      const x = known ? clamp(scale.x(item.cost), area.x, area.x + area.width) : worstX + inward * (8 + 12 * row++);
      const at = { x: clamp(x, area.x, area.x + area.width), y: worstY };
      return { item, ...at, lineY: at.y, off: '', bars: { x: [at.x, at.x], y: [at.y, at.y] } };
    }
    const [x, lineY] = [scale.x(item.cost), scale.y(item.accuracy)];
    const off = offEdge(area, lineY);
    if (off !== '') {
      const y = off === 'below' ? area.y + area.height - EDGE : area.y + EDGE;
      return { item, x, y, lineY, off, bars: { x: [x, x], y: [y, y] } };
    }
    return { item, x, y: lineY, lineY, off, bars: { x: barX(scale, item, x), y: barY(scale, item, lineY) } };
  });
}

/** How far inside the edge an arrow lies that stands for a mark beyond it. */
const EDGE = 7;

/** The edge beyond which a height lies; '' for none. A pixel of rounding does not count. */
export function offEdge({ y, height }: Area, at: number): PositionedItem['off'] {
  if (at > y + height + 1) return 'below';
  return at < y - 1 ? 'above' : '';
}

/** Arrows on an edge, one for marks that would cover each other. */
export interface EdgeMark {
  readonly x: number;
  readonly y: number;
  readonly off: 'above' | 'below';
  readonly items: readonly ParetoItem[];
}

/** The arrows for the positions beyond an edge, from left to right; those nearer than `gap` pixels to the first of an arrow share it. */
export function edgeMarks(positions: readonly PositionedItem[], gap: number): readonly EdgeMark[] {
  const marks: { x: number; y: number; off: 'above' | 'below'; items: ParetoItem[] }[] = [];
  for (const { x, y, off, item } of [...positions].sort((a, b) => a.x - b.x)) {
    if (off === '') continue;
    const near = marks.find((mark) => mark.off === off && Math.abs(mark.x - x) < gap);
    if (near) near.items.push(item);
    else marks.push({ x, y, off, items: [item] });
  }
  return marks;
}

/** Positions that a line joins, in the order of their steps or from left to right. */
export function joinedLines(positions: readonly PositionedItem[], order: 'step' | 'x'): readonly (readonly PositionedItem[])[] {
  const lines = new Map<string, PositionedItem[]>();
  for (const position of positions) {
    const { line, origin, series } = position.item;
    if (line === '') continue;
    const key = `${origin} ${series} ${line}`;
    const held = lines.get(key);
    if (held) held.push(position);
    else lines.set(key, [position]);
  }
  return [...lines.values()]
    .filter(({ length }) => length > 1)
    .map((line) => line.sort((a, b) => (order === 'x' ? a.x - b.x : a.item.step - b.item.step)));
}

function barX({ area, x: at }: ParetoScale, { cost, costSpread }: ParetoItem, x: number): readonly [number, number] {
  // Shorter than a mark it would only look like dirt.
  if (!(costSpread > 0.01 * cost)) return [x, x];
  return [costSpread < cost ? Math.max(area.x, at(cost - costSpread)) : area.x, Math.min(area.x + area.width, at(cost + costSpread))];
}

function barY({ area, y: at }: ParetoScale, { accuracy, accuracySpread }: ParetoItem, y: number): readonly [number, number] {
  if (!(accuracySpread > 0)) return [y, y];
  const ends = [accuracy - accuracySpread, accuracy + accuracySpread].map((value) =>
    clamp(at(clamp(value, 0, 1)), area.y, area.y + area.height),
  );
  return [Math.min(...ends), Math.max(...ends)];
}

/**
 * The front as steps, from the worst accuracy at its cheapest point to the edge of the worst cost: what lies on the worse side of the
 * line is dominated. The points may come in any order.
 */
export function frontPath(scale: ParetoScale, kind: CostKind, points: readonly FrontPoint[]): string {
  const ordered = [...points].sort((a, b) => costInDoublings(kind, a.x) - costInDoublings(kind, b.x));
  const [first] = ordered;
  if (!first) return '';
  const steps = ordered.map(({ x, accuracy }) => `H${round(scale.x(x))}V${round(scale.y(accuracy))}`).join('');
  return `M${round(scale.x(first.x))} ${round(scale.worstY)}${steps}H${round(scale.worstX)}`;
}

/** The area between the front and the reference point; '' if the front does not reach it. */
export function volumePath(scale: ParetoScale, kind: CostKind, points: readonly FrontPoint[], reference: FrontPoint): string {
  const inside = points.filter(
    ({ x, accuracy }) => costInDoublings(kind, x) < costInDoublings(kind, reference.x) && accuracy > reference.accuracy,
  );
  const edges = { ...scale, worstX: scale.x(reference.x), worstY: scale.y(reference.accuracy) };
  const path = frontPath(edges, kind, inside);
  return path === '' ? '' : `${path}V${round(edges.worstY)}Z`;
}

/** The item nearest to a position, if it is at most `reach` pixels away. Of equally near ones the last, which is drawn on top. */
export function nearest(items: readonly PositionedItem[], x: number, y: number, reach: number): number | null {
  let found: number | null = null;
  let least = reach * reach;
  items.forEach((position, i) => {
    const distance = (position.x - x) ** 2 + (position.y - y) ** 2;
    if (distance > least) return;
    least = distance;
    found = i;
  });
  return found;
}

/** The limits between two corners in pixels. */
export function brushBetween(scale: ParetoScale, a: { x: number; y: number }, b: { x: number; y: number }): Brush {
  const ordered = (one: number, other: number): [number, number] => [Math.min(one, other), Math.max(one, other)];
  return {
    cost: ordered(scale.costAt(a.x), scale.costAt(b.x)),
    accuracy: ordered(scale.accuracyAt(a.y), scale.accuracyAt(b.y)),
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

function round(x: number): number {
  return Math.round(x * 10) / 10;
}
