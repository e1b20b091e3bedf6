import { type KeyboardEvent, lazy, type ReactNode, Suspense, startTransition, useEffect, useMemo, useState } from 'react';
import { type CostKind, costKinds, costOf, isCostKind } from '../../numerics/measures/model-cost';
import { ChartFrame } from '../shared/chart-frame';
import { stepped } from '../shared/use-stepper';
import { type AxisOption, AxisSelect } from './axis-select';
import { ErrorSwitch, PictureSwitch, RangeSwitch, ShowAll } from './chart-tools';
import { type AccuracyKind, costNames, itemsAxis, offAxis, usualItems } from './pareto-axes';
import type { BestMark } from './pareto-best';
import styles from './pareto-chart.module.css';
import { ParetoLegend } from './pareto-legend';
import { type GroupLists, looksOf } from './pareto-looks';
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
import { itemReadout, paretoSummary, paretoTable } from './pareto-words';
import { useToggles } from './use-toggles';

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
  /** All values of `groupA` and `groupB`, also those that no run has yet: a colour stays with its value. Must keep its identity. */
  readonly groups?: GroupLists;
  /** What else the x axis may count, and how it is chosen; the value of a cost is its kind. */
  readonly otherAxes?: readonly AxisOption[];
  readonly onOtherAxis?: (value: string) => void;
  /** Costs that are not offered. */
  readonly without?: readonly CostKind[];
  /** The best of what costs at most so much, to be ringed. */
  readonly best?: BestMark | null;
  /** Where the area under the front ends; by default just beyond the worst points. */
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
const noLists: GroupLists = {};
const noOptions: readonly AxisOption[] = [];
const noKinds: readonly CostKind[] = [];
const nothing: readonly FrontPoint[] = [];

/** Test accuracy against what the model costs: a point for each run, the front as steps. */
export function ParetoChart(props: Props) {
  const { points, title = 'Accuracy vs. cost', x, onX, y, onY, target, note, hovered = null, onHover, onOpen, onFilter } = props;
  const { groups = noLists, otherAxes = noOptions, without = noKinds } = props;
  const [own, setOwn] = useState<string | null>(null);
  const [each, setEach] = useState(false);
  const [full, setFull] = useState(false);
  const [brush, setBrush] = useState<Brush | null>(null);
  const [hiddenA, toggleA] = useToggles();
  const [hiddenB, toggleB] = useToggles();

  const kinds = useMemo(() => ({ x, y }), [x, y]);
  const { items: all, unplaced } = useMemo(() => paretoItems(points, x, each), [points, x, each]);
  const items = useMemo(() => filteredItems(all, brush, hiddenA, hiddenB), [all, brush, hiddenA, hiddenB]);
  const looks = useMemo(() => looksOf(all, groups), [all, groups]);
  const filtered = items.length < all.length;
  const usual = useMemo(() => {
    const own = items.filter(({ failed }) => failed === '');
    return full || filtered ? own : usualItems(y, own);
  }, [items, full, filtered, y]);
  const off = useMemo(() => offAxis(y, items, itemsAxis(y, usual)), [y, items, usual]);
  const mayBeOff = useMemo(() => usualItems(y, all).length < all.filter(({ failed }) => failed === '').length, [y, all]);
  const shownTarget = target?.x === x ? target.points : nothing;
  const reference = useMemo(() => {
    const marks = [...all, ...shownTarget.map((point) => ({ cost: point.x, accuracy: point.accuracy }))];
    return props.reference ?? defaultReference(x, marks);
  }, [props.reference, x, all, shownTarget]);
  const story = useMemo(() => {
    const measured = items.filter(({ origin, failed }) => failed === '' && origin !== 'ghost');
    const front = frontOf(x, measured);
    const volume = reference ? frontVolume(x, front.map(pointOf), reference) : Number.NaN;
    return { front, volume, ghosts: ghostsOf(x, items, looks.ghosts) };
  }, [items, x, reference, looks]);
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
      off,
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
  }, [kinds, items, all, off, story, reference, unplaced, shownTarget, x]);
  const options = useMemo(() => {
    const offered = costKinds.filter((kind) => kind === x || (!without.includes(kind) && points.some((point) => costOf(point, kind) > 0)));
    return [...otherAxes, ...offered.map((kind) => ({ value: kind, label: costNames[kind], group: 'Cost' }))];
  }, [points, x, otherAxes, without]);
  const severalSeeds = useMemo(() => hasSeveralSeeds(points), [points]);

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
      {filtered && <ShowAll shown={items.length} all={all.length} onPress={() => [setBrush(null), toggleA(null), toggleB(null)]} />}
      {severalSeeds && (
        <PictureSwitch on={each} onChange={setEach} title="Every run is a mark; otherwise the mean over seeds">
          each seed
        </PictureSwitch>
      )}
      {y === 'accuracy' && mayBeOff && <RangeSwitch full={full} onFull={setFull} />}
      <ErrorSwitch y={y} onY={onY} />
      {props.tools}
    </>
  );
  return (
    <ChartFrame
      title={title}
      subtitle={`${y === 'error' ? 'test error' : 'test accuracy'} over ${costNames[x]}`}
      summary={note ? `${summary} ${note}` : summary}
      readout={readout}
      table={() => paretoTable({ kinds, items, front: story.front, off }, { a: props.nameA, b: props.nameB })}
      empty={
        all.length > 0 || shownTarget.length > 0 ? undefined : { text: 'Each finished run of a sweep adds a point here.', ghost: GHOST }
      }
      tools={tools}
    >
      <div className={styles.box}>
        <ParetoLegend
          groupsA={looks.groupsA}
          groupsB={looks.groupsB}
          nameA={props.nameA ?? 'colour'}
          nameB={props.nameB ?? 'shape'}
          hiddenA={hiddenA}
          hiddenB={hiddenB}
          onToggleA={toggleA}
          onToggleB={toggleB}
          origins={looks.origins}
          target={shownTarget.length > 0}
          best={props.best?.text ?? ''}
          ghosts={looks.ghosts}
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
                reach={!props.reference && off.length === 0}
                zoomed={filtered}
                usual={usual}
                best={props.best ?? null}
                style={looks.style}
                held={held}
                onHold={hold}
                onOpen={(item) => onOpen?.(item.id)}
                onBrush={onBrush}
              />
            </Suspense>
          </div>
          <AxisSelect options={options} value={x} onChange={(value) => (isCostKind(value) ? onX(value) : props.onOtherAxis?.(value))} />
        </div>
      </div>
    </ChartFrame>
  );
}

function hasSeveralSeeds(points: readonly ParetoPoint[]): boolean {
  const groups = points.flatMap(({ seedGroup, origin, series }) => (seedGroup === undefined ? [] : [`${origin} ${series} ${seedGroup}`]));
  return new Set(groups).size < groups.length;
}

function pointOf({ cost, accuracy }: ParetoItem): FrontPoint {
  return { x: cost, accuracy };
}
