import styles from './bar-list.module.css';
import { ChartFrame } from './chart-frame';

export interface BarRow {
  readonly label: string;
  /** In the third ink beside the label. */
  readonly note: string;
  /** Length of the bar; at least 0. */
  readonly value: number;
  /** The value in words. */
  readonly text: string;
}

interface Props {
  readonly title: string;
  readonly subtitle: string;
  readonly summary: string;
  readonly rows: readonly BarRow[];
  /** The value of a full bar; the longest is full if absent. */
  readonly full?: number;
  /** Heads of the table: label, note (left out if no row has one), value. */
  readonly head: readonly [string, string, string];
}

/** Named amounts under each other, longest bar full; words and figures say all that the bars do. */
export function BarList({ title, subtitle, summary, rows, full, head }: Props) {
  const noted = rows.some((row) => row.note !== '');
  const largest = full ?? Math.max(...rows.map((row) => row.value), Number.MIN_VALUE);
  return (
    <ChartFrame
      height="content"
      title={title}
      subtitle={subtitle}
      summary={summary}
      table={() =>
        noted
          ? { head, rows: rows.map((row) => [row.label, row.note, row.text]) }
          : { head: [head[0], head[2]], rows: rows.map((row) => [row.label, row.text]) }
      }
    >
      <ul className={styles.list}>
        {rows.map((row) => (
          <li key={row.label} className={styles.row}>
            <span className={styles.label}>{row.label}</span>
            <span className={styles.note}>{row.note}</span>
            <span className={styles.value}>{row.text}</span>
            <span className={styles.track} aria-hidden="true">
              <span className={styles.bar} style={{ width: `${(row.value / largest) * 100}%` }} />
            </span>
          </li>
        ))}
      </ul>
    </ChartFrame>
  );
}
