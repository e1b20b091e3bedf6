import { CurveSmall } from '../../charts/comparison/curve-small';
import { describeExperiment } from '../../experiment/program/describe';
import type { KeptRun } from '../../experiment/results/kept-run';
import { axisNames } from '../../experiment/sweep/axis-names';
import type { SweepPoint } from '../../experiment/sweep/sweep';
import { bitsPerWeight } from '../../numerics/measures/ledger';
import { bytesShort, fixed, percent, plural, significant } from '../../numerics/measures/number-words';
import { showDialog } from '../../state/experiment/experiment-store';
import { pinBaseline, useBaseline } from '../../state/kept/baseline-store';
import { readKeptRuns } from '../../state/kept/runs-store';
import { type HeldSweep, useSweeps } from '../../state/sweep/sweep-store';
import { Button } from '../../ui/button';
import styles from './sweep.module.css';

interface Props {
  readonly held: HeldSweep;
  /** Points with a result, or one that failed; [] while none was pointed at. */
  readonly indices: readonly number[];
  readonly onOpen: (index: number) => void;
}

/** Configuration and curves, or the failure, of the mark that was last pointed at: one run, or those of several seeds. */
export function PointDetail({ held, indices, onOpen }: Props) {
  const { points, runs } = held;
  const kept = useSweeps((s) => s.sweeps.some((one) => one.kept.id === held.kept.id));
  const own = indices.flatMap((index) => (runs[index] && points[index] ? [{ run: runs[index], point: points[index] }] : []));
  const [first] = own;
  if (!first) {
    const failed = indices.flatMap((index) => points[index] ?? [])[0];
    return failed ? (
      <FailedDetail held={held} point={failed} onOpen={onOpen} />
    ) : (
      <aside className={styles.detail} aria-label="Point">
        <p className={styles.beside}>Hover over a point or a row to see its settings and curves here.</p>
      </aside>
    );
  }
  const { record } = first.run;
  const seeds = own.length > 1;
  const curveName = (seed: number) => (seeds ? `seed ${seed}` : 'value');
  const curves = (kind: 'loss' | 'validation') => own.map(({ run }) => ({ name: curveName(run.record.seed), curve: run.curves[kind] }));
  return (
    <aside className={styles.detail} aria-label="Point">
      <dl className={styles.facts}>
        <Ticks held={held} point={first.point} without={seeds ? 'seed' : ''} />
        <div>
          <dt>Test accuracy</dt>
          <dd>{own.map(({ run }) => percent(run.record.testAccuracy, 2)).join(', ')}</dd>
        </div>
        <div>
          <dt>Size</dt>
          <dd>
            {fixed(bitsPerWeight(record.ledger), 2)} bits per weight, {bytesShort(record.ledger.totalBits / 8)}
          </dd>
        </div>
      </dl>
      <CurveSmall title="Training loss" curves={curves('loss')} log text={(value) => significant(value)} />
      <CurveSmall title="Validation accuracy" curves={curves('validation')} text={(value) => percent(value, 2)} />
      <p className={styles.configuration}>
        {describeExperiment(record.experiment)}
        {seeds ? `; ${plural(own.length, 'seed')}` : `; seed ${record.seed}`}
      </p>
      <div className="button-row">
        <Button small onPress={() => onOpen(first.point.index)}>
          Open {seeds ? `the run of seed ${record.seed}` : 'this run'}
        </Button>
        {kept ? <KeptActions run={first.run} of={seeds ? ` of seed ${record.seed}` : ''} /> : null}
      </div>
    </aside>
  );
}

/** What can be done with a run that is among the saved ones, as in the list of runs. */
function KeptActions({ run, of }: { readonly run: KeptRun /** Which of several. */; readonly of: string }) {
  const baseline = useBaseline((s) => s.id);
  const pinned = baseline === run.id;
  return (
    <>
      <Button small onPress={() => void showRuns(`report~${run.id}`)}>
        Report{of}
      </Button>
      <Button small onPress={() => pinBaseline(pinned ? null : run)}>
        {pinned ? 'Unpin as baseline' : 'Pin as baseline'}
      </Button>
      {baseline === null || pinned ? null : (
        <Button small onPress={() => void showRuns(`${baseline}~${run.id}`)}>
          Compare with the baseline
        </Button>
      )}
    </>
  );
}

/** Opens what the link's key `runs` names over the sweep, as soon as the list of the saved runs has what has come by now. */
async function showRuns(what: string): Promise<void> {
  await readKeptRuns();
  showDialog('runs', what);
}

/** What a point without a result would have been, and why it has none. */
function FailedDetail({ held, point, onOpen }: Pick<Props, 'held' | 'onOpen'> & { readonly point: SweepPoint }) {
  return (
    <aside className={styles.detail} aria-label="Point">
      <dl className={styles.facts}>
        <Ticks held={held} point={point} />
        <div>
          <dt>{point.problem === '' ? 'Failed' : 'Cannot be run'}</dt>
          <dd>{held.kept.failed[point.index]}</dd>
        </div>
      </dl>
      {point.problem === '' ? (
        <>
          <p className={styles.configuration}>
            {describeExperiment(point.experiment)}; seed {point.experiment.seed}
          </p>
          <div>
            <Button small onPress={() => onOpen(point.index)}>
              Open this experiment
            </Button>
          </div>
        </>
      ) : null}
    </aside>
  );
}

interface TicksProps extends Pick<Props, 'held'> {
  readonly point: SweepPoint;
  /** A path whose axis is left out; '' for none. */
  readonly without?: string;
}

/** The values that make the point what it is. */
function Ticks({ held, point, without = '' }: TicksProps) {
  const { axes, experiment } = held.kept.sweep;
  const { head, tick } = axisNames(experiment);
  return axes.map((axis, a) =>
    axis.paths.includes(without) ? null : (
      <div key={axis.paths.join()}>
        <dt>{head(axis)}</dt>
        <dd>{tick(axis, point.ticks[a] ?? 0)}</dd>
      </div>
    ),
  );
}
