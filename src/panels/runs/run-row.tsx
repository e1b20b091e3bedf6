import { MoreHorizontal, Pin } from 'lucide-react';
import { useRef, useState } from 'react';
import { describeExperiment } from '../../experiment/program/describe';
import type { KeptRun } from '../../experiment/results/kept-run';
import { bitsPerWeight } from '../../numerics/measures/ledger';
import { bytesShort, fixed, percent } from '../../numerics/measures/number-words';
import { pinBaseline, useBaseline } from '../../state/kept/baseline-store';
import { Button } from '../../ui/button';
import { Menu } from '../../ui/menu';
import { backendLabel, runDate } from '../labels';
import { RunWords } from './run-words';
import styles from './runs.module.css';

export interface RunRowProps {
  readonly run: KeptRun;
  /** What it is called here. */
  readonly title: string;
  /** It is in this page only. */
  readonly unsaved: boolean;
  readonly chosen: boolean;
  readonly onChoose: (on: boolean) => void;
  readonly onCompare: (baseline: string, run: string) => void;
  /** @param check with its result, to see whether it reproduces */
  readonly onOpen: (check: boolean) => void;
  /** Runs its program beside the one on the screen, in lock-step; absent where that has other images, or is the same. */
  readonly onBeside?: (() => void) | undefined;
  readonly onReport: () => void;
  readonly onSave: () => void;
  readonly onRemove: () => void;
}

/** A saved run: what it is, its result, and what can be done with it. */
export function RunRow({ run, title, unsaved, chosen, onChoose, onCompare, onOpen, onBeside, onReport, onSave, onRemove }: RunRowProps) {
  const baseline = useBaseline((s) => s.run?.id ?? null);
  const [editing, setEditing] = useState(false);
  const menu = useRef<HTMLButtonElement>(null);
  const { id, record } = run;
  const pinned = baseline === id;
  const others = baseline !== null && !pinned;
  const leaveWords = () => {
    setEditing(false);
    menu.current?.focus();
  };
  const act = (action: string) => {
    if (action === 'words') setEditing(true);
    else if (action === 'pin') pinBaseline(pinned ? null : run);
    else if (action === 'compare' && baseline) onCompare(baseline, id);
    else if (action === 'check') onOpen(true);
    else if (action === 'beside') onBeside?.();
    else if (action === 'report') onReport();
    else if (action === 'save') onSave();
    else if (action === 'remove') onRemove();
  };
  return (
    <li className={styles.row} data-chosen={chosen || undefined}>
      <label className={styles.choose}>
        <input type="checkbox" aria-label={`Choose ${title}`} checked={chosen} onChange={(event) => onChoose(event.target.checked)} />
      </label>
      <div className={styles.what}>
        <p className={styles.title}>
          <strong>{title}</strong>
          {pinned ? (
            <span className={styles.badge}>
              <Pin size={11} aria-hidden />
              baseline
            </span>
          ) : null}
          {record.recorded ? <span className={styles.badge}>begins with a recording</span> : null}
          {run.origin === 'live' ? null : <span className={styles.badge}>{run.origin}</span>}
          {run.sweep ? <span className={styles.badge}>of a sweep</span> : null}
          {unsaved ? <span className={`${styles.badge} ${styles.unsaved}`}>in this page only</span> : null}
        </p>
        <p className={styles.configuration}>
          {describeExperiment(record.experiment)}; seed {record.seed}
        </p>
        {run.note && !editing ? <p className={styles.note}>{run.note}</p> : null}
        {editing ? <RunWords run={run} onDone={leaveWords} /> : null}
      </div>
      <p className={styles.figures}>
        <strong>{percent(record.testAccuracy, 2)}</strong>
        <span>{fixed(bitsPerWeight(record.ledger), 2)} bits</span>
        <span>{bytesShort(record.ledger.totalBits / 8)}</span>
      </p>
      <p className={styles.when}>
        <span>{runDate(run)}</span>
        <span>{backendLabel(record.backend.name)}</span>
      </p>
      <div className={styles.actions}>
        <Button small onPress={() => onOpen(false)} label={`Open ${title}`}>
          Open
        </Button>
        <Menu
          label={`More for ${title}`}
          placement="bottom end"
          trigger={
            <Button ref={menu} small icon variant="quiet" label={`More for ${title}`}>
              <MoreHorizontal size={15} aria-hidden />
            </Button>
          }
          entries={[
            { id: 'words', label: 'Name and note…' },
            { id: 'report', label: 'Report' },
            { id: 'pin', label: pinned ? 'Unpin as baseline' : 'Pin as baseline' },
            ...(others ? [{ id: 'compare', label: 'Compare with the baseline' }] : []),
            { id: 'check', label: 'Rerun and verify' },
            ...(onBeside ? [{ id: 'beside', label: 'Run side by side with the current one' }] : []),
            { id: 'save', label: 'Export as JSON' },
            { id: 'remove', label: 'Remove', danger: true },
          ]}
          onAction={act}
        />
      </div>
    </li>
  );
}
