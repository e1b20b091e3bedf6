import { ticks } from 'd3-array';
import { useMemo } from 'react';
import { plural, significant } from '../../numerics/measures/number-words';
import { ChartFrame } from '../shared/chart-frame';
import { Legend } from '../shared/legend';
import { linearScale } from '../shared/linear-scale';
import styles from '../shared/plot.module.css';
import { BottomFigures, LeftFigures, PlotBox } from '../shared/plot-box';
import { figure, plotMargin } from '../shared/plot-figures';
import { useStepper } from '../shared/use-stepper';
import {
  anatomySummary,
  errorPath,
  groupPhrase,
  isMonotone,
  levelTicks,
  nearestPair,
  pairReadout,
  type Staircase,
  staircaseDomain,
  tableRows,
  treadPath,
  treads,
} from './staircase-layout';

export interface AnatomyGroup extends Staircase {
  readonly histogram: { readonly min: number; readonly max: number; readonly counts: ArrayLike<number> };
}

interface Props {
  readonly layer: string;
  readonly group: AnatomyGroup;
  /** Groups with a scale of their own, and the number of the one that is shown, from 0. */
  readonly groups: number;
  readonly shown: number;
  /** Distance of neighbouring levels; null if it is not the same everywhere. */
  readonly spacing: number | null;
}

const HEIGHT = 224;
/** Share of the height that the tallest bar of the histogram takes. */
const HISTOGRAM = 0.42;

/** The staircase of a quantizer on a layer's own weights: levels, clip range, error, and the weights themselves behind it. */
export function QuantizerAnatomy({ layer, group, groups, shown, spacing }: Props) {
  const stepper = useStepper(group.latent.length, Math.floor(group.latent.length / 2));
  const summary = `${groups > 1 ? `This is ${groupPhrase(shown, groups, group.weights)}. ` : ''}${anatomySummary(group, spacing)}`;
  const readout = stepper.index === null ? null : pairReadout(group, stepper.index);
  const domain = useMemo(() => staircaseDomain(group), [group]);
  const bottom = HEIGHT - plotMargin.bottom;
  const xScale = (width: number) => linearScale(domain, [plotMargin.left, width - plotMargin.right]);
  const y = linearScale(domain, [bottom, plotMargin.top]);
  return (
    <ChartFrame
      height="content"
      title="Rounding curve"
      subtitle={
        <Legend
          items={[
            ['latent', 'latent w'],
            ['stored', 'stored ŵ'],
          ]}
        />
      }
      summary={summary}
      readout={readout}
      table={() => ({
        head: ['latent w', 'stored ŵ', 'error'],
        rows: tableRows([...Array(group.latent.length).keys()], 60).map((i) =>
          [group.latent[i]!, group.stored[i]!, group.stored[i]! - group.latent[i]!].map((v) => significant(v)),
        ),
      })}
    >
      <PlotBox
        height={HEIGHT}
        stepper={stepper}
        label={`Quantizer of ${layer} on ${plural(group.latent.length, 'weight')}; arrow keys step through them`}
        text={readout ?? summary}
        itemAt={(x, _y, width) => nearestPair(group.latent, xScale(width).invert(x))}
      >
        {(width) => <Picture group={group} domain={domain} x={xScale(width)} y={y} width={width} bottom={bottom} held={stepper.index} />}
      </PlotBox>
    </ChartFrame>
  );
}

interface PictureProps {
  readonly group: AnatomyGroup;
  readonly domain: readonly [number, number];
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly width: number;
  readonly bottom: number;
  readonly held: number | null;
}

function Picture({ group, domain, x, y, width, bottom, held }: PictureProps) {
  const { latent, stored, levels, clip } = group;
  const steps = isMonotone(stored) ? treads(group) : null;
  const dots = !steps || latent.length <= 64;
  const figures = ticks(domain[0], domain[1], 4);
  return (
    <>
      {clip && <ClipShades clip={clip} domain={domain} x={x} bottom={bottom} />}
      <Bars histogram={group.histogram} x={x} bottom={bottom} />
      <line className={styles.axis} x1={plotMargin.left} x2={width - plotMargin.right} y1={bottom + 0.5} y2={bottom + 0.5} />
      {domain[0] < 0 && domain[1] > 0 && (
        <>
          <line className={styles.grid} x1={x(0)} x2={x(0)} y1={plotMargin.top} y2={bottom} />
          <line className={styles.grid} x1={plotMargin.left} x2={width - plotMargin.right} y1={y(0)} y2={y(0)} />
        </>
      )}
      {steps && <path className={styles.band} d={errorPath(steps, domain, x, y)} />}
      <line className={styles.identity} x1={x(domain[0])} y1={y(domain[0])} x2={x(domain[1])} y2={y(domain[1])} />
      {steps && <path className={styles.stored} d={treadPath(steps, domain, x, y)} />}
      {dots &&
        Array.from({ length: latent.length }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a dot has no identity beyond its place
          <circle key={i} className={styles.storedDot} cx={x(latent[i]!)} cy={y(stored[i]!)} r={steps ? 2.25 : 1.25} />
        ))}
      {levelTicks(levels, y, 2.5).map((level) => (
        <line key={level} className={styles.storedThin} x1={plotMargin.left - 5} x2={plotMargin.left} y1={y(level)} y2={y(level)} />
      ))}
      <LeftFigures ticks={figures} at={y} text={figure} x={plotMargin.left - 8} />
      <BottomFigures ticks={figures} at={x} text={figure} y={bottom + 15} left={plotMargin.left - 12} right={width} />
      {held !== null && (
        <>
          <line className={styles.cross} x1={x(latent[held]!)} x2={x(latent[held]!)} y1={plotMargin.top} y2={bottom} />
          <circle className={`${styles.latentDot} ${styles.halo}`} cx={x(latent[held]!)} cy={y(latent[held]!)} r={4} />
          <circle className={`${styles.storedDot} ${styles.halo}`} cx={x(latent[held]!)} cy={y(stored[held]!)} r={4} />
        </>
      )}
    </>
  );
}

interface ShadeProps {
  readonly clip: readonly [number, number];
  readonly domain: readonly [number, number];
  readonly x: (value: number) => number;
  readonly bottom: number;
}

/** What lies beyond the outermost levels. */
function ClipShades({ clip, domain, x, bottom }: ShadeProps) {
  const sides = [
    [domain[0], Math.min(clip[0], domain[1])],
    [Math.max(clip[1], domain[0]), domain[1]],
  ] as const;
  return sides
    .filter(([from, to]) => x(to) - x(from) > 0.5)
    .map(([from, to]) => (
      <g key={from}>
        <rect className={styles.shade} x={x(from)} width={x(to) - x(from)} y={plotMargin.top} height={bottom - plotMargin.top} />
        {x(to) - x(from) > 44 && (
          <text className={styles.caption} x={(x(from) + x(to)) / 2} y={plotMargin.top + 13} textAnchor="middle">
            clipped
          </text>
        )}
      </g>
    ));
}

function Bars({
  histogram: { min, max, counts },
  x,
  bottom,
}: {
  readonly histogram: AnatomyGroup['histogram'];
  readonly x: (v: number) => number;
  readonly bottom: number;
}) {
  const peak = Math.max(1, ...Array.from(counts));
  const step = (max - min) / counts.length;
  const full = HISTOGRAM * (bottom - plotMargin.top);
  const tops = Array.from(counts, (n, i) => `V${(bottom - (full * n) / peak).toFixed(1)}H${x(min + (i + 1) * step).toFixed(1)}`);
  return <path className={styles.histogram} d={`M${x(min).toFixed(1)} ${bottom}${tops.join('')}V${bottom}Z`} />;
}
