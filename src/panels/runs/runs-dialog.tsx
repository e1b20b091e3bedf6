import { useEffect, useMemo, useState } from 'react';
import type { KeptRun } from '../../experiment/results/kept-run';
import { useExperiment } from '../../state/experiment/experiment-store';
import { forgetRemoved, readKeptRuns, removeRuns, useRuns } from '../../state/kept/runs-store';
import { compare } from '../../state/lab';
import { changedExperiment, type ProgramChange } from '../../state/run/beside-store';
import { Button } from '../../ui/button';
import { Modal } from '../../ui/modal';
import { BrokenRecords } from './broken-records';
import { columns } from './columns';
import { grouped, listNames, matching } from './listed-runs';
import { RunRow } from './run-row';
import styles from './runs.module.css';
import { Quota, RunsMessages } from './runs-messages';
import { RunsTable } from './runs-table';
import { RunsTools } from './runs-tools';
import { useTableChoice } from './table-choice';
import { TableTools } from './table-tools';

export interface RunsDialogProps {
  readonly onClose: () => void;
  /** Shows these side by side, 2 to 6; the first is the baseline. */
  readonly onCompare: (...ids: readonly string[]) => void;
  /** @param check with its result, to see whether it reproduces */
  readonly onOpen: (run: KeptRun, check: boolean) => void;
  /** Shows all of this run on a page that can be printed. */
  readonly onReport: (id: string) => void;
  readonly onSave: (runs: readonly KeptRun[], kind: 'json' | 'csv') => void;
  /** Shows this sweep. */
  readonly onSweep: (id: string) => void;
  readonly onTree: () => void;
}

/** Every run that is saved in this browser, as a table. */
export function RunsDialog({ onClose, onCompare, onOpen, onReport, onSave, onSweep, onTree }: RunsDialogProps) {
  const runs = useRuns((s) => s.runs);
  const unsaved = useRuns((s) => s.unsaved);
  const experiment = useExperiment((s) => s.experiment);
  const { columns: shownColumns, order, bySeed } = useTableChoice();
  const [filter, setFilter] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  useEffect(() => {
    void readKeptRuns();
    return forgetRemoved;
  }, []);
  const all = runs ?? [];
  const listed = useMemo(() => matching(runs ?? [], filter, listNames(runs ?? [])), [runs, filter]);
  const names = useMemo(() => listNames(listed), [listed]);
  const groups = grouped(
    listed,
    bySeed,
    order,
    columns.find(({ id }) => id === order.by),
    names,
  );
  const own = columns.filter(({ id }) => shownColumns.includes(id));
  const picked = chosen.filter((id) => all.some((run) => run.id === id));
  const besideOf = (run: KeptRun, label: string) => {
    const change: ProgramChange = { program: run.record.experiment, label };
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
    <Modal title="Runs" open full onClose={onClose}>
      <RunsTools
        runs={all}
        listed={listed}
        chosen={picked}
        onCompare={onCompare}
        onSave={onSave}
        onTree={onTree}
        onRemove={() => remove(picked)}
        onClear={() => setChosen([])}
      />
      <RunsMessages onSweep={onSweep} />
      <BrokenRecords />
      {runs === null ? <p>Reading…</p> : null}
      {runs?.length === 0 ? (
        <p className={styles.empty}>
          No run is saved yet. Every finished run is saved here, in this browser, with its configuration, curves, ledger and predictions.
          Files with runs can be imported, or dropped anywhere on the page.
        </p>
      ) : null}
      {all.length > 1 ? <TableTools filter={filter} onFilter={setFilter} listed={listed.length} all={all.length} /> : null}
      {all.length > 0 && listed.length === 0 ? (
        <p>
          No run contains “{filter}”.{' '}
          <Button small onPress={() => setFilter('')}>
            List all
          </Button>
        </p>
      ) : null}
      {groups.length > 0 ? (
        <RunsTable
          groups={groups}
          columns={own}
          order={order}
          names={names}
          row={(run, title, nested) => (
            <RunRow
              key={run.id}
              run={run}
              title={title}
              columns={own}
              nested={nested}
              unsaved={unsaved.has(run.id)}
              chosen={picked.includes(run.id)}
              onChoose={(on) => setChosen(on ? [...picked, run.id] : picked.filter((id) => id !== run.id))}
              onCompare={onCompare}
              onOpen={(check) => onOpen(run, check)}
              onBeside={besideOf(run, title)}
              onReport={() => onReport(run.id)}
              onSave={() => onSave([run], 'json')}
              onRemove={() => remove([run.id])}
              onTag={setFilter}
            />
          )}
        />
      ) : null}
      <Quota />
    </Modal>
  );
}
