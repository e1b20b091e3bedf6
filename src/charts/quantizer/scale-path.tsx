import { count, significant } from '../../numerics/measures/number-words';
import { ChartFrame } from '../shared/chart-frame';
import { Legend } from '../shared/legend';
import { linearScale } from '../shared/linear-scale';
import styles from '../shared/plot.module.css';
import { BottomFigures, LeftFigures, PlotBox } from '../shared/plot-box';
import { figure, logTicks, plotMargin } from '../shared/plot-figures';
import { useStepper } from '../shared/use-stepper';
import {
  labelRows,
  markReadout,
  type PathPoint,
  pathDomains,
  pathPoints,
  pathSummary,
  type ScaleCurve,
  type ScaleError,
  shownScale,
} from './scale-path-layout';

interface Props {
  readonly layer: string;
  /** Null for quantizers without a scale that could be varied. */
  readonly curve: ScaleCurve | null;
  /** Inspections of the run, oldest first. */
  readonly inspections: readonly { readonly step: number; readonly scale: number | null; readonly error: number }[];
  /** Groups with a scale of their own, and the number of the one that is shown, from 0. */
  readonly groups: number;
  readonly shown: number;
}

const HEIGHT = 188;
const LABEL_ROWS = 34;
const GHOST = 'M0 8C20 16 36 44 52 50S70 50 78 42S92 26 100 20';

interface Mark extends ScaleError {
  readonly name: string;
  readonly short: string;
}

/** Where the scale is on the curve of error against scale, how it came there, and where calibration would put it. */
export function ScalePath({ layer, curve, inspections, groups, shown }: Props) {
  const path = pathPoints(inspections);
  const marks: Mark[] = curve
    ? [
        ...(curve.calibrated
          ? [
              { name: 'least squared error', short: 'least error', ...curve.calibrated.optimum },
              { name: '99.9th percentile', short: '99.9 %', ...curve.calibrated.percentile },
              { name: 'min-max', short: 'min-max', ...curve.calibrated.minMax },
            ]
          : []),
        { name: 'in use', short: '', ...curve.current },
      ]
    : [];
  const items = [...marks].sort((a, b) => a.scale - b.scale);
  const stepper = useStepper(items.length, 0);
  const held = stepper.index === null ? undefined : items[stepper.index];
  const readout = held ? markReadout(held.name, held) : null;
  const summary = curve ? pathSummary(curve, shown, groups) : '';
  return (
    <ChartFrame
      height="content"
      title="Error for each scale"
      subtitle={curve && <Legend items={[['stored', shownScale(shown, groups).toLowerCase()]]} />}
      summary={summary}
      readout={readout}
      table={() => ({
        head: ['scale of', 'scale', 'squared error'],
        rows: [
          ...items.map(({ name, scale, error }) => [name, significant(scale), significant(error)]),
          ...path.map(({ step, scale, error }) => [`step ${count(step)}`, significant(scale), significant(error)]),
        ],
      })}
      empty={
        curve
          ? undefined
          : {
              text: 'The levels of this quantizer are not multiples of one scale, so it has no scale to vary.',
              ghost: GHOST,
            }
      }
    >
      {curve && (
        <PlotBox
          height={HEIGHT}
          stepper={stepper}
          label={`Error against scale of ${layer}; arrow keys step through the marks`}
          text={readout ?? summary}
          itemAt={(x, _y, width) => {
            const at = positions(curve, path, width).x;
            const nearest = items.reduce(
              (best, item, i) => (Math.abs(at(item.scale) - x) < Math.abs(at(items[best]!.scale) - x) ? i : best),
              0,
            );
            return Math.abs(at(items[nearest]!.scale) - x) < 24 ? nearest : null;
          }}
        >
          {(width) => <Picture curve={curve} path={path} marks={marks} held={held} width={width} />}
        </PlotBox>
      )}
    </ChartFrame>
  );
}

function positions(curve: ScaleCurve, path: readonly PathPoint[], width: number) {
  const domains = pathDomains(curve, path);
  const log = ([low, high]: readonly [number, number], range: readonly [number, number]) => {
    const scale = linearScale([Math.log(low), Math.log(high)], range);
    return (value: number) => scale(Math.log(value));
  };
  const bottom = HEIGHT - plotMargin.bottom;
  return {
    domains,
    bottom,
    x: log(domains.scale, [plotMargin.left, width - plotMargin.right]),
    y: log(domains.error, [bottom, LABEL_ROWS]),
  };
}

interface PictureProps {
  readonly curve: ScaleCurve;
  readonly path: readonly PathPoint[];
  readonly marks: readonly Mark[];
  readonly held: Mark | undefined;
  readonly width: number;
}

function Picture({ curve, path, marks, held, width }: PictureProps) {
  const { domains, bottom, x, y } = positions(curve, path, width);
  const points = Array.from(curve.scales, (scale, i) => ({ scale, error: curve.errors[i]! })).filter(({ error }) => error > 0);
  const line = (of: readonly ScaleError[]) =>
    of.map(({ scale, error }, i) => `${i === 0 ? 'M' : 'L'}${x(scale).toFixed(1)} ${y(error).toFixed(1)}`).join('');
  const labelled = marks.filter(({ short }) => short !== '');
  const labels = labelRows(
    labelled.map(({ short, scale }) => ({ text: short, at: x(scale) })),
    plotMargin.left,
    width,
  );
  const inUse = marks.find(({ short }) => short === '');
  return (
    <>
      {labels.map((label) => (
        <g key={label.text}>
          <line className={styles.guide} x1={label.at} x2={label.at} y1={label.row * 14 + 15} y2={bottom} />
          <text className={styles.caption} x={label.x} y={label.row * 14 + 11} textAnchor="middle">
            {label.text}
          </text>
        </g>
      ))}
      <line className={styles.axis} x1={plotMargin.left} x2={width - plotMargin.right} y1={bottom + 0.5} y2={bottom + 0.5} />
      <path className={styles.curve} d={line(points)} />
      {path.length > 1 && <path className={styles.storedThin} fill="none" d={line(path)} />}
      {path.slice(0, -1).map(({ step, scale, error }, i) => (
        <circle
          key={`${step} ${scale}`}
          className={styles.storedDot}
          cx={x(scale)}
          cy={y(error)}
          r={2}
          opacity={0.25 + (0.6 * (i + 1)) / path.length}
        />
      ))}
      {labelled
        .filter(({ error }) => error > 0)
        .map((mark) => (
          <circle key={mark.name} className={styles.mark} cx={x(mark.scale)} cy={y(mark.error)} r={mark === held ? 5 : 3.5} />
        ))}
      {inUse && inUse.error > 0 && (
        <circle className={`${styles.storedDot} ${styles.halo}`} cx={x(inUse.scale)} cy={y(inUse.error)} r={inUse === held ? 6 : 5} />
      )}
      <LeftFigures ticks={logTicks(domains.error, 4)} at={y} text={power} x={plotMargin.left - 8} />
      <BottomFigures
        ticks={logTicks(domains.scale, Math.floor(width / 56))}
        at={x}
        text={figure}
        y={bottom + 15}
        left={plotMargin.left - 8}
        right={width}
      />
      <text className={styles.caption} x={0} y={bottom + 15}>
        scale
      </text>
    </>
  );
}

/** A figure of the error's axis: a power of ten in short. */
function power(value: number): string {
  const exponent = Math.floor(Math.log10(value) + 1e-9);
  const mantissa = Math.round(value / 10 ** exponent);
  const digits = [...String(Math.abs(exponent))].map((d) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(d)]).join('');
  return `${mantissa === 1 ? '' : `${mantissa}·`}10${exponent < 0 ? '⁻' : ''}${digits}`;
}
