import { linearScale } from '../../charts/shared/linear-scale';
import { PlotBox } from '../../charts/shared/plot-box';
import { useStepper } from '../../charts/shared/use-stepper';
import type { FormatId } from '../../numerics/formats/number-format';
import { finiteValues } from '../../numerics/formats/number-format';
import { type DescentStep, MINIMUM } from '../../numerics/training/low-precision-descent';
import { stepText } from './descent-story';
import { exactText } from './exact-text';
import styles from './labs.module.css';

export interface DescentChartProps {
  readonly format: FormatId;
  readonly nearest: readonly DescentStep[];
  /** The first is drawn strong. */
  readonly stochastic: readonly (readonly DescentStep[])[];
  readonly float: readonly DescentStep[];
}

const HEIGHT = 250;
const [LEFT, RIGHT, TOP, BOTTOM] = [44, 12, 12, 24];
/** Lines of the format's numbers are drawn where they are at least this far apart. */
const ROOM = 7;

/** x over the steps: rounded to nearest, stochastically, and in float32. */
export function DescentChart({ format, nearest, stochastic, float }: DescentChartProps) {
  const stepper = useStepper(nearest.length);
  const { index } = stepper;
  const [strong = []] = stochastic;
  const [low, high] = domain([nearest, ...stochastic, float]);
  const y = linearScale([low, high], [HEIGHT - BOTTOM, TOP]);
  const text =
    index === null
      ? 'The path of x. Arrow keys walk through the steps.'
      : `${stepText(nearest[index], index)} Stochastic: next x ${exactText(strong[index]?.next ?? Number.NaN)}.`;
  const xAt = (width: number) => linearScale([0, nearest.length], [LEFT, width - RIGHT]);
  return (
    <figure className={styles.figureBox}>
      <Legend />
      <PlotBox
        height={HEIGHT}
        stepper={stepper}
        label="Path of x"
        text={text}
        itemAt={(at, _y, width) => Math.min(nearest.length - 1, Math.max(0, Math.round(xAt(width).invert(at)) - 1))}
      >
        {(width) => {
          const x = xAt(width);
          const path = (trail: readonly DescentStep[]) =>
            `M${x(0)} ${clip(y(trail[0]?.x ?? 0))}${trail.map(({ next }, i) => `L${x(i + 1).toFixed(1)} ${clip(y(next)).toFixed(1)}`).join('')}`;
          return (
            <>
              {linesOf(format, low, high, y).map((value) => (
                <line key={value} className={styles.gridLine} x1={LEFT} x2={width - RIGHT} y1={y(value)} y2={y(value)} />
              ))}
              {[0, 256, 512, 768, 1024, 1536, 2048, -1024, -2048, 4096, -4096]
                .filter((value) => value >= low && value <= high && (high - low < 2600 || value % 1024 === 0))
                .map((value) => (
                  <text key={value} className={styles.figure} x={LEFT - 6} y={y(value) + 3.5} textAnchor="end">
                    {exactText(value)}
                  </text>
                ))}
              <line className={styles.minimum} x1={LEFT} x2={width - RIGHT} y1={y(MINIMUM)} y2={y(MINIMUM)} />
              {stochastic.slice(1).map((trail, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: runs have no identity beyond their number
                <path key={i} className={styles.faint} d={path(trail)} />
              ))}
              <path className={styles.floatPath} d={path(float)} />
              <path className={styles.stochasticPath} d={path(strong)} />
              <path className={styles.nearestPath} d={path(nearest)} />
              {ticksOf(nearest.length).map((step) => (
                <text
                  key={step}
                  className={styles.figure}
                  x={x(step)}
                  y={HEIGHT - 6}
                  textAnchor={step === nearest.length ? 'end' : 'middle'}
                >
                  {step}
                </text>
              ))}
              {index === null ? null : <line className={styles.cursor} x1={x(index + 1)} x2={x(index + 1)} y1={TOP} y2={HEIGHT - BOTTOM} />}
            </>
          );
        }}
      </PlotBox>
      <figcaption className={styles.readout}>{text}</figcaption>
    </figure>
  );
}

/** Whole quarters of the steps, else thirds. */
function ticksOf(steps: number): readonly number[] {
  const parts = steps % 4 === 0 ? 4 : 3;
  return Array.from({ length: parts + 1 }, (_, i) => (i * steps) / parts);
}

function Legend() {
  return (
    <ul className={styles.legend}>
      <li data-kind="nearest">nearest</li>
      <li data-kind="stochastic">stochastic: 12 runs, one highlighted</li>
      <li data-kind="float">float32</li>
      <li data-kind="grid">numbers of the format</li>
    </ul>
  );
}

function domain(trails: readonly (readonly DescentStep[])[]): readonly [number, number] {
  const values = trails.flatMap((trail) => trail.map(({ next }) => next)).filter(Number.isFinite);
  const starts = trails.map((trail) => trail[0]?.x ?? 0);
  const [least, most] = [...values, ...starts].reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [0, 1100] as [number, number]);
  return [Math.max(-4200, least), Math.min(4200, most * 1.02)];
}

function clip(pixel: number): number {
  return Number.isFinite(pixel) ? Math.min(HEIGHT - BOTTOM + 1, Math.max(TOP - 1, pixel)) : TOP - 1;
}

/** The format's numbers in sight, where they are apart. */
function linesOf(format: FormatId, low: number, high: number, y: (value: number) => number): readonly number[] {
  const lines: number[] = [];
  for (const value of finiteValues(format)) {
    if (value < low || value > high) continue;
    if (lines.length === 0 || Math.abs(y(value) - y(lines.at(-1) ?? 0)) >= ROOM) lines.push(value);
  }
  return lines;
}
