import { MoreHorizontal, Pin } from 'lucide-react';
import { useRef, useState } from 'react';
import { describeExperiment } from '../../experiment/program/describe';
import type { KeptRun } from '../../experiment/results/kept-run';
import { pinBaseline, useBaseline } from '../../state/kept/baseline-store';
import { Button } from '../../ui/button';
import { Menu } from '../../ui/menu';
import type { Column } from './columns';
import { RunWords } from './run-words';
import styles from './runs.module.css';
import { Narrow } from './runs-table';

export interface RunRowProps {
  readonly run: KeptRun;
  /** What it is called here. */
  readonly title: string;
  readonly columns: readonly Column[];
  /** It is in this page only. */
  readonly unsaved: boolean;
  /** It stands in a group of seeds. */
  readonly nested: boolean;
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
  /** Lists the runs with this tag. */
  readonly onTag: (tag: string) => void;
}

/** A saved run: what it is, its result, and what can be done with it. */
export function RunRow(props: RunRowProps) {
  const { run, title, columns, unsaved, nested, chosen, onChoose, onTag } = props;
  const baseline = useBaseline((s) => s.run?.id ?? null);
  const [editing, setEditing] = useState(false);
  const menu = useRef<HTMLButtonElement>(null);
  const pinned = baseline === run.id;
  const leaveWords = () => {
    setEditing(false);
    menu.current?.focus();
  };
  return (
    <tr className={styles.row} data-chosen={chosen || undefined} data-nested={nested || undefined}>
      <td>
        <label className={styles.choose}>
          <input type="checkbox" aria-label={`Choose ${title}`} checked={chosen} onChange={(event) => onChoose(event.target.checked)} />
        </label>
      </td>
      <th scope="row" className={styles.what}>
        <span className={styles.title}>
          <strong>{title}</strong>
          {pinned ? (
            <span className={styles.badge}>
              <Pin size={11} aria-hidden />
              baseline
            </span>
          ) : null}
          {run.record.recorded ? <span className={styles.badge}>begins with a recording</span> : null}
          {run.origin === 'live' ? null : <span className={styles.badge}>{run.origin}</span>}
          {run.sweep ? <span className={styles.badge}>from a sweep</span> : null}
          {unsaved ? <span className={`${styles.badge} ${styles.unsaved}`}>in this page only</span> : null}
          {run.tags?.map((tag) => (
            <button key={tag} type="button" className={styles.tag} aria-label={`List runs with the tag ${tag}`} onClick={() => onTag(tag)}>
              {tag}
            </button>
          ))}
        </span>
        <span className={styles.configuration}>
          {describeExperiment(run.record.experiment)}; seed {run.record.seed}
        </span>
        <Narrow texts={columns.map(({ label, text }) => [label, text(run)])} />
        {run.note && !editing ? <span className={styles.note}>{run.note}</span> : null}
        {editing ? <RunWords run={run} onDone={leaveWords} /> : null}
      </th>
      {columns.map(({ id, text }) => (
        <td key={id} className={styles.figure}>
          {text(run)}
        </td>
      ))}
      <td>
        <Actions {...props} menu={menu} pinned={pinned} baseline={baseline} onWords={() => setEditing(true)} />
      </td>
    </tr>
  );
}

interface ActionsProps extends RunRowProps {
  readonly menu: React.RefObject<HTMLButtonElement | null>;
  readonly pinned: boolean;
  readonly baseline: string | null;
  readonly onWords: () => void;
}

function Actions({ run, title, menu, pinned, baseline, onWords, onCompare, onOpen, onBeside, onReport, onSave, onRemove }: ActionsProps) {
  const others = baseline !== null && !pinned;
  const act = (action: string) => {
    if (action === 'words') onWords();
    else if (action === 'pin') pinBaseline(pinned ? null : run);
    else if (action === 'compare' && baseline) onCompare(baseline, run.id);
    else if (action === 'check') onOpen(true);
    else if (action === 'beside') onBeside?.();
    else if (action === 'report') onReport();
    else if (action === 'save') onSave();
    else if (action === 'remove') onRemove();
  };
  return (
    <span className={styles.actions}>
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
          { id: 'words', label: 'Name, tags and note…' },
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
    </span>
  );
}
