import { useEffect } from 'react';
import { CurveOverlay } from '../../charts/comparison/curve-overlay';
import { ClassChange } from '../../charts/errors/class-change';
import type { KeptRun } from '../../experiment/results/kept-run';
import { percent, significant } from '../../numerics/measures/number-words';
import { readKeptRuns, useRuns } from '../../state/kept/runs-store';
import { Button } from '../../ui/button';
import { Modal } from '../../ui/modal';
import { runDate, runTitle } from '../labels';
import styles from './compare.module.css';
import { FlipGallery } from './flip-gallery';
import { FourNumbers } from './four-numbers';
import { DifferenceChips, WeightsChange } from './run-changes';

export interface RunsComparisonProps {
  /** Ids of saved runs. */
  readonly baseline: string;
  readonly run: string;
  readonly onSwap: () => void;
  /** Back to the list. */
  readonly onList: () => void;
  readonly onClose: () => void;
}

/** Two saved runs beside each other: what sets them apart, and its result. */
export function RunsComparison({ baseline, run, onSwap, onList, onClose }: RunsComparisonProps) {
  const runs = useRuns((s) => s.runs);
  useEffect(() => {
    void readKeptRuns();
  }, []);
  const [a, b] = [runs?.find(({ id }) => id === baseline), runs?.find(({ id }) => id === run)];
  return (
    <Modal title="Two runs compared" open wide onClose={onClose}>
      <div className="button-row">
        <Button small onPress={onList}>
          All runs
        </Button>
        <Button small onPress={onSwap} inactive={!a || !b}>
          Swap the two
        </Button>
      </div>
      {runs === null ? <p>Reading…</p> : a && b ? <Both a={a} b={b} /> : <p>One of these runs is not saved in this browser.</p>}
    </Modal>
  );
}

function Both({ a, b }: { readonly a: KeptRun; readonly b: KeptRun }) {
  return (
    <div className={styles.both}>
      <dl className={styles.names}>
        <dt>Baseline</dt>
        <dd>
          <Name run={a} />
        </dd>
        <dt>This run</dt>
        <dd>
          <Name run={b} />
        </dd>
      </dl>
      <DifferenceChips a={a} b={b} />
      <FourNumbers a={a} b={b} />
      <div className={styles.pictures}>
        <CurveOverlay
          title="Training loss"
          baseline={a.curves.loss}
          run={b.curves.loss}
          log
          text={(value) => significant(value)}
          tickText={(value) => String(value)}
        />
        <CurveOverlay
          title="Validation accuracy"
          baseline={a.curves.validation}
          run={b.curves.validation}
          text={(value) => percent(value, 2)}
          tickText={(value) => percent(value, value * 100 === Math.round(value * 100) ? 0 : 1)}
        />
      </div>
      <WeightsChange key={`${a.id} ${b.id}`} a={a} b={b} />
      <Predictions a={a} b={b} />
    </div>
  );
}

function Name({ run }: { readonly run: KeptRun }) {
  return (
    <>
      <strong>{runTitle(run)}</strong> <span className={styles.when}>{runDate(run)}</span>
    </>
  );
}

function Predictions({ a, b }: { readonly a: KeptRun; readonly b: KeptRun }) {
  const [before, after] = [a.record.experiment.data, b.record.experiment.data];
  if (before.dataset !== after.dataset || before.checksum !== after.checksum) {
    return <p>The two runs were tested on different data: their classes and predictions cannot be compared.</p>;
  }
  return (
    <FlipGallery key={`${a.id} ${b.id}`} a={a} b={b}>
      {(classes) =>
        a.perClass.length === b.perClass.length && b.perClass.length > 0 ? (
          <ClassChange classes={classes} baseline={a.perClass} run={b.perClass} />
        ) : null
      }
    </FlipGallery>
  );
}
