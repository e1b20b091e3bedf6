import { memo, type PointerEvent, useCallback, useId, useMemo, useRef, useState } from 'react';
import { CartesianGrid, Scatter, ScatterChart, XAxis, YAxis } from 'recharts';
import { figure } from '../shared/plot-figures';
import { useSize } from '../shared/use-size';
import { type Axis, costFigure, paretoAxes } from './pareto-axes';
import { ParetoBehind, ParetoEdge } from './pareto-behind';
import { type BestMark, BestRing } from './pareto-best';
import styles from './pareto-chart.module.css';
import {
  axisHeight,
  axisWidth,
  brushBetween,
  frontPath,
  nearest,
  paretoMargin,
  paretoScale,
  plotArea,
  positionedItems,
  volumePath,
} from './pareto-layout';
import { type MarkStyle, ParetoMarks } from './pareto-marks';
import type { Brush, FrontPoint, Ghost, ParetoItem } from './pareto-points';
import { ghostDash } from './pareto-style';
import type { ParetoKinds } from './pareto-words';

interface Props {
  readonly kinds: ParetoKinds;
  /** Drawn in this order of keys; ghosts among them. */
  readonly items: readonly ParetoItem[];
  readonly front: readonly ParetoItem[];
  readonly ghosts: readonly Ghost[];
  readonly target: readonly FrontPoint[];
  readonly reference: FrontPoint | null;
  /** Whether the axes must reach the reference. */
  readonly reach: boolean;
  /** Whether they must hold the marks only. */
  readonly zoomed: boolean;
  /** Items that the y axis must hold: what lies beyond it is an arrow on its edge. */
  readonly usual: readonly ParetoItem[];
  readonly best: BestMark | null;
  readonly style: MarkStyle;
  readonly held: ParetoItem | null;
  readonly onHold: (item: ParetoItem | null) => void;
  readonly onOpen: (item: ParetoItem) => void;
  readonly onBrush: (brush: Brush) => void;
}

/** Pixels around a mark in which the pointer means it, and by which it must move to mark a part of the picture. */
const REACH = 22;
const DRAG = 6;

type Corner = { readonly x: number; readonly y: number };

/** Axes by recharts, marks and lines above them, and what follows the pointer above those: only the last changes as it moves. */
export function ParetoPlot(props: Props) {
  const { kinds, items, front, ghosts, target, reference, reach, zoomed, usual, best, style, held, onHold, onOpen, onBrush } = props;
  const [ref, { width, height }] = useSize();
  const hatch = useId();
  const drag = useRef<Corner | null>(null);
  const [corner, setCorner] = useState<Corner | null>(null);

  const axes = useMemo(() => {
    const others = zoomed ? [] : [...target, ...(reference && reach ? [reference] : [])];
    return paretoAxes(kinds, items, others, Math.max(2, Math.floor(width / 64)), usual);
  }, [kinds, items, target, reference, reach, zoomed, usual, width]);
  const scale = useMemo(() => paretoScale(plotArea(width, height), kinds, axes), [width, height, kinds, axes]);
  const positions = useMemo(() => positionedItems(scale, items), [scale, items]);
  const place = useCallback(
    (_: ParetoItem, { cost, accuracy }: ParetoItem['runs'][number]) => ({ x: scale.x(cost), y: scale.y(accuracy) }),
    [scale],
  );
  const frontSet = useMemo(() => new Set([...front, ...ghosts.flatMap((ghost) => ghost.front)]), [front, ghosts]);
  const lines = useMemo(
    () => ({
      volume: reference ? volumePath(scale, kinds.x, front.map(pointOf), reference) : '',
      front: frontPath(scale, kinds.x, front.map(pointOf)),
      ghosts: ghosts.map((ghost) => ({ name: ghost.name, path: frontPath(scale, kinds.x, ghost.front.map(pointOf)) })),
      target: frontPath(scale, kinds.x, target),
    }),
    [scale, kinds, front, ghosts, target, reference],
  );

  const positionOf = (event: PointerEvent<HTMLElement>): Corner => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const itemAt = ({ x, y }: Corner): ParetoItem | null => {
    const i = nearest(positions, x, y, REACH);
    return i === null ? null : (items[i] ?? null);
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    // A finger scrolls the page instead.
    if (event.button !== 0 || event.pointerType === 'touch') return;
    drag.current = positionOf(event);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (event.pointerType === 'touch') return;
    const at = positionOf(event);
    const from = drag.current;
    if (from && (corner || Math.hypot(at.x - from.x, at.y - from.y) > DRAG)) {
      if (!corner) event.currentTarget.setPointerCapture(event.pointerId);
      onHold(null);
      setCorner(at);
    } else {
      onHold(itemAt(at));
    }
  };
  const letGo = () => {
    drag.current = null;
    setCorner(null);
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    const from = drag.current;
    const at = positionOf(event);
    const brushed = corner !== null;
    letGo();
    if (from && brushed) onBrush(brushBetween(scale, from, at));
    else if (event.button === 0) {
      const item = itemAt(at);
      // A finger cannot point without a tap: the first shows the mark, the next opens it.
      if (event.pointerType === 'touch' && item?.id !== held?.id) onHold(item);
      else if (item) onOpen(item);
    }
  };
  const onPointerLeave = (event: PointerEvent<HTMLElement>) => {
    if (!corner) letGo();
    // Lifted, not gone: the tapped mark stays shown.
    if (event.pointerType !== 'touch') onHold(null);
  };

  const position = held && positions.find(({ item }) => item === held);
  const drawn = width > 0 && height > 0;
  return (
    <div
      ref={ref}
      className={styles.plot}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerLeave={onPointerLeave}
      onPointerCancel={letGo}
    >
      {drawn && <ParetoGrid width={width} height={height} kinds={kinds} x={axes.x} y={axes.y} />}
      {drawn && (
        <svg className={styles.layer} width={width} height={height} aria-hidden="true">
          <clipPath id={`${hatch}-clip`}>
            <rect {...scale.area} />
          </clipPath>
          <g clipPath={`url(#${hatch}-clip)`}>
            <path className={styles.volume} d={lines.volume} />
            {lines.ghosts.map(({ name, path }, i) => (
              <path key={name} className={styles.ghostFront} style={{ strokeDasharray: ghostDash(i) }} d={path} />
            ))}
            <path className={styles.targetFront} d={lines.target} />
            <ParetoBehind positions={positions} style={style} order="step" place={place} />
            <path className={styles.front} d={lines.front} />
            {best && Number.isFinite(best.limit) && (
              <path className={styles.limit} d={`M${scale.x(best.limit)} ${scale.area.y}v${scale.area.height}`} />
            )}
          </g>
          {reference && <Reference x={scale.x(reference.x)} y={scale.y(reference.accuracy)} area={scale.area} />}
          <ParetoMarks positions={positions} front={frontSet} style={style} hatch={hatch} />
          <ParetoEdge positions={positions} style={style} />
          {best && <BestRing position={positions.find(({ item }) => item.ids.includes(best.id))} />}
        </svg>
      )}
      {drawn && (
        <svg className={styles.layer} width={width} height={height} aria-hidden="true">
          {position && (
            <>
              <path className={styles.guide} d={`M${position.x} ${scale.area.y + scale.area.height}V${position.y}H${scale.area.x}`} />
              <circle className={styles.ring} cx={position.x} cy={position.y} r={8.5} />
            </>
          )}
          {corner && drag.current && <rect className={styles.brush} {...rectangle(drag.current, corner)} />}
        </svg>
      )}
    </div>
  );
}

interface GridProps {
  readonly width: number;
  readonly height: number;
  readonly kinds: ParetoKinds;
  readonly x: Axis;
  readonly y: Axis;
}

const noData: readonly never[] = [{ x: 0, y: 0 }] as never;

const ParetoGrid = memo(function ParetoGrid({ width, height, kinds, x, y }: GridProps) {
  const tick = { fontSize: 12, fill: 'var(--ink-3)' };
  const yTicks = [...y.ticks];
  return (
    <ScatterChart width={width} height={height} margin={paretoMargin} accessibilityLayer={false}>
      <CartesianGrid stroke="var(--grid)" horizontalValues={yTicks} verticalValues={[...x.ticks]} />
      <XAxis
        type="number"
        dataKey="x"
        scale="log"
        domain={[...x.domain]}
        allowDataOverflow
        ticks={[...x.ticks]}
        interval="preserveStartEnd"
        tick={tick}
        tickFormatter={(value: number) => costFigure(kinds.x, value)}
        tickLine={false}
        axisLine={{ stroke: 'var(--hairline-strong)' }}
        height={axisHeight}
      />
      <YAxis
        type="number"
        dataKey="y"
        scale={kinds.y === 'error' ? 'log' : 'linear'}
        domain={[...y.domain]}
        allowDataOverflow
        ticks={yTicks}
        interval={0}
        tick={tick}
        tickFormatter={(value: number) => `${figure(value)} %`}
        tickLine={false}
        axisLine={false}
        width={axisWidth}
      />
      {/* Recharts draws axes for data only; these lie outside every domain. */}
      <Scatter data={noData} shape={() => <g />} isAnimationActive={false} />
    </ScatterChart>
  );
});

/** Where the hypervolume ends, if it is in the picture. */
function Reference({ x, y, area }: Corner & { readonly area: { x: number; y: number; width: number; height: number } }) {
  const inside = x >= area.x - 1 && x <= area.x + area.width + 1 && y >= area.y - 1 && y <= area.y + area.height + 1;
  if (!inside) return null;
  const left = x > area.x + area.width / 2;
  return (
    <g>
      <path className={styles.reference} d={`M${x - 4} ${y}H${x + 4}M${x} ${y - 4}V${y + 4}`} />
      <text
        className={styles.referenceName}
        x={x + (left ? -7 : 7)}
        y={y + (y > area.y + area.height / 2 ? -6 : 13)}
        textAnchor={left ? 'end' : 'start'}
      >
        reference point for the area
      </text>
    </g>
  );
}

function pointOf({ cost, accuracy }: ParetoItem): FrontPoint {
  return { x: cost, accuracy };
}

function rectangle(a: Corner, b: Corner) {
  return { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
}
