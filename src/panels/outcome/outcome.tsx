import { Archive, GitCompareArrows, Pin, PinOff } from 'lucide-react';
import { parsePassport } from '../../experiment/results/passport';
import { useExperiment } from '../../state/experiment-store';
import { useRun } from '../../state/run-store';
import { pinBaseline, useRuns } from '../../state/runs-store';
import { Button } from '../../ui/button';
import { runTitle } from '../run-title';
import styles from './outcome.module.css';
import { outcomeWords } from './outcome-words';

/** What came of a run: whether it is what the link promised, that it is kept, and what it can be compared with. */
export function Outcome({ onCompare }: { readonly onCompare: (baseline: string, run: string) => void }) {
  return (
    <div className={styles.outcome}>
      <Verdict />
      <Kept onCompare={onCompare} />
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

function Kept({ onCompare }: { readonly onCompare: (baseline: string, run: string) => void }) {
  const record = useRun((s) => s.record);
  const { latest, baseline, unsaved, runs } = useRuns();
  if (!record || !latest) return null;
  const pinned = baseline === latest;
  const other = pinned ? undefined : runs?.find(({ id }) => id === baseline);
  return (
    <div className={styles.kept}>
      <span className={styles.where}>
        <Archive size={13} aria-hidden />
        {unsaved.has(latest) ? 'Kept in this page only' : 'Kept in Runs'}
      </span>
      <Button small variant="quiet" onPress={() => pinBaseline(pinned ? null : latest)}>
        {pinned ? <PinOff size={13} aria-hidden /> : <Pin size={13} aria-hidden />}
        {pinned ? 'Unpin the baseline' : 'Pin as baseline'}
      </Button>
      {other ? (
        <Button small variant="quiet" onPress={() => onCompare(other.id, latest)} tip={`The baseline is ${runTitle(other)}`}>
          <GitCompareArrows size={13} aria-hidden />
          Compare with the baseline
        </Button>
      ) : null}
    </div>
  );
}
