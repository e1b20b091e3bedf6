import { Archive, FileText, GitCompareArrows, Pin, PinOff } from 'lucide-react';
import { parsePassport } from '../../experiment/link/passport';
import { differingNames } from '../../experiment/results/differing-names';
import { percent } from '../../numerics/measures/number-words';
import { useExperiment } from '../../state/experiment/experiment-store';
import { pinBaseline, useBaseline } from '../../state/kept/baseline-store';
import { useRuns } from '../../state/kept/runs-store';
import { useRun } from '../../state/run/run-store';
import { Button } from '../../ui/button';
import { runTitle } from '../labels';
import { usePinnedBaseline } from '../pinned-baseline';
import { BesideNumbers } from './beside-numbers';
import { FairComparison } from './fair-comparison';
import styles from './outcome.module.css';
import { outcomeWords } from './outcome-words';
import { PruningStory } from './pruning-story';

export interface OutcomeProps {
  readonly onCompare: (baseline: string, run: string) => void;
  /** Shows all of a saved run on a page that can be printed. */
  readonly onReport: (run: string) => void;
}

/** What came of a run: whether it is what the link promised, that it is saved, and what it is compared with. */
export function Outcome(props: OutcomeProps) {
  return (
    <div className={styles.outcome}>
      <Verdict />
      <Against />
      <PruningStory />
      <FairComparison />
      <BesideNumbers />
      <Kept {...props} />
    </div>
  );
}

function Verdict() {
  const text = useExperiment((s) => s.rest.passport);
  const record = useRun((s) => s.record);
  const images = useRun((s) => s.test?.count ?? 0);
  if (text === undefined) return null;
  const { tone, title, sentence } = outcomeWords(parsePassport(text), record, images);
  return (
    <p className={styles.verdict} data-tone={tone} role="status">
      {title ? <strong>{title}</strong> : null} {sentence}
    </p>
  );
}

/** What the four numbers and the dashed grey curves are compared with. */
function Against() {
  const pinned = usePinnedBaseline();
  const experiment = useExperiment((s) => s.experiment);
  if (!pinned) return null;
  const { run, sameData } = pinned;
  const [name] = differingNames([run, { name: experiment.name, record: { experiment } }]);
  const title = name || runTitle(run);
  return (
    <div className={styles.against}>
      <Pin size={13} aria-hidden />
      <p>
        Baseline: <strong>{title}</strong>
        {sameData ? `, ${percent(run.record.testAccuracy, 2)}` : ', of other images: only sizes are compared'}
      </p>
      <Button small icon variant="quiet" label={`Unpin the baseline, ${title}`} tip="Unpin it" onPress={() => pinBaseline(null)}>
        <PinOff size={13} aria-hidden />
      </Button>
    </div>
  );
}

function Kept({ onCompare, onReport }: OutcomeProps) {
  const record = useRun((s) => s.record);
  const { latest, unsaved, runs } = useRuns();
  const baseline = useBaseline((s) => s.run);
  const run = runs?.find(({ id }) => id === latest);
  if (!record || !run) return null;
  const pinned = baseline?.id === run.id;
  return (
    <div className={styles.kept}>
      <span className={styles.where}>
        <Archive size={13} aria-hidden />
        {unsaved.has(run.id) ? 'In this page only' : 'Saved in Runs'}
      </span>
      <Button small variant="quiet" onPress={() => onReport(run.id)} tip="The whole run on a printable page">
        <FileText size={13} aria-hidden />
        Report
      </Button>
      <Button small variant="quiet" onPress={() => pinBaseline(pinned ? null : run)}>
        {pinned ? <PinOff size={13} aria-hidden /> : <Pin size={13} aria-hidden />}
        {pinned ? 'Unpin the baseline' : 'Pin as baseline'}
      </Button>
      {baseline && !pinned ? (
        <Button small variant="quiet" onPress={() => onCompare(baseline.id, run.id)} tip={`The baseline is ${runTitle(baseline)}`}>
          <GitCompareArrows size={13} aria-hidden />
          Compare with the baseline
        </Button>
      ) : null}
    </div>
  );
}
