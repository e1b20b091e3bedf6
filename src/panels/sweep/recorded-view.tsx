import { useEffect, useRef } from 'react';
import type { RecordedEntry } from '../../experiment/recorded/types';
import { openRecorded, useRecorded } from '../../state/recorded-sweeps';
import { Button } from '../../ui/button';
import { CopyButton } from '../../ui/copy-button';
import { backendLabel } from '../backend-label';
import styles from './sweep.module.css';
import { SweepResults } from './sweep-results';
import { recordedDate } from './sweep-words';

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
      <h3 className={styles.recordedTitle}>
        {label}
        <span className={styles.badge}>recorded</span>
      </h3>
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
      <div className="button-row">
        <Button small onPress={onRunHere}>
          Run it here
        </Button>
        <CopyButton text={command} name="Command of this recording">
          Copy the command
        </CopyButton>
      </div>
      <p className={styles.help}>
        These runs were made earlier by the same engine. A point opens its experiment together with its result: play it to see whether it
        comes out again.
      </p>
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
