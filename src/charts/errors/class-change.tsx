import { fixed, percent } from '../../numerics/measures/number-words';
import { ChartFrame } from '../shared/chart-frame';
import styles from './class-change.module.css';

interface Props {
  readonly classes: readonly string[];
  /** Test accuracy of each class, 0 … 1. */
  readonly baseline: readonly number[];
  readonly run: readonly number[];
}

/** How the accuracy of each class changed, in percentage points: a bar to the right where it rose, to the left where it fell. */
export function ClassChange({ classes, baseline, run }: Props) {
  const rows = run.map((after, i) => ({
    name: classes[i] ?? String(i),
    before: baseline[i] ?? 0,
    after,
    change: 100 * (after - (baseline[i] ?? 0)),
  }));
  const limit = Math.max(...rows.map(({ change }) => Math.abs(change)), 0.01);
  return (
    <ChartFrame
      height="content"
      title="Accuracy by class"
      subtitle="change against the baseline, in points"
      summary={changeSummary(rows)}
      table={() => ({
        head: ['class', 'baseline', 'this run', 'change, points'],
        rows: rows.map(({ name, before, after, change }) => [name, percent(before), percent(after), signedPoints(change)]),
      })}
    >
      <ul className={styles.list}>
        {rows.map(({ name, before, after, change }) => (
          <li key={name} className={styles.row}>
            <span className={styles.name}>{name}</span>
            <span className={styles.track} aria-hidden="true">
              <span
                className={change < 0 ? styles.fell : styles.rose}
                style={{ width: `${(Math.abs(change) / limit) * 50}%`, [change < 0 ? 'right' : 'left']: '50%' }}
              />
            </span>
            <span className={styles.change}>{signedPoints(change)}</span>
            <span className={styles.values}>
              {percent(before)} → {percent(after)}
            </span>
          </li>
        ))}
      </ul>
    </ChartFrame>
  );
}

export function signedPoints(change: number, digits = 1): string {
  const text = fixed(change, digits);
  return change > 0 && Number.parseFloat(text) !== 0 ? `+${text}` : text;
}

interface Row {
  readonly name: string;
  readonly change: number;
}

export function changeSummary(rows: readonly Row[]): string {
  const sorted = rows.toSorted((a, b) => a.change - b.change);
  const [worst, best] = [sorted[0], sorted.at(-1)];
  if (!worst || !best) return 'No class was measured in both runs.';
  if (worst.change === 0 && best.change === 0) return 'No class changed.';
  const lost = worst.change < 0 ? `${classWord(worst.name)} lost most: ${fixed(-worst.change, 1)} points` : 'No class lost';
  const gained = best.change > 0 ? `${classWord(best.name)} gained most: ${fixed(best.change, 1)} points` : 'none gained';
  return worst.change < 0 && best.change > 0 ? `${lost}. ${gained}.` : `${lost}; ${gained.replace(/^Class/, 'class')}.`;
}

/** "Class 3"; a class with a name of its own is called by it. */
function classWord(name: string): string {
  return /^\d+$/.test(name) ? `Class ${name}` : `“${name}”`;
}
