import type { KeptRun } from '../experiment/results/kept-run';
import { passportText } from '../experiment/results/passport';
import { fileName } from '../export/file-name';
import { runsCsv } from '../export/runs-csv';
import { runsText } from '../export/runs-file';
import { RunsDialog } from '../panels/runs/runs-dialog';
import { edit, setInterface } from '../state/experiment-store';
import { saveFile } from '../ui/save-file';

/** What the link's key `runs` opens. */
export function KeptRuns() {
  const close = () => setInterface('runs', null);
  return (
    <RunsDialog
      onClose={close}
      onCompare={(baseline, run) => setInterface('runs', `${baseline}~${run}`)}
      onOpen={({ record }, check) => {
        close();
        edit(record.experiment);
        setInterface('passport', check ? passportText(record) : null);
      }}
      onSave={save}
    />
  );
}

function save(runs: readonly KeptRun[], kind: 'json' | 'csv'): void {
  const [run] = runs;
  const name = runs.length === 1 && run ? fileName(run.record.experiment) : `fewbits-runs-${new Date().toISOString().slice(0, 10)}`;
  if (kind === 'csv') saveFile(runsCsv(runs), `${name}.csv`, 'text/csv');
  else saveFile(runsText(runs), `${name}.json`, 'application/json');
}
