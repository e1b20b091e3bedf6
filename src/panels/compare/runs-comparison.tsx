import { useEffect } from 'react';
import { LineKey, MOST_LINES } from '../../charts/comparison/line-styles';
import type { KeptRun } from '../../experiment/results/kept-run';
import { readKeptRuns, useRuns } from '../../state/kept/runs-store';
import { Button } from '../../ui/button';
import { Modal } from '../../ui/modal';
import { runDate } from '../labels';
import styles from './compare.module.css';
import { letterOf, namesOf } from './compare-names';
import { FourNumbers } from './four-numbers';
import { ManyNumbers, ManyValues } from './many-tables';
import { PairChooser, PairPictures } from './pair-pictures';
import { DifferenceChips } from './run-changes';
import { RunCurves } from './run-curves';

export interface RunsComparisonProps {
  /** Of saved runs, 2 to 6; the first is the baseline. */
  readonly ids: readonly string[];
  /** Puts the baseline last. */
  readonly onSwap: () => void;
  /** Back to the list. */
  readonly onList: () => void;
  readonly onClose: () => void;
}

/** Saved runs side by side: what sets them apart, and their results. */
export function RunsComparison({ ids, onSwap, onList, onClose }: RunsComparisonProps) {
  const runs = useRuns((s) => s.runs);
  useEffect(() => {
    void readKeptRuns();
  }, []);
  const wanted = [...new Set(ids)].slice(0, MOST_LINES);
  const found = wanted.flatMap((id) => runs?.find((run) => run.id === id) ?? []);
  const lost = wanted.length - found.length;
  const [a, b] = found;
  return (
    <Modal title={wanted.length === 2 ? 'Two runs compared' : `${wanted.length} runs compared`} open full onClose={onClose}>
      <div className="button-row">
        <Button small onPress={onList}>
          All runs
        </Button>
        <Button small onPress={onSwap} inactive={found.length < 2}>
          {wanted.length === 2 ? 'Swap the two' : 'Next as baseline'}
        </Button>
      </div>
      {runs === null ? <p>Reading…</p> : null}
      {runs !== null && lost > 0 ? (
        <p>{lost === 1 ? 'One of these runs is' : `${lost} of these runs are`} not saved in this browser.</p>
      ) : null}
      {runs !== null && a && b ? found.length === 2 ? <Both a={a} b={b} /> : <Many runs={found} /> : null}
    </Modal>
  );
}

function Both({ a, b }: { readonly a: KeptRun; readonly b: KeptRun }) {
  return (
    <div className={styles.both}>
      <Names runs={[a, b]} labels={['Baseline', 'This run']} />
      <DifferenceChips a={a} b={b} />
      <FourNumbers a={a} b={b} />
      <RunCurves runs={[a, b]} names={['baseline', 'this run']} />
      <PairPictures a={a} b={b} />
    </div>
  );
}

function Many({ runs }: { readonly runs: readonly KeptRun[] }) {
  const letters = runs.map((_, i) => letterOf(i));
  return (
    <div className={styles.both}>
      <Names runs={runs} labels={letters.map((letter, i) => (i === 0 ? `${letter}, baseline` : letter))} />
      <ManyNumbers runs={runs} />
      <ManyValues runs={runs} />
      <RunCurves runs={runs} names={letters} />
      <PairChooser runs={runs} />
    </div>
  );
}

function Names({ runs, labels }: { readonly runs: readonly KeptRun[]; readonly labels: readonly string[] }) {
  const names = namesOf(runs);
  return (
    <dl className={styles.names}>
      {runs.map((run, i) => (
        <div key={run.id} className={styles.name}>
          <dt>
            <LineKey index={i} /> {labels[i]}
          </dt>
          <dd>
            <strong>{names[i]}</strong> <span className={styles.when}>{runDate(run)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
