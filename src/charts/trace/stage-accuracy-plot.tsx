import { CartesianGrid, Scatter, ScatterChart, XAxis, YAxis } from 'recharts';
import { fixed } from '../../numerics/measures/number-words';
import type { Attempt } from '../shared/attempts';
import { accuracyAxis, bitsAxis, labelSides, type StagePoint, stageReadout } from '../shared/stage-points';
import { useSize } from '../shared/use-size';
import { AttemptMarks } from './attempt-marks';
import styles from './stage-accuracy.module.css';

interface Props {
  readonly points: readonly StagePoint[];
  readonly attempts: readonly Attempt[];
  readonly onHold: (point: StagePoint | null) => void;
  readonly onHoldAttempt: (attempt: Attempt | null) => void;
  readonly onOpen: (attempt: Attempt) => void;
}

const YAXIS = 50;
const XAXIS = 20;
const MARGIN = { top: 12, right: 8, bottom: 18, left: 0 };

export function StageAccuracyPlot({ points, attempts, onHold, onHoldAttempt, onOpen }: Props) {
  const [ref, { width, height }] = useSize();
  const x = bitsAxis([...points, ...attempts]);
  const y = accuracyAxis([...points, ...attempts]);
  const rows = points.map((point) => ({ ...point, percent: point.accuracy * 100 }));
  const unit = { x: width / Math.log2(x.domain[1] / x.domain[0]), y: height / (y.domain[1] - y.domain[0]) };
  const sides = labelSides(
    rows.map((r) => ({ x: Math.log2(r.bitsPerWeight) * unit.x, y: r.percent * unit.y })),
    18,
  );
  const box = { left: YAXIS, right: width - MARGIN.right, top: MARGIN.top, bottom: height - MARGIN.bottom - XAXIS };
  const place = ({ bitsPerWeight, accuracy }: { readonly bitsPerWeight: number; readonly accuracy: number }) => ({
    x: box.left + ((box.right - box.left) * Math.log2(bitsPerWeight / x.domain[0])) / Math.log2(x.domain[1] / x.domain[0]),
    y: box.bottom - ((box.bottom - box.top) * (accuracy * 100 - y.domain[0])) / (y.domain[1] - y.domain[0]),
  });
  const tick = { fontSize: 12, fill: 'var(--ink-3)' };

  const mark = ({ cx = 0, cy = 0, payload }: { cx?: number; cy?: number; payload?: StagePoint }) => {
    if (!payload) return <g />;
    const i = points.findIndex((p) => p.stage === payload.stage);
    const left = sides[i] === 'left';
    const last = i === points.length - 1;
    return (
      // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a point is read by focusing it
      <g
        className={styles.mark}
        tabIndex={0}
        role="img"
        aria-label={stageReadout(payload)}
        onPointerEnter={() => onHold(payload)}
        onPointerLeave={() => onHold(null)}
        onFocus={() => onHold(payload)}
        onBlur={() => onHold(null)}
      >
        <circle className={styles.target} cx={cx} cy={cy} r={12} />
        {last && <circle className={styles.last} cx={cx} cy={cy} r={8.5} />}
        {payload.compressed ? (
          <rect className={styles.stored} x={cx - 4.5} y={cy - 4.5} width={9} height={9} rx={1} />
        ) : (
          <circle className={styles.float} cx={cx} cy={cy} r={5} />
        )}
        <text className={styles.number} x={cx + (left ? -13 : 13)} y={cy} textAnchor={left ? 'end' : 'start'}>
          {payload.mark}
        </text>
      </g>
    );
  };

  return (
    <div ref={ref} className={styles.box}>
      {width > 0 && height > 0 && (
        <ScatterChart width={width} height={height} margin={MARGIN} accessibilityLayer={false}>
          <CartesianGrid stroke="var(--grid)" horizontalValues={y.ticks} verticalValues={x.ticks} />
          <XAxis
            type="number"
            dataKey="bitsPerWeight"
            scale="log"
            domain={x.domain}
            ticks={x.ticks}
            tick={tick}
            tickLine={false}
            axisLine={{ stroke: 'var(--hairline-strong)' }}
            height={XAXIS}
            label={{ value: 'bits per weight', position: 'bottom', offset: 3, fontSize: 12, fill: 'var(--ink-3)' }}
          />
          <YAxis
            type="number"
            dataKey="percent"
            domain={y.domain}
            ticks={y.ticks}
            tick={tick}
            tickFormatter={(v: number) => `${fixed(v, Number.isInteger(v) ? 0 : 1)} %`}
            tickLine={false}
            axisLine={false}
            width={YAXIS}
          />
          <AttemptMarks attempts={attempts} stages={points} place={place} box={box} onHold={onHoldAttempt} onOpen={onOpen} />
          <Scatter data={rows} shape={mark} line={{ stroke: 'var(--ink-3)', strokeWidth: 1 }} isAnimationActive={false} />
        </ScatterChart>
      )}
    </div>
  );
}
