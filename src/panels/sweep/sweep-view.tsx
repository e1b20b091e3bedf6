import { useEffect, useMemo, useRef } from 'react';
import { paceOf, sweepCost } from '../../experiment/sweep/cost';
import { pause } from '../../state/lab';
import { useRun } from '../../state/run/run-store';
import { UNKEPT } from '../../state/sweep/sweep-keeper';
import { type HeldSweep, missingPoints } from '../../state/sweep/sweep-store';
import { sweepKeeper } from '../../state/sweep/sweeps';
import { Button } from '../../ui/button';
import { Notice } from '../../ui/notice';
import { type SaveKind, SaveMenu } from '../save-menu';
import styles from './sweep.module.css';
import { SweepResults } from './sweep-results';
import { axesWords, progressWords, sweepTitle, waitsForRun } from './sweep-words';

export type SaveSweep = (held: HeldSweep, kind: SaveKind) => void;

interface Props {
  readonly held: HeldSweep;
  /** Whether it was just started or asked for. */
  readonly focus: boolean;
  /** Whether the form is unfolded above. */
  readonly editing: boolean;
  /** Puts its experiment and axes into the editor. */
  readonly onRunHere: () => void;
  readonly onSave: SaveSweep;
}

/** A sweep: its state, its buttons, the picture and the table of its points. */
export function SweepView({ held, focus, editing, onRunHere, onSave }: Props) {
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (focus) section.current?.focus();
  }, [focus]);
  const { kept, points, runs } = held;
  const { id, state } = kept;
  const left = useSecondsLeft(held);
  const missing = missingPoints(held).length;
  const failed = points.filter(({ index, problem }) => problem === '' && kept.failed[index] !== undefined).length;
  return (
    <section ref={section} className={styles.view} aria-label={sweepTitle(held)} tabIndex={-1}>
      <div className={styles.viewHead}>
        <h3>{sweepTitle(held)}</h3>
        <p className={styles.beside}>{axesWords(kept.sweep)}</p>
        {editing ? null : (
          <Button small onPress={onRunHere}>
            Edit and rerun
          </Button>
        )}
        <SaveMenu
          label="Export the sweep"
          text="Export the sweep"
          isDisabled={Object.keys(runs).length === 0}
          describe={{
            json: 'Everything: axes, runs, failures. Can be imported again, under Runs or by dropping the file.',
            csv: 'A table with one row per run; varied values come first.',
          }}
          onSave={(kind) => onSave(held, kind)}
        />
      </div>
      <div className={styles.viewHead}>
        <p className={styles.cost}>{progressWords(held, left)}</p>
        {state === 'running' ? (
          <Button small onPress={() => sweepKeeper.pause(id)}>
            Pause the sweep
          </Button>
        ) : null}
        {state !== 'running' && missing > 0 ? (
          <Button small onPress={() => void sweepKeeper.resume(id)}>
            Resume the sweep
          </Button>
        ) : null}
        {state === 'running' || state === 'paused' ? (
          <Button small onPress={() => sweepKeeper.cancel(id)}>
            Cancel the sweep
          </Button>
        ) : null}
        {state === 'done' && failed > 0 ? (
          <Button small onPress={() => void sweepKeeper.retry(id)}>
            Retry failed runs
          </Button>
        ) : null}
        {waitsForRun(held) ? (
          <Button small onPress={pause}>
            Pause the current run
          </Button>
        ) : null}
      </div>
      {state === 'done' ? null : (
        <progress
          className={styles.progress}
          aria-label="Progress of the sweep"
          max={points.length}
          value={Object.keys(runs).length + Object.keys(kept.failed).length}
        />
      )}
      {held.trouble === undefined ? null : (
        <Notice tone="warning">
          <p>{held.trouble}</p>
          <p>{UNKEPT}</p>
        </Notice>
      )}
      <p className="visually-hidden" aria-live="polite">
        {state === 'running' ? '' : progressWords(held, null)}
      </p>
      <SweepResults held={held} />
    </section>
  );
}

/** Seconds that are left; null where nothing like it has run on this backend. */
function useSecondsLeft(held: HeldSweep): number | null {
  const backend = useRun((s) => s.backend?.name);
  const { kept, runs } = held;
  // biome-ignore lint/correctness/useExhaustiveDependencies: progress inside a run is not counted.
  return useMemo(() => {
    const pace = paceOf(kept.sweep.experiment, backend, Object.values(runs), []);
    return sweepCost(missingPoints(held), pace).seconds;
  }, [kept, runs, backend]);
}
