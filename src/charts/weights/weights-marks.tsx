import type { LinearScale } from '../shared/linear-scale';
import { stepArea, stepPath } from '../shared/linear-scale';
import styles from './weights-marks.module.css';
import type { WeightsSide } from './weights-sides';

interface Props {
  readonly side: WeightsSide;
  readonly x: LinearScale;
  /** Pixels of a density, upwards or downwards from `base`. */
  readonly y: (density: number) => number;
  /** Pixels of a share of the weights, from the same base. */
  readonly yShare: (share: number) => number;
  readonly base: number;
  /** In the colours of what it is, or grey and dashed as a baseline. */
  readonly ghost?: boolean;
  /** Index of the level or bin that is read; null for none. */
  readonly held?: number | null;
}

/** The weights of a layer in a drawing: latent as an outlined area, stored levels as bars on it. */
export function WeightsMarks({ side: { bins, levels, step }, x, y, yShare, base, ghost = false, held = null }: Props) {
  const points = bins.map((bin): [number, number] => [x((bin.from + bin.to) / 2), y(bin.density)]);
  const heldBin = levels.length === 0 && held !== null ? bins[held] : undefined;
  const spacing = step === null ? Math.abs(x(1) - x(0)) * meanGap(levels.map(({ value }) => value)) : Math.abs(x(step) - x(0));
  const width = Math.max(0.8, Math.min(10, spacing * 0.5));
  const box = (end: number) => {
    // Every nonzero value is visible, however small.
    const height = Math.max(1, Math.abs(base - end));
    return { y: end <= base ? base - height : base, height };
  };
  return (
    <g className={ghost ? styles.ghost : styles.own}>
      <path className={styles.area} d={stepArea(points, base)} />
      <path className={styles.outline} d={stepPath(points)} />
      {heldBin ? (
        <rect className={styles.heldBin} x={x(heldBin.from)} width={x(heldBin.to) - x(heldBin.from)} {...box(y(heldBin.density))} />
      ) : null}
      {levels.map((level, i) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: two levels may be equal to the digits that are kept
          key={i}
          className={held === null || held === i ? styles.bar : styles.dimmed}
          x={x(level.value) - width / 2}
          width={width}
          {...box(yShare(level.share))}
        />
      ))}
    </g>
  );
}

function meanGap(values: readonly number[]): number {
  const [first = 0, last = 0] = [values[0], values.at(-1)];
  return values.length > 1 ? (last - first) / (values.length - 1) : 1;
}
