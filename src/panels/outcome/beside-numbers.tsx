import { sharedStages } from '../../experiment/program/prefix';
import { stepName, unroll } from '../../experiment/program/unroll';
import type { RunRecord, StageSummary } from '../../experiment/types/events';
import type { Experiment } from '../../experiment/types/experiment';
import { useExperiment } from '../../state/experiment/experiment-store';
import { changedExperiment, useBeside } from '../../state/run/beside-store';
import { useRun } from '../../state/run/run-store';
import { besideRows, finalAnswer, stageAnswer } from './beside-figures';
import styles from './outcome.module.css';

/** The answer of a comparison in lock-step: the four numbers of both runs, and their difference. */
export function BesideNumbers() {
  const experiment = useExperiment((s) => s.experiment);
  const record = useRun((s) => s.record);
  const summaries = useRun((s) => s.summaries);
  const ledger = useRun((s) => s.ledger);
  const beside = useBeside();
  const changed = changedExperiment(experiment, beside.change);
  if (!beside.change || !changed || beside.failure) return null;
  const over = record !== null && beside.record !== null;
  const stage = over ? null : lastCommon(experiment, changed, summaries, beside.summaries);
  const rows = over
    ? besideRows(finalAnswer(record), finalAnswer(beside.record as RunRecord))
    : besideRows(stageAnswer(summaries[stage ?? -1], ledger), stageAnswer(beside.summaries[stage ?? -1], ledger));
  const own = 'own' in beside.change && beside.change.own ? `this run: ${beside.change.own}` : 'this run';
  return (
    <section className={styles.beside} aria-label="Side by side">
      <table>
        <caption>{captionOf(experiment, over, stage)}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">number</span>
            </th>
            <th scope="col">
              <Line /> {own}
            </th>
            <th scope="col">
              <Line dashed /> beside it: {beside.change.label}
            </th>
            <th scope="col">difference</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, own: mine, other, difference }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{mine}</td>
              <td>{other}</td>
              <td>{difference}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function captionOf({ stages }: Experiment, over: boolean, stage: number | null): string {
  if (over) return 'Side by side, after the last stage';
  return stage === null
    ? 'Side by side: the numbers follow when both have finished a stage in which they differ'
    : `Side by side, after ${stepName(stages, stage)}`;
}

type Summaries = Readonly<Record<number, StageSummary>>;

/** The last step of the run that both have finished, where both programs have the same kinds of stages on the same network. */
function lastCommon(a: Experiment, b: Experiment, own: Summaries, other: Summaries): number | null {
  const [one, two] = [unroll(a.stages), unroll(b.stages)];
  const alike = a.model.id === b.model.id && one.length === two.length && one.every(({ stage }, i) => stage.kind === two[i]?.stage.kind);
  if (!alike) return null;
  const from = sharedStages(a, b);
  const common = Object.keys(own)
    .map(Number)
    .filter((stage) => stage >= from && other[stage]);
  return common.length > 0 ? Math.max(...common) : null;
}

function Line({ dashed = false }: { readonly dashed?: boolean }) {
  return (
    <svg width="22" height="8" aria-hidden="true">
      <path d="M0 4H22" strokeDasharray={dashed ? '5 4' : undefined} />
    </svg>
  );
}
