import { type PointerEvent, useCallback, useId, useMemo } from 'react';
import { type AccuracyKind, itemsAxis } from '../pareto/pareto-axes';
import { ParetoBehind, ParetoEdge } from '../pareto/pareto-behind';
import { type BestMark, BestRing } from '../pareto/pareto-best';
import chart from '../pareto/pareto-chart.module.css';
import { axisWidth, nearest } from '../pareto/pareto-layout';
import { type MarkStyle, ParetoMarks } from '../pareto/pareto-marks';
import type { ParetoItem } from '../pareto/pareto-points';
import { figure } from '../shared/plot-figures';
import { useSize } from '../shared/use-size';
import { type ValueAxis, valueHeight, valueLayout, valuePositions } from './value-layout';
import styles from './value-plot.module.css';

interface Props {
  readonly axis: ValueAxis;
  readonly y: AccuracyKind;
  readonly items: readonly ParetoItem[];
  /** Those that the y axis must hold. */
  readonly usual: readonly ParetoItem[];
  readonly style: MarkStyle;
  readonly best: BestMark | null;
  readonly held: ParetoItem | null;
  readonly onHold: (item: ParetoItem | null) => void;
  readonly onOpen: (item: ParetoItem) => void;
}

/** Pixels around a mark in which the pointer means it. */
const REACH = 22;

/** Marks over the places of a swept value; nothing but the ring changes as the pointer moves. */
export function ValuePlot({ axis, y, items, usual, style, best, held, onHold, onOpen }: Props) {
  const [ref, { width, height }] = useSize();
  const hatch = useId();
  const yAxis = useMemo(() => itemsAxis(y, usual), [y, usual]);
  const { area, labels } = useMemo(() => valueLayout(axis, width, height), [axis, width, height]);
  const heightOf = useMemo(() => valueHeight(area, y, yAxis), [area, y, yAxis]);
  const positions = useMemo(() => valuePositions(axis, area, heightOf, items), [axis, area, heightOf, items]);
  const front = useMemo(() => new Set(items), [items]);
  const xs = useMemo(() => new Map(positions.map(({ item, x }) => [item, x])), [positions]);
  const place = useCallback(
    (item: ParetoItem, { accuracy }: ParetoItem['runs'][number]) => ({ x: xs.get(item) ?? 0, y: heightOf(accuracy) }),
    [xs, heightOf],
  );
  const itemAt = (event: PointerEvent<HTMLElement>): ParetoItem | null => {
    const box = event.currentTarget.getBoundingClientRect();
    const i = nearest(positions, event.clientX - box.left, event.clientY - box.top, REACH);
    return i === null ? null : (items[i] ?? null);
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    const item = itemAt(event);
    // A finger cannot point without a tap: the first shows the mark, the next opens it.
    if (event.pointerType === 'touch' && item?.id !== held?.id) onHold(item);
    else if (item) onOpen(item);
  };
  const ring = held && positions.find(({ item }) => item === held);
  const lower = area.y + area.height;
  return (
    <div
      ref={ref}
      className={chart.plot}
      onPointerMove={(event) => event.pointerType !== 'touch' && onHold(itemAt(event))}
      onPointerUp={onPointerUp}
      onPointerLeave={(event) => event.pointerType !== 'touch' && onHold(null)}
    >
      {width > 0 && height > 0 && (
        <svg className={chart.layer} width={width} height={height} aria-hidden="true">
          <clipPath id={`${hatch}-clip`}>
            <rect {...area} />
          </clipPath>
          {yAxis.ticks.map((tick) => {
            const at = heightOf(y === 'error' ? 1 - tick / 100 : tick / 100);
            return (
              <g key={tick}>
                <path className={styles.grid} d={`M${area.x} ${at}h${area.width}`} />
                <text className={styles.figure} x={axisWidth - 8} y={at + 4} textAnchor="end">
                  {figure(tick)} %
                </text>
              </g>
            );
          })}
          <path className={styles.axis} d={`M${area.x} ${lower}h${area.width}`} />
          {labels.map(({ x, lines }) => (
            <g key={x}>
              <path className={styles.axis} d={`M${x} ${lower}v4`} />
              <text className={styles.figure} textAnchor="middle">
                {lines.map((line, i) => (
                  <tspan key={line} x={x} y={lower + 17 + 15 * i}>
                    {line}
                  </tspan>
                ))}
              </text>
            </g>
          ))}
          <g clipPath={`url(#${hatch}-clip)`}>
            <ParetoBehind positions={positions} style={style} order="x" place={place} />
          </g>
          <ParetoMarks positions={positions} front={front} style={style} hatch={hatch} />
          <ParetoEdge positions={positions} style={style} />
          {best && <BestRing position={positions.find(({ item }) => item.ids.includes(best.id))} />}
          {ring && <circle className={chart.ring} cx={ring.x} cy={ring.y} r={8.5} />}
        </svg>
      )}
    </div>
  );
}
