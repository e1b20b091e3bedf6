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
import { LineKey, lineProps } from './line-styles';

/** A run's curve. */
export interface NamedPoints {
  /** "baseline", "this run", "C". */
  readonly name: string;
  readonly points: CurvePoints;
}

interface Props {
  readonly title: string;
  /** The first is the one that others are measured against. */
  readonly curves: readonly NamedPoints[];
  readonly log?: boolean;
  /** A value in words. */
  readonly text: (value: number) => string;
  /** A figure of the axis. */
  readonly tickText: (value: number) => string;
}

const HEIGHT = 220;
const MARGIN = { left: 48, right: 10, top: 8, bottom: 22 };
const ROWS = 40;

/** One measured quantity of several runs over their training steps. */
export function CurveOverlay({ title, curves, log = false, text, tickText }: Props) {
  const all = curves.map(({ points }) => points);
  const steps = stepsOf(all);
  const stepper = useStepper(steps.length);
  const held = stepper.index === null ? null : (steps[stepper.index] ?? null);
  const domain = curveDomain(all, log);
  const at = (step: number) =>
    `step ${count(step)}: ${curves.map(({ name, points }) => `${name} ${textAt(points, step, text, 'nothing')}`).join(', ')}`;
  const last = steps.at(-1) ?? 0;
  const summary = domain ? `At the end: ${at(last)}.` : '';
  return (
    <ChartFrame
      height="content"
      title={title}
      subtitle={
        <span className={styles.legend}>
          {curves.map(({ name }, i) => (
            <span key={name}>
              <LineKey index={i} /> {name}
            </span>
          ))}
        </span>
      }
      summary={summary}
      readout={held === null ? null : at(held)}
      table={() => overlayTable(steps, curves, text)}
      empty={domain ? undefined : { text: 'No run has measured this.', ghost: 'M0 10C20 40 50 52 100 55' }}
    >
      {domain ? (
        <PlotBox
          height={HEIGHT}
          stepper={stepper}
          label={`${title} of ${curves.length === 2 ? 'both' : 'all'} runs; arrow keys read values`}
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
                {curves.map(({ name, points }, i) => (
                  <g key={name} className={styles.curve}>
                    <path d={curvePath(points, x, y)} {...lineProps(i)} />
                    <Ends curve={points} x={x} y={y} stroke={lineProps(i).stroke} />
                  </g>
                ))}
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
  readonly stroke: string;
}

/** A dot for each of a few points: a curve of one point would not be seen. */
function Ends({ curve, x, y, stroke }: EndsProps) {
  if (curve.step.length > 30) return null;
  return curve.step.map((step, i) => {
    const height = y(curve.value[i] ?? Number.NaN);
    // biome-ignore lint/suspicious/noArrayIndexKey: two values may stand at one step, before and after a stage.
    return Number.isFinite(height) ? <circle key={i} cx={x(step)} cy={height} r={2.5} stroke={stroke} /> : null;
  });
}

const xScale = (last: number, width: number) => linearScale([0, Math.max(1, last)], [MARGIN.left, width - MARGIN.right]);

function nearest(steps: readonly number[], at: number): number | null {
  let best: number | null = null;
  for (const [i, step] of steps.entries()) if (best === null || Math.abs(step - at) < Math.abs((steps[best] ?? 0) - at)) best = i;
  return best;
}

/** "97.61 %, then 18.96 %" where a stage without training changed the value at this step. */
export function textAt(curve: CurvePoints, step: number, text: (value: number) => string, nothing: string): string {
  const here = curve.value.filter((value, i) => curve.step[i] === step && Number.isFinite(value));
  if (here.length > 1) return here.map(text).join(', then ');
  const value = valueAt(curve, step);
  return value === null ? nothing : text(value);
}

function overlayTable(steps: readonly number[], curves: readonly NamedPoints[], text: (value: number) => string): ChartTable {
  const every = Math.ceil(steps.length / ROWS);
  return {
    head: ['step', ...curves.map(({ name }) => name)],
    rows: steps
      .filter((_, i) => (steps.length - 1 - i) % every === 0)
      .map((step) => [count(step), ...curves.map(({ points }) => textAt(points, step, text, '–'))]),
  };
}
