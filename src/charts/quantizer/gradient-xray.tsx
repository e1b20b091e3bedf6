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
import { deadStretches, gradientDomain, gradientPath, gradientReadout, gradientSummary, jumps } from './gradient-layout';
import { isMonotone, nearestPair, type Staircase, staircaseDomain, tableRows, treads } from './staircase-layout';

interface Props {
  readonly layer: string;
  readonly group: Staircase;
  /** Of the whole layer, and how many of them have a surrogate gradient of 0. */
  readonly weights: number;
  readonly dead: number;
}

const HEIGHT = 124;
/** More jumps than this would be a grey field. */
const MOST_JUMPS = 40;

/** The gradient that training sends through the quantizer against the true one, over the same weights as the anatomy. */
export function GradientXray({ layer, group, weights, dead }: Props) {
  const stepper = useStepper(group.latent.length, Math.floor(group.latent.length / 2));
  const summary = gradientSummary(group.gradient, weights, dead);
  const readout = stepper.index === null ? null : gradientReadout(group, stepper.index);
  const domain = useMemo(() => staircaseDomain(group), [group]);
  const bottom = HEIGHT - plotMargin.bottom;
  const yDomain = useMemo(() => gradientDomain(group.gradient), [group]);
  const y = linearScale(yDomain, [bottom, plotMargin.top]);
  const xScale = (width: number) => linearScale(domain, [plotMargin.left, width - plotMargin.right]);
  return (
    <ChartFrame
      height="content"
      title="Gradient: used and true"
      subtitle={
        <Legend
          items={[
            ['latent', 'surrogate'],
            ['stored', 'true'],
          ]}
        />
      }
      summary={summary}
      readout={readout}
      table={() => ({
        head: ['latent w', 'surrogate ∂ŵ/∂w', 'true gradient'],
        rows: tableRows([...Array(group.latent.length).keys()], 60).map((i) => [
          significant(group.latent[i]!),
          significant(group.gradient[i]!),
          '0',
        ]),
      })}
    >
      <PlotBox
        height={HEIGHT}
        stepper={stepper}
        label={`Gradients of ${plural(group.latent.length, 'weight')} of ${layer}; arrow keys step through them`}
        text={readout ?? summary}
        itemAt={(x, _y, width) => nearestPair(group.latent, xScale(width).invert(x))}
      >
        {(width) => (
          <Picture group={group} domain={domain} x={xScale(width)} y={y} width={width} bottom={bottom} held={stepper.index} top={yDomain} />
        )}
      </PlotBox>
    </ChartFrame>
  );
}

interface PictureProps {
  readonly group: Staircase;
  readonly domain: readonly [number, number];
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly width: number;
  readonly bottom: number;
  readonly held: number | null;
  readonly top: readonly [number, number];
}

function Picture({ group, domain, x, y, width, bottom, held, top }: PictureProps) {
  const borders = isMonotone(group.stored) ? jumps(treads(group)) : [];
  return (
    <>
      <clipPath id="gradient-xray-plot">
        <rect
          x={plotMargin.left}
          y={plotMargin.top}
          width={Math.max(0, width - plotMargin.left - plotMargin.right)}
          height={bottom - plotMargin.top + 1}
        />
      </clipPath>
      {deadStretches(group).map(([from, to]) => (
        <g key={from}>
          <rect
            className={styles.shade}
            x={x(from)}
            width={Math.max(1, x(to) - x(from))}
            y={plotMargin.top}
            height={bottom - plotMargin.top}
          />
          {x(to) - x(from) > 68 && (
            <text className={styles.caption} x={(x(from) + x(to)) / 2} y={plotMargin.top + 13} textAnchor="middle">
              no gradient
            </text>
          )}
        </g>
      ))}
      {borders.length <= MOST_JUMPS &&
        borders.map((at) => <line key={at} className={styles.jump} x1={x(at)} x2={x(at)} y1={plotMargin.top} y2={y(0)} />)}
      <line className={styles.axis} x1={plotMargin.left} x2={width - plotMargin.right} y1={bottom + 0.5} y2={bottom + 0.5} />
      <line className={styles.stored} x1={plotMargin.left} x2={width - plotMargin.right} y1={y(0)} y2={y(0)} />
      <path className={styles.latent} clipPath="url(#gradient-xray-plot)" d={gradientPath(group, x, y)} />
      <LeftFigures ticks={ticks(top[0], top[1], 3)} at={y} text={figure} x={plotMargin.left - 8} />
      <BottomFigures
        ticks={ticks(domain[0], domain[1], 4)}
        at={x}
        text={figure}
        y={bottom + 15}
        left={plotMargin.left - 12}
        right={width}
      />
      {held !== null && (
        <>
          <line className={styles.cross} x1={x(group.latent[held]!)} x2={x(group.latent[held]!)} y1={plotMargin.top} y2={bottom} />
          <circle className={`${styles.storedDot} ${styles.halo}`} cx={x(group.latent[held]!)} cy={y(0)} r={4} />
          <circle
            className={`${styles.latentDot} ${styles.halo}`}
            cx={x(group.latent[held]!)}
            cy={Math.max(plotMargin.top, Math.min(bottom, y(group.gradient[held]!)))}
            r={4}
          />
        </>
      )}
    </>
  );
}
