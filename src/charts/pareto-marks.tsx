import { memo } from 'react';
import styles from './pareto-chart.module.css';
import type { PlacedItem } from './pareto-layout';
import type { ParetoItem } from './pareto-points';
import { FAILED_PATH, type Shape, shapePath } from './pareto-style';

/** How a group looks. */
export interface MarkLook {
  readonly color: (item: ParetoItem) => string;
  readonly shape: (item: ParetoItem) => Shape;
}

interface Props {
  readonly places: readonly PlacedItem[];
  readonly front: ReadonlySet<ParetoItem>;
  readonly look: MarkLook;
  /** Prefix of the ids of hatchings. */
  readonly hatch: string;
}

/** All marks with their error bars. Nothing here changes while the pointer moves. */
export const ParetoMarks = memo(function ParetoMarks({ places, front, look, hatch }: Props) {
  const recorded = new Set(places.filter(({ item }) => item.origin === 'recorded').map(({ item }) => look.color(item)));
  // The front is drawn last, on top.
  const ordered = [...places].sort((a, b) => Number(front.has(a.item)) - Number(front.has(b.item)));
  return (
    <>
      <defs>
        {[...recorded].map((color) => (
          <pattern key={color} id={hatchId(hatch, color)} width="3" height="3" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="1.4" height="3" fill={color} />
          </pattern>
        ))}
      </defs>
      {ordered.map((place) => (
        <Mark key={place.item.id} place={place} faded={!front.has(place.item)} look={look} hatch={hatch} />
      ))}
    </>
  );
});

interface MarkProps {
  readonly place: PlacedItem;
  readonly faded: boolean;
  readonly look: MarkLook;
  readonly hatch: string;
}

function Mark({ place, faded, look, hatch }: MarkProps) {
  const { item, x, y, bars } = place;
  const at = `translate(${x.toFixed(1)} ${y.toFixed(1)})`;
  if (item.failed !== '') return <path className={styles.failed} d={FAILED_PATH} transform={at} />;
  if (item.origin === 'ghost') return <path className={styles.ghostMark} d={shapePath(look.shape(item))} transform={at} />;
  const color = look.color(item);
  const fill = item.origin === 'live' ? color : item.origin === 'recorded' ? `url(#${hatchId(hatch, color)})` : 'none';
  const hasBars = bars.x[0] < bars.x[1] || bars.y[0] < bars.y[1];
  return (
    <g className={faded ? styles.dominated : undefined}>
      {hasBars && <path className={styles.bar} d={barPath(place)} stroke={color} />}
      {item.origin === 'live' ? (
        <path className={styles.mark} d={shapePath(look.shape(item))} transform={at} fill={color} />
      ) : (
        <>
          <path className={styles.back} d={shapePath(look.shape(item))} transform={at} />
          <path d={shapePath(look.shape(item))} transform={at} fill={fill} stroke={color} strokeWidth={1.5} />
        </>
      )}
    </g>
  );
}

/** Error bars with small caps. */
function barPath({ x, y, bars }: PlacedItem): string {
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
