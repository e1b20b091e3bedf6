import { signedPoints } from '../../charts/errors/class-change';
import type { KeptRun } from '../../experiment/results/kept-run';
import { bitsPerWeight, compressionRate } from '../../numerics/measures/ledger';
import { bytesShort, fixed, percent, times } from '../../numerics/measures/number-words';
import styles from './compare.module.css';

/** The four numbers of both runs, and what became of them. */
export function FourNumbers({ a, b }: { readonly a: KeptRun; readonly b: KeptRun }) {
  const [before, after] = [a.record, b.record];
  const bits = [bitsPerWeight(before.ledger), bitsPerWeight(after.ledger)] as const;
  const rows = [
    [
      'test accuracy',
      percent(before.testAccuracy, 2),
      percent(after.testAccuracy, 2),
      `${signedPoints(100 * (after.testAccuracy - before.testAccuracy), 2)} points`,
    ],
    ['bits per weight', fixed(bits[0], 2), fixed(bits[1], 2), signedPoints(bits[1] - bits[0], 2)],
    [
      'times smaller',
      times(compressionRate(before.ledger)),
      times(compressionRate(after.ledger)),
      ratio(compressionRate(after.ledger), compressionRate(before.ledger)),
    ],
    [
      'file',
      bytesShort(before.ledger.totalBits / 8),
      bytesShort(after.ledger.totalBits / 8),
      ratio(after.ledger.totalBits, before.ledger.totalBits),
    ],
  ] as const;
  return (
    <table className={styles.numbers}>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">number</span>
          </th>
          <th scope="col">baseline</th>
          <th scope="col">this run</th>
          <th scope="col">change</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([label, was, is, change]) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td>{was}</td>
            <td>
              <strong>{is}</strong>
            </td>
            <td>{change}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** "+12 %" */
function ratio(after: number, before: number): string {
  return `${signedPoints(100 * (after / before - 1), 1)}\u00a0%`;
}
