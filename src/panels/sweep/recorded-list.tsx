import { useEffect } from 'react';
import { recordedSweepId } from '../../experiment/recorded/types';
import { plural } from '../../numerics/format';
import { readRecordedList, useRecorded } from '../../state/recorded-sweeps';
import { useSweeps } from '../../state/sweep-store';
import { backendLabel } from '../backend-label';
import styles from './sweep.module.css';
import { recordedDate } from './sweep-words';

/** The sweeps that come with the page; one of them, or of this browser's, is shown. */
export function RecordedList({ onShow }: { readonly onShow: (id: string) => void }) {
  const list = useRecorded((s) => s.list);
  const problem = useRecorded((s) => s.problem);
  const shown = useSweeps((s) => s.shown);
  useEffect(() => {
    void readRecordedList();
  }, []);
  if (list?.length === 0) return null;
  return (
    <section className={styles.past} aria-label="Recorded sweeps">
      <h3>Recorded sweeps</h3>
      {list === null ? <p className={styles.beside}>{problem || 'Reading…'}</p> : null}
      <ul>
        {(list ?? []).map(({ id, label, date, backend, runs }) => (
          <li key={id} className={styles.kept} data-shown={shown === recordedSweepId(id) || undefined}>
            <div className={styles.keptHead}>
              <button
                type="button"
                className={styles.keptTitle}
                aria-pressed={shown === recordedSweepId(id)}
                onClick={() => onShow(recordedSweepId(id))}
              >
                {label}
              </button>
              <span className={styles.badge}>recorded</span>
              <span className={styles.beside}>
                {recordedDate(date)} · {backendLabel(backend)} · {plural(runs, 'run')}
              </span>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
