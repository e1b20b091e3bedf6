import { ticks } from 'd3-array';
import { count, percent } from '../../numerics/measures/number-words';
import { ChartFrame, type ChartTable } from '../shared/chart-frame';
import { linearScale } from '../shared/linear-scale';
import plot from '../shared/plot.module.css';
import { LeftFigures, PlotBox } from '../shared/plot-box';
import { useStepper } from '../shared/use-stepper';
import styles from './bench.module.css';
import { type BenchPoint, benchReadout, percentDomain, percentTick, spreadAll } from './bench-layout';

interface Props {
  /** Measured so far. */
  readonly points: readonly BenchPoint[];
  /** Places on the axis: numbers of images. */
  readonly values: readonly number[];
}

const HEIGHT = 236;
const MARGIN = { left: 34, right: 122, top: 8, bottom: 34 };
/** Distance of labels. */
const LINE = 13;

/** Test accuracy against calibration images, a line for each calibration method. */
export function CalibrationBench({ points, values }: Props) {
  const stepper = useStepper(points.length);
  const held = stepper.index === null ? null : (points[stepper.index] ?? null);
  const summary = benchSummary(points);
  return (
    <ChartFrame
      height="content"
      title="Accuracy by calibration"
      subtitle="measured on the test images"
      summary={summary}
      readout={held && benchReadout(held)}
      table={() => benchTable(points, values)}
    >
      <PlotBox
        height={HEIGHT}
        stepper={stepper}
        label="Calibration bench; arrow keys step through the measurements"
        text={held ? benchReadout(held) : summary}
        itemAt={(x, y, width) => nearest(points, values, x, y, width)}
      >
        {(width) => <Lines points={points} values={values} width={width} held={held} />}
      </PlotBox>
    </ChartFrame>
  );
}

function scales(points: readonly BenchPoint[], values: readonly number[], width: number) {
  const last = Math.log2(Math.max(...values, 2));
  const x = linearScale([0, last], [MARGIN.left, width - MARGIN.right]);
  const domain = percentDomain(points.flatMap(({ accuracy }) => (accuracy === null ? [] : [accuracy])));
  const y = linearScale(domain, [HEIGHT - MARGIN.bottom, MARGIN.top]);
  return { domain, y, x: (value: number) => x(Math.log2(value)) };
}

function position(point: BenchPoint, { x, y }: ReturnType<typeof scales>): readonly [number, number] {
  return [x(point.value), point.accuracy === null ? HEIGHT - MARGIN.bottom : y(point.accuracy * 100)];
}

function nearest(points: readonly BenchPoint[], values: readonly number[], x: number, y: number, width: number): number | null {
  const scale = scales(points, values, width);
  let best: number | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const [i, point] of points.entries()) {
    const [px, py] = position(point, scale);
    const distance = Math.hypot(px - x, py - y);
    if (distance < least) [best, least] = [i, distance];
  }
  return best;
}

interface LinesProps extends Props {
  readonly width: number;
  readonly held: BenchPoint | null;
}

function Lines({ points, values, width, held }: LinesProps) {
  const scale = scales(points, values, width);
  const names = [...new Set(points.map(({ series }) => series))];
  const ends = names.map((name) => points.findLast((point) => point.series === name && point.accuracy !== null));
  const heights = spreadAll(
    ends.map((end) => (end ? position(end, scale)[1] : HEIGHT - MARGIN.bottom)),
    LINE,
    MARGIN.top + 4,
    HEIGHT - MARGIN.bottom,
  );
  const yTicks = ticks(...scale.domain, 5);
  return (
    <>
      {yTicks.map((tick) => (
        <line key={tick} className={plot.grid} x1={MARGIN.left} x2={width - MARGIN.right} y1={scale.y(tick)} y2={scale.y(tick)} />
      ))}
      <LeftFigures ticks={yTicks} at={scale.y} text={percentTick(yTicks)} x={MARGIN.left - 6} />
      {values.map((value) => (
        <text key={value} className={plot.figure} x={scale.x(value)} y={HEIGHT - MARGIN.bottom + 14} textAnchor="middle">
          {count(value)}
        </text>
      ))}
      <text className={plot.figure} x={MARGIN.left - 6} y={HEIGHT - 5} textAnchor="start">
        calibration images; accuracy in %
      </text>
      {names.map((name, i) => {
        const own = points.filter(({ series }) => series === name);
        const drawn = own.filter(({ accuracy }) => accuracy !== null);
        const end = ends[i];
        return (
          <g key={name} className={held && held.series !== name ? styles.quiet : undefined}>
            <path className={styles.line} d={drawn.map((p, j) => `${j === 0 ? 'M' : 'L'}${position(p, scale).join(' ')}`).join('')} />
            {own.map((p) => {
              const [x, y] = position(p, scale);
              return (
                <path
                  key={p.value}
                  className={p.accuracy === null ? styles.cross : styles.mark}
                  d={markPath(p.accuracy === null ? -1 : i, x, y)}
                />
              );
            })}
            {end && (
              <path
                className={styles.leader}
                d={`M${scale.x(end.value) + 6} ${position(end, scale)[1]}L${width - MARGIN.right + 14} ${heights[i]}`}
              />
            )}
            <text className={styles.name} x={width - MARGIN.right + 17} y={(heights[i] ?? 0) + 3.5}>
              {name}
            </text>
          </g>
        );
      })}
      {held && <circle className={styles.ring} cx={position(held, scale)[0]} cy={position(held, scale)[1]} r={7} />}
    </>
  );
}

/** Circle, square, diamond, triangle up, triangle down; a cross for a failure (−1). */
function markPath(shape: number, x: number, y: number): string {
  const at = (dx: number, dy: number) => `${x + dx} ${y + dy}`;
  if (shape < 0) return `M${at(-4, -4)}L${at(4, 4)}M${at(4, -4)}L${at(-4, 4)}`;
  switch (shape % 5) {
    case 0:
      return `M${at(-3.2, 0)}a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0 -6.4 0Z`;
    case 1:
      return `M${at(-3, -3)}h6v6h-6Z`;
    case 2:
      return `M${at(0, -4.2)}L${at(4.2, 0)}L${at(0, 4.2)}L${at(-4.2, 0)}Z`;
    case 3:
      return `M${at(0, -4)}L${at(3.8, 3)}L${at(-3.8, 3)}Z`;
    default:
      return `M${at(0, 4)}L${at(3.8, -3)}L${at(-3.8, -3)}Z`;
  }
}

/** Best and worst, in one sentence. */
export function benchSummary(points: readonly BenchPoint[]): string {
  const measured = points.filter((p): p is BenchPoint & { accuracy: number } => p.accuracy !== null);
  const failed = points.length - measured.length;
  const failures = failed > 0 ? ` ${failed} failed.` : '';
  const [first] = measured;
  if (!first) return failed > 0 ? `All ${failed} measurements failed.` : '';
  const best = measured.reduce((a, b) => (b.accuracy > a.accuracy ? b : a));
  const worst = measured.reduce((a, b) => (b.accuracy < a.accuracy ? b : a));
  return `Best: ${best.label}, ${percent(best.accuracy, 2)}. Worst: ${worst.label}, ${percent(worst.accuracy, 2)}.${failures}`;
}

function benchTable(points: readonly BenchPoint[], values: readonly number[]): ChartTable {
  const names = [...new Set(points.map(({ series }) => series))];
  return {
    head: ['method', ...values.map((value) => count(value))],
    rows: names.map((name) => [
      name,
      ...values.map((value) => {
        const point = points.find((p) => p.series === name && p.value === value);
        return point === undefined ? '' : point.accuracy === null ? 'failed' : percent(point.accuracy, 2);
      }),
    ]),
  };
}
