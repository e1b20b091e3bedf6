import { ticks } from 'd3-array';
import type { PointerEvent } from 'react';
import { count, fixed, percent } from '../../numerics/measures/number-words';
import { linearScale, stepArea, stepPath } from '../shared/linear-scale';
import { useSize } from '../shared/use-size';
import type { useStepper } from '../shared/use-stepper';
import { codeTicks, type DensityBin, type LatentHistogram, type Level, labelledLevels, shareAxis, weightDomain } from './histogram-layout';
import styles from './weights-histogram.module.css';

/** Half the width of a figure, in pixels. */
const FIGURE = 3.6;
/** Where the word under the axis ends. */
const CAPTION = 46;
const MARGIN = { left: 50, right: 8, top: 20 };

interface Props {
  readonly label: string;
  readonly latent: LatentHistogram;
  readonly bins: readonly DensityBin[];
  readonly levels: readonly Level[];
  readonly scale: number | null;
  readonly stepper: ReturnType<typeof useStepper>;
  readonly summary: string;
  readonly readout: string | null;
}

/** The picture of the histogram, with its stepper. */
export function HistogramPlot({ label, latent, bins, levels, scale, stepper, summary, readout }: Props) {
  const [ref, { width, height }] = useSize();
  const quantized = levels.length > 0;
  const stepped = quantized && scale !== null;
  const bottom = height - (stepped ? 38 : 22);
  const domain = weightDomain(latent, levels, scale);
  const x = linearScale(domain, [MARGIN.left, width - MARGIN.right]);
  // The shape of the distribution has no axis: a density and a share do not compare.
  const y = linearScale([0, Math.max(1e-30, ...bins.map((bin) => bin.density))], [bottom, MARGIN.top]);
  const shares = shareAxis(levels);
  const yShare = linearScale([0, shares.top], [bottom, MARGIN.top]);
  const points: [number, number][] = bins.map((b) => [x((b.from + b.to) / 2), y(b.density)]);
  const pixelsPerStep = stepped ? x(scale) - x(0) : (x(domain[1]) - x(domain[0])) / Math.max(1, levels.length);
  const barWidth = Math.max(1, Math.min(10, pixelsPerStep * 0.36));
  const held = stepper.index;
  const labelled = labelledLevels(levels, pixelsPerStep);

  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const at = x.invert(event.clientX - event.currentTarget.getBoundingClientRect().left);
    const centres = quantized ? levels.map((l) => l.value) : bins.map((b) => (b.from + b.to) / 2);
    stepper.set(nearest(centres, at));
  };

  return (
    <div ref={ref} className={styles.box} {...stepper.props(label, readout ?? summary)} onPointerMove={onPointerMove}>
      {width > 0 && bottom > 20 && (
        <svg aria-hidden="true" className={styles.svg} width={width} height={height}>
          {quantized &&
            shares.ticks.map((share) => (
              <g key={share}>
                <line className={styles.grid} x1={MARGIN.left} x2={width - MARGIN.right} y1={yShare(share)} y2={yShare(share)} />
                <text className={styles.share} x={MARGIN.left - 6} y={yShare(share)}>
                  {percent(share, shares.top < 0.1 ? 1 : 0)}
                </text>
              </g>
            ))}
          {quantized && (
            <text className={styles.caption} x={0} y={10}>
              share
            </text>
          )}
          <path className={styles.area} d={stepArea(points, bottom)} />
          <path className={styles.outline} d={stepPath(points)} />
          {!quantized && held !== null && bins[held] && (
            <rect
              className={styles.heldBin}
              x={x(bins[held].from)}
              width={x(bins[held].to) - x(bins[held].from)}
              y={y(bins[held].density)}
              height={bottom - y(bins[held].density)}
            />
          )}
          {levels.map((level, i) => (
            <rect
              key={level.value}
              className={held === null || held === i ? styles.bar : styles.dimmed}
              x={x(level.value) - barWidth / 2}
              width={barWidth}
              y={Math.min(yShare(level.share), bottom - 1)}
              height={Math.max(1, bottom - yShare(level.share))}
              rx={Math.min(1.5, barWidth / 4)}
            />
          ))}
          {levels.map((level, i) =>
            labelled.has(i) ? (
              <text key={level.value} className={styles.label} x={x(level.value)} y={Math.min(yShare(level.share), bottom - 1) - 5}>
                {percent(level.share, level.share < 0.1 ? 1 : 0)}
              </text>
            ) : null,
          )}
          <line className={styles.axis} x1={MARGIN.left} x2={width - MARGIN.right} y1={bottom + 0.5} y2={bottom + 0.5} />
          {axisTicks(domain, width, x).map((tick) => (
            <text key={tick} className={styles.tick} x={x(tick)} y={height - 6}>
              {trimmed(tick)}
            </text>
          ))}
          <text className={styles.caption} x={0} y={height - 6}>
            weight
          </text>
          {stepped && (
            <text className={styles.codeCaption} x={0} y={bottom + 14}>
              code
            </text>
          )}
          {stepped &&
            codeTicks(levels, pixelsPerStep, 8 + 7 * String(levels[0]?.code ?? 0).length).map((code) => (
              <text key={code} className={styles.code} x={x(code * scale)} y={bottom + 14}>
                {count(code)}
              </text>
            ))}
        </svg>
      )}
    </div>
  );
}

/** As many ticks as the width takes, without those whose figures would run into the caption at the left or over the edge. */
function axisTicks(domain: readonly [number, number], width: number, x: (value: number) => number): readonly number[] {
  const all = ticks(domain[0], domain[1], Math.max(3, Math.min(7, Math.floor(width / 64))));
  const half = (tick: number) => FIGURE * trimmed(tick).length;
  return all.filter((tick) => x(tick) - half(tick) > CAPTION && x(tick) + half(tick) <= width);
}

function nearest(sorted: readonly number[], at: number): number {
  let best = 0;
  for (let i = 1; i < sorted.length; i++) if (Math.abs(sorted[i]! - at) < Math.abs(sorted[best]! - at)) best = i;
  return best;
}

function trimmed(value: number): string {
  return fixed(value, 4).replace(/\.?0+$/, '');
}
