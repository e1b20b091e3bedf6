import { ticks } from 'd3-array';
import { count, fixed } from '../../numerics/measures/number-words';
import { ChartFrame } from '../shared/chart-frame';
import { Legend } from '../shared/legend';
import { linearScale } from '../shared/linear-scale';
import styles from '../shared/plot.module.css';
import { BottomFigures, LeftFigures, PlotBox } from '../shared/plot-box';
import { plotMargin } from '../shared/plot-figures';
import { useStepper } from '../shared/use-stepper';
import { type FlipInspection, flipPoints, flipReadout, flipSentence, shareLimit, sharePath } from './flips-layout';

interface Props {
  readonly layer: string;
  /** All inspections of the run at this layer, oldest first. */
  readonly inspections: readonly FlipInspection[];
}

const HEIGHT = 112;
const GHOST = 'M0 20C14 8 22 30 34 24S58 30 70 38S92 40 100 44 M0 46C20 40 40 50 60 50S90 54 100 54';
/** Points are drawn up to this many. */
const MOST_DOTS = 40;

/** How many weights changed their stored level from one inspection to the next, and how many came back: a weight that oscillates. */
export function FlipsTrace({ layer, inspections }: Props) {
  const points = flipPoints(inspections);
  const latest = points.at(-1);
  const stepper = useStepper(points.length, points.length - 1);
  const held = stepper.index === null ? undefined : points[stepper.index];
  const summary = latest ? flipSentence(latest) : '';
  const readout = held ? flipReadout(held) : null;
  return (
    <ChartFrame
      height="content"
      title="Level flips"
      subtitle={
        latest && (
          <Legend
            items={[
              ['stored', 'changed level'],
              ['structure', 'back and forth'],
            ]}
          />
        )
      }
      summary={summary}
      readout={readout}
      table={() => ({
        head: ['up to step', 'steps', 'changed', 'back and forth'],
        rows: points.map((p) => [p.step, p.steps, p.changed, p.returned].map(count)),
      })}
      empty={
        latest
          ? undefined
          : {
              text: 'Train through the quantizer: weights that change their stored level from one inspection to the next are counted here.',
              ghost: GHOST,
            }
      }
    >
      {latest && (
        <PlotBox
          height={HEIGHT}
          stepper={stepper}
          label={`Level flips of ${layer} over ${points.length} inspections; arrow keys step through them`}
          text={readout ?? summary}
          itemAt={(x, _y, width) =>
            nearest(
              points.map(({ step }) => scaleOf(points, width)(step)),
              x,
            )
          }
        >
          {(width) => <Picture points={points} x={scaleOf(points, width)} width={width} held={held} />}
        </PlotBox>
      )}
    </ChartFrame>
  );
}

type Points = ReturnType<typeof flipPoints>;

function Picture({
  points,
  x,
  width,
  held,
}: {
  readonly points: Points;
  readonly x: (step: number) => number;
  readonly width: number;
  readonly held: Points[number] | undefined;
}) {
  const bottom = HEIGHT - plotMargin.bottom;
  const limit = shareLimit(points);
  const y = linearScale([0, limit], [bottom, plotMargin.top]);
  const shares = ticks(0, limit, 3);
  const digits = Math.max(0, ...shares.map((share) => decimals(share * 100)));
  const marked = points.length <= MOST_DOTS ? points : held ? [held] : [];
  const first = points[0]!;
  return (
    <>
      {shares.slice(1).map((share) => (
        <line key={share} className={styles.grid} x1={plotMargin.left} x2={width - plotMargin.right} y1={y(share)} y2={y(share)} />
      ))}
      <line className={styles.axis} x1={plotMargin.left} x2={width - plotMargin.right} y1={bottom + 0.5} y2={bottom + 0.5} />
      <path className={styles.structure} d={sharePath(points, 'returned', x, y)} />
      <path className={styles.stored} d={sharePath(points, 'changed', x, y)} />
      {marked.map((point) => (
        <g key={point.step}>
          <circle className={styles.structureDot} cx={x(point.step)} cy={y(point.returned / point.weights)} r={point === held ? 4 : 2.25} />
          <circle className={styles.storedDot} cx={x(point.step)} cy={y(point.changed / point.weights)} r={point === held ? 4 : 2.25} />
        </g>
      ))}
      <LeftFigures ticks={shares} at={y} text={(share) => `${fixed(share * 100, digits)} %`} x={plotMargin.left - 8} />
      <BottomFigures
        ticks={ticks(first.step - first.steps, points.at(-1)!.step, Math.max(2, Math.floor(width / 90))).filter(Number.isInteger)}
        at={x}
        text={count}
        y={bottom + 15}
        left={plotMargin.left - 12}
        right={width}
      />
      <text className={styles.caption} x={0} y={bottom + 15}>
        step
      </text>
    </>
  );
}

function scaleOf(points: Points, width: number) {
  const first = points[0]!;
  return linearScale([first.step - first.steps, points.at(-1)!.step], [plotMargin.left, width - plotMargin.right]);
}

function nearest(positions: readonly number[], at: number): number {
  return positions.reduce((best, position, i) => (Math.abs(position - at) < Math.abs(positions[best]! - at) ? i : best), 0);
}

function decimals(value: number): number {
  return (String(Number(value.toPrecision(6))).split('.')[1] ?? '').length;
}
