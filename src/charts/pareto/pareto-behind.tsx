import { memo } from 'react';
import styles from './pareto-chart.module.css';
import { edgeMarks, joinedLines, type PositionedItem } from './pareto-layout';
import type { MarkStyle } from './pareto-marks';
import type { ParetoItem } from './pareto-points';

interface Props {
  readonly positions: readonly PositionedItem[];
  readonly style: MarkStyle;
  /** How lines go through their marks. */
  readonly order: 'step' | 'x';
  /** Where a single run of an item lies, in pixels. */
  readonly place: (item: ParetoItem, run: ParetoItem['runs'][number]) => { readonly x: number; readonly y: number };
}

/** What lies behind the marks: a line through the means of each method, and the single runs that are behind a mean. */
export const ParetoBehind = memo(function ParetoBehind({ positions, style, order, place }: Props) {
  const dots = new Map<string, string>();
  for (const { item } of positions) {
    if (item.failed !== '' || item.origin === 'ghost' || item.runs.length === 0) continue;
    const color = style.color(item);
    const path = item.runs.map((run) => dotPath(place(item, run))).join('');
    dots.set(color, (dots.get(color) ?? '') + path);
  }
  return (
    <>
      {joinedLines(positions, order).map((line) => (
        <path
          key={line[0]?.item.id}
          className={styles.line}
          stroke={line[0] && style.color(line[0].item)}
          d={line.map(({ x, lineY }, i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${lineY.toFixed(1)}`).join('')}
        />
      ))}
      {[...dots].map(([color, path]) => (
        <path key={color} className={styles.single} fill={color} d={path} />
      ))}
    </>
  );
});

/** Pixels in which two arrows would cover each other. */
const ARROW_GAP = 14;

/** Arrows on the edge for marks beyond it, each with their number where it stands for several. */
export const ParetoEdge = memo(function ParetoEdge({ positions, style }: Pick<Props, 'positions' | 'style'>) {
  return edgeMarks(positions, ARROW_GAP).map(({ x, y, off, items }) => {
    const colors = new Set(items.map(style.color));
    const down = off === 'below';
    return (
      <g key={`${off} ${x}`}>
        <path
          className={styles.arrow}
          fill={colors.size === 1 ? [...colors][0] : undefined}
          d={down ? `M${x - 5} ${y - 4}h10l-5 9z` : `M${x - 5} ${y + 4}h10l-5 -9z`}
        />
        <text className={styles.edgeText} x={x + 8} y={y + (down ? 2 : 6)}>
          {items.length > 1 ? items.length : ''}
        </text>
      </g>
    );
  });
});

function dotPath({ x, y }: { readonly x: number; readonly y: number }): string {
  return `M${(x - 2).toFixed(1)} ${y.toFixed(1)}a2 2 0 1 0 4 0a2 2 0 1 0 -4 0z`;
}
