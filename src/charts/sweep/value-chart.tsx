import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useState } from 'react';
import { type AxisOption, AxisSelect } from '../pareto/axis-select';
import { ErrorSwitch, RangeSwitch, ShowAll } from '../pareto/chart-tools';
import { type AccuracyKind, itemsAxis, offAxis, usualItems } from '../pareto/pareto-axes';
import type { BestMark } from '../pareto/pareto-best';
import chart from '../pareto/pareto-chart.module.css';
import { ParetoLegend } from '../pareto/pareto-legend';
import { type GroupLists, looksOf } from '../pareto/pareto-looks';
import { filteredItems, type ParetoItem, type ParetoPoint, paretoItems } from '../pareto/pareto-points';
import { useToggles } from '../pareto/use-toggles';
import { ChartFrame } from '../shared/chart-frame';
import { stepped } from '../shared/use-stepper';
import type { ValueAxis } from './value-layout';
import { ValuePlot } from './value-plot';
import { valueReadout, valueSummary, valueTable } from './value-words';

interface Props {
  /** Each with its `step`, the place on the axis. */
  readonly points: readonly ParetoPoint[];
  /** Must keep its identity. */
  readonly axis: ValueAxis;
  readonly options: readonly AxisOption[];
  readonly x: string;
  readonly onX: (value: string) => void;
  readonly y: AccuracyKind;
  readonly onY: (kind: AccuracyKind) => void;
  /** What `groupA` (colour) and `groupB` (shape) of the points are. */
  readonly nameA?: string | undefined;
  readonly nameB?: string | undefined;
  /** All values of these groups. Must keep its identity. */
  readonly groups: GroupLists;
  readonly best?: BestMark | null;
  /** The run pointed at elsewhere. */
  readonly hovered: string | null;
  readonly onHover: (ids: readonly string[] | null) => void;
  readonly onOpen: (id: string) => void;
  /** The runs that the legend leaves, or null for all. Must keep its identity. */
  readonly onFilter: (ids: readonly string[] | null) => void;
  readonly tools?: ReactNode;
}

/** Test accuracy over a swept value: mean and standard deviation of each setting, single runs behind them, a line for each method. */
export function ValueChart(props: Props) {
  const { points, axis, options, x, onX, y, onY, groups, best = null, hovered, onHover, onOpen, onFilter } = props;
  const [own, setOwn] = useState<string | null>(null);
  const [full, setFull] = useState(false);
  const [hiddenA, toggleA] = useToggles();
  const [hiddenB, toggleB] = useToggles();
  const all = useMemo(() => paretoItems(points, 'bits-per-weight').items.toSorted(byPlace), [points]);
  const items = useMemo(() => filteredItems(all, null, hiddenA, hiddenB), [all, hiddenA, hiddenB]);
  const looks = useMemo(() => looksOf(all, groups), [all, groups]);
  const usual = useMemo(() => {
    const measured = items.filter(({ failed }) => failed === '');
    return full ? measured : usualItems(y, measured);
  }, [items, full, y]);
  const off = useMemo(() => offAxis(y, items, itemsAxis(y, usual)), [y, items, usual]);
  const mayBeOff = y === 'accuracy' && (full || off.length > 0);
  const filtered = items.length < all.length;
  useEffect(() => {
    onFilter(filtered ? items.flatMap(({ ids }) => ids) : null);
  }, [filtered, items, onFilter]);
  const heldId = own ?? hovered;
  const held = heldId === null ? null : (items.find(({ ids }) => ids.includes(heldId)) ?? null);
  const hold = (item: ParetoItem | null) => {
    const id = item?.id ?? null;
    if (id === own) return;
    setOwn(id);
    onHover(item?.ids ?? null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && held) return onOpen(held.id);
    const next = stepped(event.key, held ? items.indexOf(held) : null, items.length, 0);
    if (next === undefined) return;
    event.preventDefault();
    hold(next === null ? null : (items[next] ?? null));
  };
  const summary = valueSummary({ y, axis: axis.name, items, off, left: all.length - items.length });
  const readout = held && valueReadout(y, held);
  const title = `Accuracy over ${axis.name}`;
  return (
    <ChartFrame
      title={title}
      subtitle={y === 'error' ? 'test error' : 'test accuracy'}
      summary={summary}
      readout={readout}
      table={() => valueTable({ items, off })}
      tools={
        <>
          {filtered && <ShowAll shown={items.length} all={all.length} onPress={() => [toggleA(null), toggleB(null)]} />}
          {mayBeOff && <RangeSwitch full={full} onFull={setFull} />}
          <ErrorSwitch y={y} onY={onY} />
          {props.tools}
        </>
      }
    >
      <div className={chart.box}>
        <ParetoLegend
          {...looks}
          nameA={props.nameA ?? 'colour'}
          nameB={props.nameB ?? 'shape'}
          hiddenA={hiddenA}
          hiddenB={hiddenB}
          onToggleA={toggleA}
          onToggleB={toggleB}
          target={false}
          best={best?.text ?? ''}
        />
        <div className={chart.stage}>
          <div
            className={chart.slider}
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
            <ValuePlot
              axis={axis}
              y={y}
              items={items}
              usual={usual}
              style={looks.style}
              best={best}
              held={held}
              onHold={hold}
              onOpen={(item) => onOpen(item.id)}
            />
          </div>
          <AxisSelect options={options} value={x} onChange={onX} />
        </div>
      </div>
    </ChartFrame>
  );
}

/** From left to right, line by line; failed ones last. */
function byPlace(a: ParetoItem, b: ParetoItem): number {
  return Number(a.failed !== '') - Number(b.failed !== '') || a.line.localeCompare(b.line) || a.step - b.step;
}
