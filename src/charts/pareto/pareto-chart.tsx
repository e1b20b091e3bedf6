import { X } from 'lucide-react';
import { type KeyboardEvent, lazy, type ReactNode, Suspense, startTransition, useCallback, useEffect, useMemo, useState } from 'react';
import { type CostKind, costKinds, costOf } from '../../numerics/measures/model-cost';
import { ChartFrame } from '../shared/chart-frame';
import frameStyles from '../shared/chart-frame.module.css';
import { stepped } from '../shared/use-stepper';
import { type AccuracyKind, costNames } from './pareto-axes';
import styles from './pareto-chart.module.css';
import { ParetoLegend } from './pareto-legend';
import type { MarkStyle } from './pareto-marks';
import {
  type Brush,
  countBeyond,
  defaultReference,
  type FrontPoint,
  filteredItems,
  frontOf,
  frontVolume,
  ghostsOf,
  type ParetoItem,
  type ParetoPoint,
  paretoItems,
  volumeGain,
} from './pareto-points';
import { ghostShape, groupColors, groupOrder, groupShapes } from './pareto-style';
import { itemReadout, paretoSummary, paretoTable } from './pareto-words';

const ParetoPlot = lazy(async () => ({ default: (await import('./pareto-plot')).ParetoPlot }));

interface Props {
  readonly points: readonly ParetoPoint[];
  readonly title?: string;
  readonly x: CostKind;
  readonly onX: (kind: CostKind) => void;
  readonly y: AccuracyKind;
  readonly onY: (kind: AccuracyKind) => void;
  /** What `groupA` (colour) and `groupB` (shape) of the points are: "bits", "method". */
  readonly nameA?: string;
  readonly nameB?: string;
  /** Where the hypervolume ends; by default just beyond the worst points. */
  readonly reference?: FrontPoint | null;
  /** A front to beat; drawn while the x axis counts the same. */
  readonly target?: { readonly x: CostKind; readonly points: readonly FrontPoint[] } | null;
  /** A further sentence of the caption; '' for none. */
  readonly note?: string;
  /** The run pointed at elsewhere. */
  readonly hovered?: string | null;
  /** Told the runs of the mark that is pointed at in this picture. */
  readonly onHover?: (ids: readonly string[] | null) => void;
  readonly onOpen?: (id: string) => void;
  /** The runs that brush and legend leave, or null for all. Must keep its identity between renderings. */
  readonly onFilter?: (ids: readonly string[] | null) => void;
  readonly tools?: ReactNode;
}

const GHOST = 'M4 0V56H100 M8 52V44H18V26H34V16H58V11H100';
const none: ReadonlySet<string> = new Set();
const nothing: readonly FrontPoint[] = [];

/** Test accuracy against what the model costs: a point for each run, the front as steps. */
export function ParetoChart(props: Props) {
  const { points, title = 'Accuracy against cost', x, onX, y, onY, target, note, hovered = null, onHover, onOpen, onFilter } = props;
  const [own, setOwn] = useState<string | null>(null);
  const [each, setEach] = useState(false);
  const [brush, setBrush] = useState<Brush | null>(null);
  const [hiddenA, toggleA] = useToggles();
  const [hiddenB, toggleB] = useToggles();

  const kinds = useMemo(() => ({ x, y }), [x, y]);
  const { items: all, unplaced } = useMemo(() => paretoItems(points, x, each), [points, x, each]);
  const items = useMemo(() => filteredItems(all, brush, hiddenA, hiddenB), [all, brush, hiddenA, hiddenB]);
  const markStyles = useMemo(() => markStylesOf(all), [all]);
  const shownTarget = target?.x === x ? target.points : nothing;
  const reference = useMemo(() => {
    const marks = [...all, ...shownTarget.map((point) => ({ cost: point.x, accuracy: point.accuracy }))];
    return props.reference ?? defaultReference(x, marks);
  }, [props.reference, x, all, shownTarget]);
  const story = useMemo(() => {
    const measured = items.filter(({ origin, failed }) => failed === '' && origin !== 'ghost');
    const front = frontOf(x, measured);
    const volume = reference ? frontVolume(x, front.map(pointOf), reference) : Number.NaN;
    return { front, volume, ghosts: ghostsOf(x, items, markStyles.ghosts) };
  }, [items, x, reference, markStyles]);
  const summary = useMemo(() => {
    const beat = shownTarget.length > 0 && reference;
    const own = all.filter(({ origin, failed }) => origin !== 'ghost' && failed === '');
    const volumeOf = (front: readonly ParetoItem[]) => (reference ? frontVolume(x, front.map(pointOf), reference) : Number.NaN);
    return paretoSummary({
      kinds,
      items: items.filter(({ origin }) => origin !== 'ghost'),
      front: story.front,
      volume: story.volume,
      reference,
      unplaced,
      left: all.length - items.length,
      target: beat
        ? {
            points: shownTarget.length,
            beyond: countBeyond(x, own, shownTarget),
            volume: frontVolume(x, shownTarget, reference),
            gain: volumeGain(x, shownTarget, own.map(pointOf), reference),
          }
        : null,
      ghosts: story.ghosts.map(({ name, front }) => ({ name, points: front.length, volume: volumeOf(front) })),
    });
  }, [kinds, items, all, story, reference, unplaced, shownTarget, x]);
  const offered = useMemo(() => costKinds.filter((kind) => kind === x || points.some((point) => costOf(point, kind) > 0)), [points, x]);
  const severalSeeds = useMemo(() => hasSeveralSeeds(points), [points]);

  const filtered = items.length < all.length;
  useEffect(() => {
    onFilter?.(filtered ? items.flatMap(({ ids }) => ids) : null);
  }, [filtered, items, onFilter]);

  const heldId = own ?? hovered;
  const held = heldId === null ? null : (items.find(({ ids }) => ids.includes(heldId)) ?? null);
  const hold = (item: ParetoItem | null) => {
    const id = item?.id ?? null;
    if (id === own) return;
    setOwn(id);
    onHover?.(item?.ids ?? null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && held) return onOpen?.(held.id);
    if (event.key === 'Escape' && !held && brush) return setBrush(null);
    const at = held ? items.indexOf(held) : null;
    const first = Math.max(0, story.front[0] ? items.indexOf(story.front[0]) : 0);
    const next = stepped(event.key, at, items.length, first);
    if (next === undefined) return;
    event.preventDefault();
    hold(next === null ? null : (items[next] ?? null));
  };

  // In slices: hundreds of marks and both axes are redrawn, and the pointer moves meanwhile.
  const onBrush = (next: Brush) => startTransition(() => setBrush(next));

  const readout = held && itemReadout(kinds, held, story.front.includes(held));
  const tools = (
    <>
      {filtered && (
        <button
          type="button"
          className={`${frameStyles.tool} ${styles.all}`}
          onClick={() => [setBrush(null), toggleA(null), toggleB(null)]}
        >
          {items.length} of {all.length}
          <X size={12} strokeWidth={1.75} aria-label="show all" />
        </button>
      )}
      {severalSeeds && (
        <button
          type="button"
          className={frameStyles.tool}
          aria-pressed={each}
          title={each ? 'Means over seeds' : 'Every seed as a point'}
          onClick={() => setEach(!each)}
        >
          seeds
        </button>
      )}
      <button
        type="button"
        className={frameStyles.tool}
        aria-pressed={y === 'error'}
        title={y === 'error' ? 'Accuracy, linear' : 'Error, logarithmic'}
        onClick={() => onY(y === 'error' ? 'accuracy' : 'error')}
      >
        error
      </button>
      {props.tools}
    </>
  );
  return (
    <ChartFrame
      title={title}
      subtitle={`${y === 'error' ? 'test error' : 'test accuracy'} over ${costNames[x]}`}
      summary={note ? `${summary} ${note}` : summary}
      readout={readout}
      table={() => paretoTable({ kinds, items, front: story.front }, { a: props.nameA, b: props.nameB })}
      empty={
        all.length > 0 || shownTarget.length > 0 ? undefined : { text: 'Each finished run of a sweep adds a point here.', ghost: GHOST }
      }
      tools={tools}
    >
      <div className={styles.box}>
        <ParetoLegend
          groupsA={markStyles.groupsA}
          groupsB={markStyles.groupsB}
          nameA={props.nameA ?? 'colour'}
          nameB={props.nameB ?? 'shape'}
          hiddenA={hiddenA}
          hiddenB={hiddenB}
          onToggleA={toggleA}
          onToggleB={toggleB}
          origins={markStyles.origins}
          target={shownTarget.length > 0}
          ghosts={markStyles.ghosts}
        />
        <div className={styles.stage}>
          <div
            className={styles.slider}
            role="slider"
            tabIndex={0}
            aria-label={`${title}; arrow keys read points, Enter opens a run`}
            aria-valuemin={1}
            aria-valuemax={Math.max(1, items.length)}
            aria-valuenow={held ? items.indexOf(held) + 1 : 1}
            aria-valuetext={readout ?? summary}
            onKeyDown={onKeyDown}
            onBlur={() => hold(null)}
          >
            <Suspense>
              <ParetoPlot
                kinds={kinds}
                items={items}
                front={story.front}
                ghosts={story.ghosts}
                target={shownTarget}
                reference={reference}
                reach={!props.reference}
                zoomed={filtered}
                style={markStyles.style}
                held={held}
                onHold={hold}
                onOpen={(item) => onOpen?.(item.id)}
                onBrush={onBrush}
              />
            </Suspense>
          </div>
          <select
            className={styles.select}
            aria-label="Cost on the x axis"
            value={x}
            onChange={(event) => onX(event.target.value as CostKind)}
          >
            {offered.map((kind) => (
              <option key={kind} value={kind}>
                {costNames[kind]}
              </option>
            ))}
          </select>
        </div>
      </div>
    </ChartFrame>
  );
}

/** Hidden groups, and how to hide or show one; null shows all. */
function useToggles(): [ReadonlySet<string>, (group: string | null) => void] {
  const [hidden, setHidden] = useState(none);
  const toggle = useCallback((group: string | null) => {
    setHidden((old) => {
      if (group === null) return none;
      const next = new Set(old);
      if (!next.delete(group)) next.add(group);
      return next;
    });
  }, []);
  return [hidden, toggle];
}

function markStylesOf(items: readonly ParetoItem[]) {
  const groupsA = groupOrder(items.map(({ groupA }) => groupA));
  const groupsB = groupOrder(items.map(({ groupB }) => groupB));
  const colors = groupColors(groupsA);
  const shapes = groupShapes(groupsB);
  const ghosts = [...new Set(items.flatMap(({ origin, series }) => (origin === 'ghost' ? [series] : [])))];
  const style: MarkStyle = {
    color: ({ groupA }) => colors.get(groupA) ?? '#d6602a',
    shape: ({ groupB, origin, series }) => (origin === 'ghost' ? ghostShape(ghosts.indexOf(series)) : (shapes.get(groupB) ?? 'circle')),
  };
  const origins = [...new Set(items.filter(({ failed, origin }) => failed === '' && origin !== 'ghost').map(({ origin }) => origin))];
  return { groupsA, groupsB, style, origins, ghosts };
}

function hasSeveralSeeds(points: readonly ParetoPoint[]): boolean {
  const groups = points.flatMap(({ seedGroup, origin, series }) => (seedGroup === undefined ? [] : [`${origin} ${series} ${seedGroup}`]));
  return new Set(groups).size < groups.length;
}

function pointOf({ cost, accuracy }: ParetoItem): FrontPoint {
  return { x: cost, accuracy };
}
