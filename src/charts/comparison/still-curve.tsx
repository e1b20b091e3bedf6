import { ticks } from 'd3-array';
import { circled, count } from '../../numerics/measures/number-words';
import { ChartFrame } from '../shared/chart-frame';
import type { CurvePoints } from '../shared/curve-points';
import { linearScale } from '../shared/linear-scale';
import plot from '../shared/plot.module.css';
import { BottomFigures, LeftFigures } from '../shared/plot-box';
import styles from '../shared/still.module.css';
import { curveDomain, curvePath, logTicks, valueScale } from './curve-layout';

interface Props {
  readonly title: string;
  readonly subtitle: string;
  readonly curve: CurvePoints;
  /** Training steps at which stages began, with their positions in the program, from 1. */
  readonly stages: readonly { readonly place: number; readonly from: number }[];
  readonly log?: boolean;
  /** A value in words. */
  readonly text: (value: number) => string;
  /** A figure of the axis. */
  readonly tickText: (value: number) => string;
}

/** The picture's own pixels: it is scaled to its space, on paper as on a screen. */
const WIDTH = 344;
const HEIGHT = 186;
const MARGIN = { left: 46, right: 8, top: 18, bottom: 22 };
const ROWS = 40;

/** One measured quantity of a finished run over its training steps, drawn so that it can be printed. */
export function StillCurve({ title, subtitle, curve, stages, log = false, text, tickText }: Props) {
  const domain = curveDomain([curve], log);
  const last = curve.step.at(-1) ?? 0;
  const every = Math.ceil(curve.step.length / ROWS);
  const at = (i: number) => [count(curve.step[i] ?? 0), text(curve.value[i] ?? Number.NaN)] as const;
  return (
    <ChartFrame
      height="content"
      title={title}
      subtitle={subtitle}
      summary={domain ? stillSummary(curve, text) : ''}
      table={() => ({
        head: ['step', 'value'],
        rows: curve.step.flatMap((_, i) => ((curve.step.length - 1 - i) % every === 0 ? [at(i)] : [])),
      })}
      empty={domain ? undefined : { text: 'Nothing was measured.', ghost: 'M0 10C20 40 50 52 100 55' }}
    >
      {domain ? <Picture {...{ curve, stages, log, tickText, domain, last }} /> : null}
    </ChartFrame>
  );
}

interface PictureProps extends Required<Pick<Props, 'curve' | 'stages' | 'log' | 'tickText'>> {
  readonly domain: readonly [number, number];
  readonly last: number;
}

function Picture({ curve, stages, log, tickText, domain, last }: PictureProps) {
  const x = linearScale([0, Math.max(1, last)], [MARGIN.left, WIDTH - MARGIN.right]);
  const bottom = HEIGHT - MARGIN.bottom;
  const y = valueScale(domain, [bottom, MARGIN.top], log);
  const levels = log ? logTicks(domain) : ticks(...domain, 4);
  return (
    <svg aria-hidden="true" className={styles.svg} viewBox={`0 0 ${WIDTH} ${HEIGHT}`}>
      {levels.map((level) => (
        <line key={level} className={plot.grid} x1={MARGIN.left} x2={WIDTH - MARGIN.right} y1={y(level)} y2={y(level)} />
      ))}
      {stages.map(({ place, from }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a stage that is repeated begins several times.
        <g key={i}>
          {from > 0 ? <line className={styles.stage} x1={x(from)} x2={x(from)} y1={MARGIN.top} y2={bottom} /> : null}
          {/* One that trains nothing begins where the next one does: their numbers are side by side. */}
          <text
            className={styles.stageName}
            x={Math.min(x(from) + 14 * sameBefore(stages, i), WIDTH - MARGIN.right - 6)}
            y={MARGIN.top - 6}
          >
            {circled(place)}
          </text>
        </g>
      ))}
      <line className={plot.axis} x1={MARGIN.left} x2={WIDTH - MARGIN.right} y1={bottom + 0.5} y2={bottom + 0.5} />
      <LeftFigures ticks={levels} at={y} text={tickText} x={MARGIN.left - 6} />
      <BottomFigures ticks={ticks(0, last, 4)} at={x} text={count} y={HEIGHT - 6} left={0} right={WIDTH} />
      <path className={styles.curve} d={curvePath(curve, x, y)} />
      {curve.step.length > 30
        ? null
        : curve.step.map((step, i) => {
            const height = y(curve.value[i] ?? Number.NaN);
            // biome-ignore lint/suspicious/noArrayIndexKey: two values may stand at one step, before and after a stage.
            return Number.isFinite(height) ? <circle key={i} className={styles.dot} cx={x(step)} cy={height} r={2.5} /> : null;
          })}
    </svg>
  );
}

/** How many of the stages before this one began at the same step. */
function sameBefore(stages: Props['stages'], index: number): number {
  return stages.slice(0, index).filter(({ from }) => from === stages[index]?.from).length;
}

/** Where the curve begins, where it was lowest and highest, and where it ends. */
export function stillSummary({ step, value }: CurvePoints, text: (value: number) => string): string {
  const finite = value.flatMap((v, i) => (Number.isFinite(v) ? [{ v, at: step[i] ?? 0 }] : []));
  const [first, last] = [finite[0], finite.at(-1)];
  if (!first || !last) return '';
  const said = ({ v, at }: { v: number; at: number }) => `${text(v)} at step ${count(at)}`;
  if (first === last) return `${said(first)}.`;
  const sorted = finite.toSorted((a, b) => a.v - b.v);
  const [low, high] = [sorted[0] ?? first, sorted.at(-1) ?? last];
  return `From ${said(first)} to ${said(last)}; lowest ${said(low)}, highest ${said(high)}.`;
}
