import styles from './pareto-chart.module.css';
import type { PositionedItem } from './pareto-layout';

/** The best of what costs at most so much. */
export interface BestMark {
  /** One of its runs. */
  readonly id: string;
  /** In the measure of the x axis; Infinity where that is another one. */
  readonly limit: number;
  /** For the legend: "best at most 2.05 bits per weight". */
  readonly text: string;
}

/** The ring around it. */
export function BestRing({ position }: { readonly position: PositionedItem | undefined }) {
  return position ? <path className={styles.best} d={ringPath(position.x, position.y)} /> : null;
}

/** The ring in the legend. */
export function ringPath(x: number, y: number, radius = 9): string {
  return `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0z`;
}
