import { type KeyboardEvent, type PointerEvent, useMemo } from 'react';
import { count, percent, plural } from '../../numerics/measures/number-words';
import { itemsAxis, usualItems } from '../pareto/pareto-axes';
import chart from '../pareto/pareto-chart.module.css';
import { groupColors, PLAIN_COLOR } from '../pareto/pareto-style';
import { ChartFrame } from '../shared/chart-frame';
import { figure } from '../shared/plot-figures';
import { useSize } from '../shared/use-size';
import { useStepper } from '../shared/use-stepper';
import { axisColumns, linePath, nearestLine, type ParallelRun, parallelLines } from './parallel-layout';
import type { ValueAxis } from './value-layout';
import styles from './value-plot.module.css';

interface Props {
  readonly axes: readonly ValueAxis[];
  readonly runs: readonly ParallelRun[];
  /** What the colours are, and all values of it. */
  readonly group: string;
  readonly groups: readonly string[];
  readonly onHover: (ids: readonly string[] | null) => void;
  readonly onOpen: (id: string) => void;
}

const MARGIN = { top: 24, right: 56, bottom: 12, left: 16 };
const REACH = 14;

/** Parallel coordinates: a line for each run through the values that make it, to its accuracy. */
export function ParallelChart({ axes, runs, group, groups, onHover, onOpen }: Props) {
  const [ref, { width, height }] = useSize();
  const area = useMemo(
    () => ({
      x: MARGIN.left,
      y: MARGIN.top,
      width: Math.max(1, width - MARGIN.left - MARGIN.right),
      height: Math.max(1, height - MARGIN.top - MARGIN.bottom),
    }),
    [width, height],
  );
  const range = useMemo(() => {
    const items = runs.map(({ accuracy }) => ({ accuracy, accuracySpread: 0 }));
    return itemsAxis('accuracy', usualItems('accuracy', items));
  }, [runs]);
  const lines = useMemo(() => parallelLines(axes, runs, area, range), [axes, runs, area, range]);
  const colors = useMemo(() => groupColors(groups), [groups]);
  const paths = useMemo(() => {
    const found = new Map<string, string>();
    runs.forEach((run, i) => {
      const color = colors.get(run.group) ?? PLAIN_COLOR;
      found.set(color, (found.get(color) ?? '') + linePath(lines[i] ?? []));
    });
    return [...found];
  }, [runs, lines, colors]);
  const { index, set, props } = useStepper(runs.length);
  const held = index === null ? null : (runs[index] ?? null);
  const readout = held && `${held.label} · ${percent(held.accuracy, 2)}`;
  const best = runs.reduce<ParallelRun | null>((most, run) => (most === null || run.accuracy > most.accuracy ? run : most), null);
  const low = Math.min(...range.domain) / 100;
  const below = runs.filter(({ accuracy }) => accuracy < low).length;
  const summary = [
    `${plural(runs.length, 'run')}, a line each; colour: ${group}.`,
    best ? `The best is ${best.label} with ${percent(best.accuracy, 2)}.` : '',
    below > 0 ? `${count(below)} of them end below ${percent(low, 0)}, on the edge.` : '',
  ];
  const point = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const i = nearestLine(lines, { x: event.clientX - box.left, y: event.clientY - box.top }, REACH);
    if (i === index) return;
    set(i);
    onHover(i === null ? null : [runs[i]?.id ?? '']);
  };
  const stepper = props('All runs at once; arrow keys read runs, Enter opens one', readout ?? summary.join(' '));
  const slider = {
    ...stepper,
    onKeyDown: (event: KeyboardEvent) => (event.key === 'Enter' && held ? onOpen(held.id) : stepper.onKeyDown(event)),
  };
  const columns = axisColumns(axes.length, area);
  // A letter of 12 px is about 6.6 px wide.
  const most = Math.max(4, Math.floor((area.width / Math.max(1, axes.length) - 16) / 6.6));
  return (
    <ChartFrame
      title="All runs at once"
      subtitle={`parallel coordinates; colour: ${group}`}
      summary={summary.filter(Boolean).join(' ')}
      readout={readout}
      table={() => ({
        head: ['run', ...axes.map(({ name }) => name), 'test accuracy'],
        rows: runs.map((run) => [
          run.label,
          ...axes.map(({ ticks }, a) => ticks[run.ticks[a] ?? 0]?.label ?? ''),
          percent(run.accuracy, 2),
        ]),
      })}
    >
      <div
        ref={ref}
        className={`${chart.slider} ${chart.plot}`}
        {...slider}
        onPointerMove={point}
        onPointerLeave={() => [set(null), onHover(null)]}
        onPointerUp={(event) => event.pointerType !== 'touch' && held && onOpen(held.id)}
      >
        {width > 0 && height > 0 && (
          <svg className={chart.layer} width={width} height={height} aria-hidden="true">
            {paths.map(([color, path]) => (
              <path key={color} className={chart.line} stroke={color} d={path} />
            ))}
            {index !== null && <path className={styles.held} d={linePath(lines[index] ?? [])} />}
            {columns.map((x, a) => (
              <g key={x}>
                <path className={styles.axis} d={`M${x} ${area.y}v${area.height}`} />
                <text className={styles.name} x={a === 0 ? x - 8 : x + 48} y={12} textAnchor={a === 0 ? 'start' : 'end'}>
                  {axes[a]?.name ?? 'accuracy'}
                </text>
                {(axes[a]?.ticks ?? accuracyTicks(range)).map(({ label, at }) => (
                  <text key={label} className={styles.figure} x={x + 5} y={area.y + area.height * (1 - at) + 4}>
                    {label.length > most ? `${label.slice(0, most - 1)}…` : label}
                  </text>
                ))}
              </g>
            ))}
          </svg>
        )}
      </div>
    </ChartFrame>
  );
}

function accuracyTicks({ domain: [low, high], ticks }: ReturnType<typeof itemsAxis>) {
  return ticks.map((tick) => ({ label: `${figure(tick)} %`, at: (tick - low) / (high - low) }));
}
