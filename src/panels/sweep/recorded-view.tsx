import { Info } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { DialogTrigger } from 'react-aria-components';
import { RecordedSign } from '../../charts/shared/chart-frame';
import { type RecordedEntry, recordedSweepId } from '../../experiment/recorded/types';
import { plural } from '../../numerics/measures/number-words';
import { openRecorded, readRecordedList, useRecorded } from '../../state/sweep/recorded-sweeps';
import { useSweeps } from '../../state/sweep/sweep-store';
import { Button } from '../../ui/button';
import { CopyButton } from '../../ui/copy-button';
import { PopoverDialog } from '../../ui/popover-dialog';
import { backendLabel } from '../labels';
import styles from './sweep.module.css';
import { SweepResults } from './sweep-results';
import { axesWords, recordedDate } from './sweep-words';

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
        {(list ?? []).map(({ id, label, date, runs }) => (
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
              <span className={styles.beside}>
                {recordedDate(date)} · {plural(runs, 'run')}
              </span>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface Props {
  readonly entry: RecordedEntry;
  /** Whether it was just asked for. */
  readonly focus: boolean;
  /** Puts its experiment and axes into the editor. */
  readonly onRunHere: () => void;
}

/** A sweep that was run earlier: where it comes from, and its results like those of any other. */
export function RecordedView({ entry, focus, onRunHere }: Props) {
  const section = useRef<HTMLElement>(null);
  const held = useRecorded((s) => s.opened[entry.id]);
  const { label, date, backend, adapter, commit, command } = entry;
  useEffect(() => {
    void openRecorded(entry);
  }, [entry]);
  useEffect(() => {
    if (focus) section.current?.focus();
  }, [focus]);
  return (
    <section ref={section} className={styles.view} aria-label={label} tabIndex={-1}>
      <div className={styles.viewHead}>
        <h3 className={styles.recordedTitle}>
          {label}
          <RecordedSign />
        </h3>
        <p className={styles.beside}>{axesWords(entry.sweep)}</p>
        <Button small onPress={onRunHere}>
          Run it here
        </Button>
        <DialogTrigger>
          <Button small variant="quiet">
            <Info size={14} aria-hidden />
            How it was recorded
          </Button>
          <PopoverDialog title="How it was recorded" placement="bottom end">
            <p>
              The same engine made these runs earlier. A point opens its experiment with its result: run it to check that it reproduces.
            </p>
            <dl className={styles.provenance}>
              <div>
                <dt>Date</dt>
                <dd>{recordedDate(date)}</dd>
              </div>
              <div>
                <dt>Backend</dt>
                <dd>
                  {backendLabel(backend)}
                  {adapter === '' ? '' : ` · ${adapter}`}
                </dd>
              </div>
              <div>
                <dt>Commit</dt>
                <dd>{commit}</dd>
              </div>
              <div>
                <dt>Command</dt>
                <dd>
                  <code>{command}</code>
                </dd>
              </div>
            </dl>
            <CopyButton text={command} name="Command of this recording">
              Copy the command
            </CopyButton>
          </PopoverDialog>
        </DialogTrigger>
      </div>
      {held === undefined ? <p>Reading…</p> : null}
      {typeof held === 'string' ? (
        <div className="button-row" role="status">
          <span>{held}</span>
          <Button small onPress={() => void openRecorded(entry)}>
            Try again
          </Button>
        </div>
      ) : null}
      {typeof held === 'object' ? <SweepResults held={held} /> : null}
    </section>
  );
}
