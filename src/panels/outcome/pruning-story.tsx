import { Package } from 'lucide-react';
import { addStage } from '../../experiment/program/edit';
import { edit, useExperiment } from '../../state/experiment/experiment-store';
import { useShownKind } from '../../state/recorded/recorded-run';
import { useRun } from '../../state/run/run-store';
import { Button } from '../../ui/button';
import styles from './outcome.module.css';
import { pruningWords } from './pruning-words';

/** What pruning did to accuracy and file, as far as it is measured; one press makes the file smaller. */
export function PruningStory() {
  const experiment = useExperiment((s) => s.experiment);
  const summaries = useRun((s) => s.summaries);
  const denseBits = useRun((s) => s.ledger?.denseBits ?? 0);
  const isLive = useShownKind() === 'live';
  const words = isLive && denseBits > 0 ? pruningWords(experiment.stages, summaries, denseBits) : null;
  if (!words) return null;
  return (
    <div className={styles.pruning}>
      <p role="status">
        {words.accuracy} {words.file}
      </p>
      {words.offer ? (
        <Button small onPress={() => edit(addStage(experiment, 'encode'))} tip="Adds an encode stage, which needs no training">
          <Package size={13} aria-hidden />
          Store only kept weights
        </Button>
      ) : null}
    </div>
  );
}
