import { ticks } from 'd3-array';
import { count } from '../../numerics/measures/number-words';
import { ChartFrame, type ChartTable } from '../shared/chart-frame';
import { type CurvePoints, valueAt } from '../shared/curve-points';
import { linearScale } from '../shared/linear-scale';
import plot from '../shared/plot.module.css';
import { BottomFigures, LeftFigures, PlotBox } from '../shared/plot-box';
import { useStepper } from '../shared/use-stepper';
import { curveDomain, curvePath, logTicks, stepsOf, valueScale } from './curve-layout';
import styles from './curve-overlay.module.css';

interface Props {
  readonly title: string;
  /** The one that others are measured against, drawn dashed. */
  readonly baseline: CurvePoints;
  readonly run: CurvePoints;
  readonly log?: boolean;
  /** A value in words. */
  readonly text: (value: number) => string;
  /** A figure of the axis. */
  readonly tickText: (value: number) => string;
}

const HEIGHT = 190;
const MARGIN = { left: 48, right: 10, top: 8, bottom: 22 };
const ROWS = 40;

/** One measured quantity of two runs over their training steps. */
export function CurveOverlay({ title, baseline, run, log = false, text, tickText }: Props) {
  const steps = stepsOf([baseline, run]);
  const stepper = useStepper(steps.length);
  const held = stepper.index === null ? null : (steps[stepper.index] ?? null);
  const domain = curveDomain([baseline, run], log);
  const at = (step: number) => {
    const values = [baseline, run].map((curve) => valueAt(curve, step)).map((value) => (value === null ? 'nothing' : text(value)));
    return `step ${count(step)}: baseline ${values[0]}, this run ${values[1]}`;
  };
  const last = steps.at(-1) ?? 0;
  const summary = domain ? `At the end: ${at(last)}.` : '';
  return (
    <ChartFrame
      height="content"
      title={title}
      subtitle="dashed: baseline"
      summary={summary}
      readout={held === null ? null : at(held)}
      table={() => overlayTable(steps, baseline, run, text)}
      empty={domain ? undefined : { text: 'Neither run has measured this.', ghost: 'M0 10C20 40 50 52 100 55' }}
    >
      {domain ? (
        <PlotBox
          height={HEIGHT}
          stepper={stepper}
          label={`${title} of both runs; arrow keys read values`}
          text={held === null ? summary : at(held)}
          itemAt={(x, _y, width) => nearest(steps, xScale(last, width).invert(x))}
        >
          {(width) => {
            const x = xScale(last, width);
            const bottom = HEIGHT - MARGIN.bottom;
            const y = valueScale(domain, [bottom, MARGIN.top], log);
            const levels = log ? logTicks(domain) : ticks(...domain, 5);
            return (
              <>
                {levels.map((level) => (
                  <line key={level} className={plot.grid} x1={MARGIN.left} x2={width - MARGIN.right} y1={y(level)} y2={y(level)} />
                ))}
                <line className={plot.axis} x1={MARGIN.left} x2={width - MARGIN.right} y1={bottom + 0.5} y2={bottom + 0.5} />
                <LeftFigures ticks={levels} at={y} text={tickText} x={MARGIN.left - 6} />
                <BottomFigures
                  ticks={ticks(0, last, Math.max(2, Math.floor(width / 90)))}
                  at={x}
                  text={count}
                  y={HEIGHT - 6}
                  left={0}
                  right={width}
                />
                <path className={styles.baseline} d={curvePath(baseline, x, y)} />
                <path className={styles.run} d={curvePath(run, x, y)} />
                <Ends curve={baseline} x={x} y={y} className={styles.baselineDot} />
                <Ends curve={run} x={x} y={y} className={styles.runDot} />
                {held === null ? null : <line className={plot.cross} x1={x(held)} x2={x(held)} y1={MARGIN.top} y2={bottom} />}
              </>
            );
          }}
        </PlotBox>
      ) : null}
    </ChartFrame>
  );
}

interface EndsProps {
  readonly curve: CurvePoints;
  readonly x: (step: number) => number;
  readonly y: (value: number) => number;
  readonly className: string | undefined;
}

/** A dot for each of a few points: a curve of one point would not be seen. */
function Ends({ curve, x, y, className }: EndsProps) {
  if (curve.step.length > 30) return null;
  return curve.step.map((step, i) => {
    const height = y(curve.value[i] ?? Number.NaN);
    return Number.isFinite(height) ? <circle key={step} className={className} cx={x(step)} cy={height} r={2.5} /> : null;
  });
}

const xScale = (last: number, width: number) => linearScale([0, Math.max(1, last)], [MARGIN.left, width - MARGIN.right]);

function nearest(steps: readonly number[], at: number): number | null {
  let best: number | null = null;
  for (const [i, step] of steps.entries()) if (best === null || Math.abs(step - at) < Math.abs((steps[best] ?? 0) - at)) best = i;
  return best;
}

function overlayTable(steps: readonly number[], baseline: CurvePoints, run: CurvePoints, text: (value: number) => string): ChartTable {
  const every = Math.ceil(steps.length / ROWS);
  const cell = (curve: CurvePoints, step: number) => {
    const value = valueAt(curve, step);
    return value === null ? '–' : text(value);
  };
  return {
    head: ['step', 'baseline', 'this run'],
    rows: steps.filter((_, i) => (steps.length - 1 - i) % every === 0).map((step) => [count(step), cell(baseline, step), cell(run, step)]),
  };
}
