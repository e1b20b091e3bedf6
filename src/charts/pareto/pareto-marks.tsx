import { memo } from 'react';
import styles from './pareto-chart.module.css';
import type { PositionedItem } from './pareto-layout';
import type { ParetoItem } from './pareto-points';
import { failedPath, type Shape, shapePath } from './pareto-style';

/** How a group looks. */
export interface MarkStyle {
  readonly color: (item: ParetoItem) => string;
  readonly shape: (item: ParetoItem) => Shape;
}

interface Props {
  readonly positions: readonly PositionedItem[];
  readonly front: ReadonlySet<ParetoItem>;
  readonly style: MarkStyle;
  /** Prefix of the ids of hatchings. */
  readonly hatch: string;
}

/** Marks that look the same, as one path, and their error bars as another: hundreds of elements would make every redraw slow. */
interface Batch {
  readonly key: string;
  readonly color: string;
  readonly origin: ParetoItem['origin'];
  readonly faded: boolean;
  marks: string;
  bars: string;
}

/** All marks with their error bars. Nothing here changes while the pointer moves. */
export const ParetoMarks = memo(function ParetoMarks({ positions, front, style, hatch }: Props) {
  const batches = batchesOf(positions, front, style);
  const recorded = new Set(batches.filter(({ origin }) => origin === 'recorded').map(({ color }) => color));
  const failed = positions.filter(({ item }) => item.failed !== '');
  return (
    <>
      <defs>
        {[...recorded].map((color) => (
          <pattern key={color} id={hatchId(hatch, color)} width="3" height="3" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="1.4" height="3" fill={color} />
          </pattern>
        ))}
      </defs>
      <path className={styles.failed} d={failed.map(({ x, y }) => failedPath(x, y)).join('')} />
      {batches.map(({ key, color, origin, faded, marks, bars }) => (
        <g key={key} className={faded ? styles.dominated : undefined}>
          {bars !== '' && <path className={styles.bar} d={bars} stroke={color} />}
          {origin === 'live' && <path className={styles.mark} d={marks} fill={color} />}
          {origin === 'ghost' && <path className={styles.ghostMark} d={marks} />}
          {(origin === 'recorded' || origin === 'imported') && (
            <>
              <path className={styles.back} d={marks} />
              <path d={marks} fill={origin === 'recorded' ? `url(#${hatchId(hatch, color)})` : 'none'} stroke={color} strokeWidth={1.5} />
            </>
          )}
        </g>
      ))}
    </>
  );
});

/** Ghosts lie below, the front on top. */
function batchesOf(positions: readonly PositionedItem[], front: ReadonlySet<ParetoItem>, style: MarkStyle): readonly Batch[] {
  const batches = new Map<string, Batch>();
  for (const position of positions) {
    const { item, x, y } = position;
    if (item.failed !== '' || position.off !== '') continue;
    const ghost = item.origin === 'ghost';
    const faded = !front.has(item);
    const color = style.color(item);
    const key = ghost ? `ghost ${faded}` : `${item.origin} ${color} ${faded}`;
    let batch = batches.get(key);
    if (!batch) {
      batch = { key, color, origin: item.origin, faded, marks: '', bars: '' };
      batches.set(key, batch);
    }
    batch.marks += shapePath(style.shape(item), x, y);
    batch.bars += ghost ? '' : barPath(position);
  }
  const layer = ({ origin, faded }: Batch) => (origin === 'ghost' ? 0 : 2) + (faded ? 0 : 1);
  return [...batches.values()].sort((a, b) => layer(a) - layer(b));
}

/** Error bars with small caps. */
function barPath({ x, y, bars }: PositionedItem): string {
  const [left, right] = bars.x;
  const [top, bottom] = bars.y;
  const n = (value: number) => value.toFixed(1);
  const across = left < right ? `M${n(left)} ${n(y)}H${n(right)}M${n(left)} ${n(y - 2.5)}v5M${n(right)} ${n(y - 2.5)}v5` : '';
  const up = top < bottom ? `M${n(x)} ${n(top)}V${n(bottom)}M${n(x - 2.5)} ${n(top)}h5M${n(x - 2.5)} ${n(bottom)}h5` : '';
  return across + up;
}

function hatchId(prefix: string, color: string): string {
  return `${prefix}-${color.slice(1)}`;
}
