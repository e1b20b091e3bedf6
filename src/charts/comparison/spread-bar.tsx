import styles from './spread-bar.module.css';

interface Props {
  readonly mean: number;
  /** Sample standard deviation; 0 for one value. */
  readonly deviation: number;
  /** What the bar's left and right edge stand for: the same for all bars that are compared. */
  readonly range: readonly [low: number, high: number];
  /** A value that the others are compared with, drawn as a line. */
  readonly reference?: number | undefined;
}

const WIDTH = 100;

/** A mean with its standard deviation as an error bar. The figures stand beside it as text. */
export function SpreadBar({ mean, deviation, range: [low, high], reference }: Props) {
  const at = (value: number) =>
    high > low ? Math.min(WIDTH - 3, Math.max(3, 3 + ((value - low) / (high - low)) * (WIDTH - 6))) : WIDTH / 2;
  return (
    <svg className={styles.bar} viewBox={`0 0 ${WIDTH} 12`} preserveAspectRatio="none" aria-hidden="true">
      {reference === undefined ? null : <line className={styles.reference} x1={at(reference)} x2={at(reference)} y1={0} y2={12} />}
      {deviation > 0 ? <line className={styles.whisker} x1={at(mean - deviation)} x2={at(mean + deviation)} y1={6} y2={6} /> : null}
      <line className={styles.mean} x1={at(mean)} x2={at(mean)} y1={2} y2={10} />
    </svg>
  );
}
