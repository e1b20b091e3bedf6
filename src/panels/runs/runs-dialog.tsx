import { useEffect, useState } from 'react';
import type { KeptRun } from '../../experiment/results/kept-run';
import { bytesShort, plural } from '../../numerics/measures/number-words';
import { useExperiment } from '../../state/experiment/experiment-store';
import { forgetRemoved, keepRuns, readKeptRuns, removeRuns, undoRemove, useRuns } from '../../state/kept/runs-store';
import { compare } from '../../state/lab';
import { changedExperiment, type ProgramChange } from '../../state/run/beside-store';
import { Button } from '../../ui/button';
import { Modal } from '../../ui/modal';
import { Notice } from '../../ui/notice';
import { Select } from '../../ui/select';
import { BrokenRecords } from './broken-records';
import { type RunOrder, runOrders, sortedRuns, useRowTitles } from './row-titles';
import { RunRow } from './run-row';
import styles from './runs.module.css';
import { RunsTools } from './runs-tools';

export interface RunsDialogProps {
  readonly onClose: () => void;
  /** Shows these two beside each other; the first is the baseline. */
  readonly onCompare: (baseline: string, run: string) => void;
  /** @param check with its result, to see whether it reproduces */
  readonly onOpen: (run: KeptRun, check: boolean) => void;
  /** Shows all of this run on a page that can be printed. */
  readonly onReport: (id: string) => void;
  readonly onSave: (runs: readonly KeptRun[], kind: 'json' | 'csv') => void;
  /** Shows this sweep. */
  readonly onSweep: (id: string) => void;
  readonly onTree: () => void;
}

/** Every run that is saved in this browser. */
export function RunsDialog({ onClose, onCompare, onOpen, onReport, onSave, onSweep, onTree }: RunsDialogProps) {
  const runs = useRuns((s) => s.runs);
  const unsaved = useRuns((s) => s.unsaved);
  const experiment = useExperiment((s) => s.experiment);
  const titleOf = useRowTitles();
  const [order, setOrder] = useState<RunOrder>('newest');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  useEffect(() => {
    void readKeptRuns();
    return forgetRemoved;
  }, []);
  const shown = sortedRuns(runs ?? [], order);
  const picked = chosen.filter((id) => shown.some((run) => run.id === id));
  const besideOf = (run: KeptRun) => {
    const change: ProgramChange = { program: run.record.experiment, label: titleOf(run) };
    if (!changedExperiment(experiment, change)) return undefined;
    return () => {
      compare(change);
      onClose();
    };
  };
  const remove = (ids: readonly string[]) => {
    setChosen(chosen.filter((id) => !ids.includes(id)));
    void removeRuns(new Set(ids));
  };
  return (
    <Modal title="Runs" open wide onClose={onClose}>
      <RunsTools
        runs={shown}
        chosen={picked}
        onCompare={onCompare}
        onSave={onSave}
        onTree={onTree}
        onRemove={() => remove(picked)}
        onClear={() => setChosen([])}
      />
      <Messages titleOf={titleOf} onSweep={onSweep} />
      <BrokenRecords />
      {runs === null ? <p>Reading…</p> : null}
      {runs?.length === 0 ? (
        <p className={styles.empty}>
          No run is saved yet. Every finished run is saved here, in this browser, with its configuration, curves, ledger and predictions.
          Files with runs can be imported, or dropped anywhere on the page.
        </p>
      ) : null}
      {shown.length > 1 ? (
        <div className={styles.order}>
          <span aria-hidden="true">{plural(shown.length, 'run')}, sorted by</span>
          <Select label="Sorted by" options={runOrders} value={order} onChange={(next) => setOrder(next as RunOrder)} />
        </div>
      ) : null}
      {shown.length > 0 ? (
        <ul className={styles.list} aria-label="Saved runs">
          {shown.map((run) => (
            <RunRow
              key={run.id}
              run={run}
              title={titleOf(run)}
              unsaved={unsaved.has(run.id)}
              chosen={picked.includes(run.id)}
              onChoose={(on) => setChosen(on ? [...picked, run.id] : picked.filter((id) => id !== run.id))}
              onCompare={onCompare}
              onOpen={(check) => onOpen(run, check)}
              onBeside={besideOf(run)}
              onReport={() => onReport(run.id)}
              onSave={() => onSave([run], 'json')}
              onRemove={() => remove([run.id])}
            />
          ))}
        </ul>
      ) : null}
      <Quota />
    </Modal>
  );
}

interface MessagesProps extends Pick<RunsDialogProps, 'onSweep'> {
  readonly titleOf: (run: KeptRun) => string;
}

/** What was removed or imported, and what is in this page only. */
function Messages({ titleOf, onSweep }: MessagesProps) {
  const { removed, imported, trouble, unsaved, runs } = useRuns();
  const [first] = removed;
  return (
    <>
      {trouble ? (
        <Notice
          tone="warning"
          actions={
            unsaved.size > 0 ? (
              <Button small onPress={() => keepRuns((runs ?? []).filter(({ id }) => unsaved.has(id)))}>
                Try again
              </Button>
            ) : null
          }
        >
          <p>{trouble}</p>
          {unsaved.size > 0 ? <p>{plural(unsaved.size, 'run')} in this page until it is closed: export to keep.</p> : null}
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
      {first ? (
        <div className={styles.undo} role="status">
          <span>{removed.length === 1 ? `“${titleOf(first)}” is removed.` : `${plural(removed.length, 'run')} removed.`}</span>
          {/* The focus was on what is gone. */}
          <Button small autoFocus onPress={() => void undoRemove()}>
            Undo
          </Button>
        </div>
      ) : null}
    </>
  );
}

function Quota() {
  const quota = useRuns((s) => s.quota);
  return (
    <p className={styles.quota}>
      Saved in this browser only{quota ? `, which uses ${bytesShort(quota.used)} of ${bytesShort(quota.available)} for this page` : ''}. A
      private window deletes them when it is closed.
    </p>
  );
}
