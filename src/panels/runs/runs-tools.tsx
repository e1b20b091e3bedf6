import { GitBranch, GitCompareArrows, Upload } from 'lucide-react';
import { useRef } from 'react';
import type { KeptRun } from '../../experiment/results/kept-run';
import { importRuns } from '../../state/sweep/import-runs';
import { Button } from '../../ui/button';
import { SaveMenu } from '../save-menu';
import styles from './runs.module.css';

export interface RunsToolsProps {
  readonly runs: readonly KeptRun[];
  /** Those that the filter leaves. */
  readonly listed: readonly KeptRun[];
  /** Ids, in the order in which they were chosen. */
  readonly chosen: readonly string[];
  readonly onCompare: (...ids: readonly string[]) => void;
  readonly onSave: (runs: readonly KeptRun[], kind: 'json' | 'csv') => void;
  readonly onTree: () => void;
  readonly onRemove: () => void;
  readonly onClear: () => void;
}

/** Runs that one comparison holds, at most. */
const MOST = 6;

/** What can be done with the runs that are chosen, or with all. */
export function RunsTools({ runs, listed, chosen, onCompare, onSave, onTree, onRemove, onClear }: RunsToolsProps) {
  const input = useRef<HTMLInputElement>(null);
  const wanted = chosen.length > 0 ? runs.filter(({ id }) => chosen.includes(id)) : listed;
  const which = chosen.length > 0 ? `${chosen.length} chosen` : listed.length < runs.length ? `${listed.length} listed` : 'all';
  return (
    <div className={styles.tools}>
      <Button
        small
        inactive={chosen.length < 2 || chosen.length > MOST}
        tip={`Choose 2 to ${MOST} runs; the first is the baseline`}
        onPress={() => onCompare(...chosen)}
      >
        <GitCompareArrows size={13} aria-hidden />
        Compare
      </Button>
      <Button small onPress={onTree} tip="Runs that start the same, as branches of a tree">
        <GitBranch size={13} aria-hidden />
        Tree
      </Button>
      <SaveMenu
        label="Export"
        text={`Export ${which}`}
        isDisabled={runs.length === 0}
        describe={{
          json: 'Everything: configuration, curves, ledger, predictions. Can be imported again.',
          csv: 'A table with one row per run.',
        }}
        onSave={(kind) => onSave(wanted, kind)}
      />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept=".json,application/json"
        aria-label="Files with runs"
        onChange={(event) => {
          void importRuns([...(event.target.files ?? [])]);
          // The same files may be chosen again.
          event.target.value = '';
        }}
      />
      <Button small onPress={() => input.current?.click()} tip="Runs and sweeps exported here, or the output of lab merge">
        <Upload size={13} aria-hidden />
        Import
      </Button>
      {chosen.length > 0 ? (
        <>
          <Button small variant="quiet" onPress={onRemove}>
            Remove {chosen.length}
          </Button>
          <Button small variant="quiet" onPress={onClear}>
            Choose none
          </Button>
        </>
      ) : null}
    </div>
  );
}
