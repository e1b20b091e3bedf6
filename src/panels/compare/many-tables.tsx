import { LineKey } from '../../charts/comparison/line-styles';
import { differingValues } from '../../experiment/results/differing-names';
import type { KeptRun } from '../../experiment/results/kept-run';
import { bitsPerWeight, compressionRate } from '../../numerics/measures/ledger';
import { bytesShort, fixed, percent, times } from '../../numerics/measures/number-words';
import styles from './compare.module.css';
import { letterOf } from './compare-names';

interface Props {
  readonly runs: readonly KeptRun[];
}

/** The four numbers of several runs, a row each: it can be read on a phone. */
export function ManyNumbers({ runs }: Props) {
  return (
    <table className={`${styles.numbers} ${styles.many}`} aria-label="Four numbers">
      <thead>
        <tr>
          <th scope="col">run</th>
          <th scope="col">test accuracy</th>
          <th scope="col">bits per weight</th>
          <th scope="col">times smaller</th>
          <th scope="col">file</th>
        </tr>
      </thead>
      <tbody>
        {runs.map(({ id, record: { testAccuracy, ledger } }, i) => (
          <tr key={id}>
            <th scope="row">
              <span className={styles.key}>
                <LineKey index={i} /> {letterOf(i)}
              </span>
            </th>
            <td>
              <strong>{percent(testAccuracy, 2)}</strong>
            </td>
            <td>{fixed(bitsPerWeight(ledger), 2)}</td>
            <td>{times(compressionRate(ledger))}</td>
            <td>{bytesShort(ledger.totalBits / 8)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The values that differ, a row each. */
export function ManyValues({ runs }: Props) {
  const rows = differingValues(runs);
  if (rows.length === 0) return <p>The experiments differ only in their titles, if at all.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than a phone is scrolled by keyboard too
    <section className={styles.scroll} aria-label="What differs" tabIndex={0}>
      <table className={styles.numbers}>
        <thead>
          <tr>
            <th scope="col">what differs</th>
            {runs.map(({ id }, i) => (
              <th key={id} scope="col">
                {letterOf(i)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, values }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {runs.map(({ id }, i) => (
                <td key={id}>{values[i] ?? '–'}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
