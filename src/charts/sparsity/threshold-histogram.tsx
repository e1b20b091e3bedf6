import { ticks } from 'd3-array';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react';
import { positionAt } from '../../numerics/inspection/sparsity';
import { count, percent, significant } from '../../numerics/measures/number-words';
import { ChartFrame } from '../shared/chart-frame';
import { linearScale } from '../shared/linear-scale';
import { BottomFigures } from '../shared/plot-box';
import { figure } from '../shared/plot-figures';
import { useSize } from '../shared/use-size';
import styles from './sparsity.module.css';
import type { SparseLayer } from './sparsity-types';
import { movedPosition, removedAt, thresholdWords } from './threshold-layout';

const HEIGHT = 150;
const MARGIN = { left: 10, right: 10, top: 12, bottom: 22 };

interface Props {
  readonly layer: SparseLayer;
  /** Thousandths of the kept weights that lie below the threshold, 0 … 1000. */
  readonly position: number;
  /** Where the threshold is let go, by pointer or key. */
  readonly onChange: (position: number) => void;
  /** What a release does, or why it does nothing. */
  readonly note: ReactNode;
}

/** The magnitudes of a layer's kept weights, and a threshold to drag: what lies left of it would be pruned. */
export function ThresholdHistogram({ layer, position: given, onChange, note }: Props) {
  const [dragged, setDragged] = useState<number | null>(null);
  const [ref, { width }] = useSize();
  const position = dragged ?? given;
  const { thresholds, magnitudes } = layer;
  const largest = thresholds.at(-1) ?? 0;
  const words = thresholdWords(layer, position);
  if (!(largest > 0)) return null;
  const bottom = HEIGHT - MARGIN.bottom;
  const x = linearScale([0, largest], [MARGIN.left, Math.max(MARGIN.left + 1, width - MARGIN.right)]);
  const y = linearScale([0, Math.max(1, ...magnitudes)], [bottom, MARGIN.top]);
  const at = x(thresholds[position] ?? 0);
  const path = (from: number, to: number) => barsPath(magnitudes, largest, x, y, bottom, from, to);

  const under = (event: PointerEvent<HTMLElement>) =>
    positionAt(thresholds, x.invert(event.clientX - event.currentTarget.getBoundingClientRect().left));
  const letGo = () => {
    if (dragged !== null && dragged !== given) onChange(dragged);
    setDragged(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && dragged !== null) return setDragged(null);
    const next = movedPosition(event.key, event.shiftKey, position);
    if (next === undefined) return;
    event.preventDefault();
    if (next !== given) onChange(next);
  };
  return (
    <ChartFrame
      height="content"
      title="Magnitudes and the threshold"
      summary={words}
      table={() => ({
        head: ['remove', 'threshold |w| <', 'weights'],
        rows: [100, 200, 300, 400, 500, 600, 700, 800, 900, 950, 990].map((k) => [
          percent(k / 1000, 0),
          significant(thresholds[k] ?? 0),
          count(removedAt(layer, k)),
        ]),
      })}
    >
      <div
        ref={ref}
        className={styles.threshold}
        role="slider"
        tabIndex={0}
        aria-label={`Threshold on the magnitude of the weights of ${layer.layer}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={position / 10}
        aria-valuetext={words}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setDragged(under(event));
        }}
        onPointerMove={(event) => {
          if (dragged !== null) setDragged(under(event));
        }}
        onPointerUp={letGo}
        onPointerCancel={() => setDragged(null)}
      >
        {width > 0 && (
          <svg aria-hidden="true" width={width} height={HEIGHT}>
            <path className={styles.gone} d={path(0, at)} />
            <path className={styles.kept} d={path(at, width)} />
            <line className={styles.axis} x1={MARGIN.left} x2={width - MARGIN.right} y1={bottom + 0.5} y2={bottom + 0.5} />
            <BottomFigures ticks={ticks(0, largest, width / 80)} at={x} text={figure} y={HEIGHT - 6} left={0} right={width} />
            <line className={styles.line} x1={at} x2={at} y1={4} y2={bottom} />
            <circle className={styles.handle} cx={at} cy={MARGIN.top - 2} r={6} />
            <text
              className={styles.tau}
              x={at > width - 70 ? at - 10 : at + 10}
              y={MARGIN.top + 2}
              textAnchor={at > width - 70 ? 'end' : 'start'}
            >
              τ = {significant(thresholds[position] ?? 0)}
            </text>
          </svg>
        )}
      </div>
      <p className={styles.note}>{note}</p>
    </ChartFrame>
  );
}

/** The bars between two places of the picture, in pixels. */
function barsPath(
  counts: Uint32Array,
  largest: number,
  x: (magnitude: number) => number,
  y: (n: number) => number,
  bottom: number,
  from: number,
  to: number,
): string {
  let path = '';
  counts.forEach((n, i) => {
    const [left, right] = [Math.max(from, x((i * largest) / counts.length)), Math.min(to, x(((i + 1) * largest) / counts.length))];
    if (n > 0 && right > left)
      path += `M${left.toFixed(1)} ${bottom}V${Math.min(y(n), bottom - 1).toFixed(1)}H${right.toFixed(1)}V${bottom}Z`;
  });
  return path;
}
