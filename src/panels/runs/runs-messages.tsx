import type { KeptRun } from '../../experiment/results/kept-run';
import { bytesShort, plural } from '../../numerics/measures/number-words';
import { keepRuns, undoRemove, useRuns } from '../../state/kept/runs-store';
import { Button } from '../../ui/button';
import { Notice } from '../../ui/notice';
import { runTitle } from '../labels';
import styles from './runs.module.css';

interface Props {
  /** Shows this sweep. */
  readonly onSweep: (id: string) => void;
}

/** What was removed or imported, and what is in this page only. */
export function RunsMessages({ onSweep }: Props) {
  const { removed, imported, trouble, unsaved, runs } = useRuns();
  const open = (runs ?? []).filter(({ id }) => unsaved.has(id));
  return (
    <>
      {trouble ? (
        <Notice
          tone="warning"
          actions={
            open.length > 0 ? (
              <Button small onPress={() => keepRuns(open)}>
                Try again
              </Button>
            ) : null
          }
        >
          <p>{trouble}</p>
          {open.length > 0 ? <p>{plural(open.length, 'run')} in this page until it is closed: export to keep.</p> : null}
        </Notice>
      ) : null}
      {imported.message ? (
        <Notice
          tone={imported.problems.length > 0 ? 'warning' : 'info'}
          actions={
            imported.sweep ? (
              <Button small onPress={() => onSweep(imported.sweep)}>
                Show the sweep
              </Button>
            ) : null
          }
        >
          <p>{imported.message}</p>
          {imported.problems.length > 0 ? (
            <ul>
              {imported.problems.map((problem) => (
                <li key={problem}>{problem}</li>
              ))}
            </ul>
          ) : null}
        </Notice>
      ) : null}
      <Removed removed={removed} />
    </>
  );
}

function Removed({ removed }: { readonly removed: readonly KeptRun[] }) {
  const [first] = removed;
  if (!first) return null;
  return (
    <div className={styles.undo} role="status">
      <span>{removed.length === 1 ? `“${runTitle(first)}” is removed.` : `${plural(removed.length, 'run')} removed.`}</span>
      {/* The focus was on what is gone. */}
      <Button small autoFocus onPress={() => void undoRemove()}>
        Undo
      </Button>
    </div>
  );
}

export function Quota() {
  const quota = useRuns((s) => s.quota);
  return (
    <p className={styles.quota}>
      Saved in this browser only{quota ? `, which uses ${bytesShort(quota.used)} of ${bytesShort(quota.available)} for this page` : ''}. A
      private window deletes them when it is closed.
    </p>
  );
}
