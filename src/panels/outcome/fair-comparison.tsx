import { Scale } from 'lucide-react';
import { fairFloat } from '../../experiment/program/fair-float';
import { isSameRun } from '../../experiment/program/prefix';
import { useExperiment } from '../../state/experiment/experiment-store';
import { useRuns } from '../../state/kept/runs-store';
import { compare } from '../../state/lab';
import { changedExperiment, useBeside } from '../../state/run/beside-store';
import { useRun } from '../../state/run/run-store';
import { Button } from '../../ui/button';
import { usePinnedBaseline } from '../pinned-baseline';
import { fairWords } from './fair-words';
import styles from './outcome.module.css';

/** Whether float32 was trained as long as the compressed model; where it was not, one press trains it as long, beside the run. */
export function FairComparison() {
  const experiment = useExperiment((s) => s.experiment);
  const record = useRun((s) => s.record);
  const runs = useRuns((s) => s.runs);
  const { change, record: theirs } = useBeside();
  const pinned = usePinnedBaseline();
  const fair = fairFloat(experiment);
  // What a person compares with is the pinned run.
  if (!record || !fair || pinned) return null;
  const beside = changedExperiment(experiment, change);
  const running = beside !== undefined && isSameRun(beside, fair.program);
  const kept = runs?.find((run) => isSameRun(run.record.experiment, fair.program));
  const float = (running ? theirs : null) ?? kept?.record ?? null;
  const { text, offer } = fairWords(fair, record.testAccuracy, float?.testAccuracy ?? null, running);
  return (
    <div className={styles.fair}>
      <p role="status">
        <Scale size={13} aria-hidden /> {text}
      </p>
      {offer ? (
        <Button small onPress={() => compare({ program: fair.program, label: `float32, ${offer.steps}` })}>
          {offer.text}
        </Button>
      ) : null}
    </div>
  );
}
