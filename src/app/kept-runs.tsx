import { lazy, Suspense } from 'react';
import { passportText } from '../experiment/link/passport';
import type { KeptRun } from '../experiment/results/kept-run';
import { fileName, runsText } from '../export/downloads';
import { runsCsv } from '../export/runs-csv';
import { RunsComparison } from '../panels/compare/runs-comparison';
import { RunsDialog } from '../panels/runs/runs-dialog';
import { edit, goTo, setInterface, useExperiment } from '../state/experiment/experiment-store';
import { showSweep } from '../state/sweep/sweep-store';
import { saveFile } from '../ui/save-file';

const TreeDialog = lazy(async () => ({ default: (await import('../panels/tree/tree-dialog')).TreeDialog }));
const RunReport = lazy(async () => ({ default: (await import('../panels/report/run-report')).RunReport }));

/** Before the id of the run whose report is shown. */
const REPORT = 'report~';

/** What the link's key `runs` opens: the list, the `tree`, 2 to 6 of them side by side, `<baseline>~<run>~…`, or the report of one, `report~<run>`. */
export function KeptRuns() {
  const shown = useExperiment((s) => s.rest.runs ?? '');
  const [baseline = '', ...others] = shown.split('~').filter(Boolean);
  const close = () => setInterface('runs', null);
  if (shown === 'tree') {
    return (
      <Suspense>
        <TreeDialog onList={() => setInterface('runs', 'list')} onClose={close} />
      </Suspense>
    );
  }
  if (shown.startsWith(REPORT)) {
    return (
      <Suspense>
        <RunReport id={shown.slice(REPORT.length)} onList={() => setInterface('runs', 'list')} onClose={close} />
      </Suspense>
    );
  }
  if (others.length > 0) {
    return (
      <RunsComparison
        ids={[baseline, ...others]}
        onSwap={() => compare(...others, baseline)}
        onList={() => setInterface('runs', 'list')}
        onClose={close}
      />
    );
  }
  return (
    <RunsDialog
      onClose={close}
      onCompare={compare}
      onOpen={({ record }, check) => {
        close();
        edit(record.experiment);
        setInterface('sweep', null);
        setInterface('passport', check ? passportText(record) : null);
      }}
      onReport={(id) => setInterface('runs', `${REPORT}${id}`)}
      onSave={save}
      onSweep={(id) => {
        close();
        showSweep(id);
        goTo('sweep', '');
      }}
      onTree={() => setInterface('runs', 'tree')}
    />
  );
}

/** Opens saved runs beside each other. */
function compare(...ids: readonly string[]): void {
  setInterface('runs', ids.join('~'));
}

function save(runs: readonly KeptRun[], kind: 'json' | 'csv'): void {
  const [run] = runs;
  const name = runs.length === 1 && run ? fileName(run.record.experiment) : `fewbits-runs-${new Date().toISOString().slice(0, 10)}`;
  if (kind === 'csv') saveFile(runsCsv(runs), `${name}.csv`, 'text/csv');
  else saveFile(runsText(runs), `${name}.json`, 'application/json');
}
