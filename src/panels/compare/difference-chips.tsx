import { type Difference, differences } from '../../experiment/differences';
import type { KeptRun } from '../../experiment/results/kept-run';
import { circled } from '../../numerics/format';
import { backendLabel } from '../backend-label';
import styles from './compare.module.css';

/** Only what is not the same in both. */
export function DifferenceChips({ a, b }: { readonly a: KeptRun; readonly b: KeptRun }) {
  const found = differences(a.record.experiment, b.record.experiment);
  const [one, other] = [a.record.backend.name, b.record.backend.name];
  return (
    <ul className={styles.chips} aria-label="What differs">
      {found.map((difference) => (
        <li key={`${placeText(difference)} ${difference.label}`} className={styles.chip}>
          <span className={styles.place}>{placeText(difference)}</span> <Change label={difference.label} values={difference.values} />
        </li>
      ))}
      {one === other ? null : (
        <li className={styles.chip}>
          <Change label="backend" values={[backendLabel(one), backendLabel(other)]} />
        </li>
      )}
      {found.length === 0 ? <li className={styles.same}>The two experiments are the same, whatever their titles.</li> : null}
    </ul>
  );
}

function Change({ label, values: [before, after] }: Pick<Difference, 'label' | 'values'>) {
  return (
    <>
      {label} <b>{before ?? 'none'}</b>
      <span aria-hidden="true"> → </span>
      <span className="visually-hidden"> became </span>
      <b>{after ?? 'none'}</b>
    </>
  );
}

/** "② quantize"; "① → ② train" where the stage stands elsewhere. */
function placeText({ block, stages: [before, after] }: Difference): string {
  const place =
    before && after && before !== after ? `${circled(before)} → ${circled(after)}` : before || after ? circled(before ?? after ?? 0) : '';
  return [place, block].filter(Boolean).join(' ');
}
