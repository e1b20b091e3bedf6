import { Check, X } from 'lucide-react';
import { useEffect } from 'react';
import { count, percent } from '../../numerics/measures/number-words';
import { edit, useExperiment } from '../../state/experiment/experiment-store';
import { play } from '../../state/lab';
import { whenLent } from '../../state/recorded/lend-weights';
import { seekRecorded } from '../../state/recorded/recorded-player';
import { hasLeft, useRecorded, useShownRun } from '../../state/recorded/recorded-run';
import { useRun } from '../../state/run/run-store';
import { dismissFirstMinute, noteTry, useFirstMinute } from '../../state/ui/first-minute';
import { Button } from '../../ui/button';
import styles from './first-minute.module.css';
import { isFirstProgram, resultOf, resultWords, tries, tryOf } from './tries';

/** What this page is, and three tries that show it, for somebody who has never heard of quantization. */
export function FirstMinute() {
  const experiment = useExperiment((s) => s.experiment);
  const { dismissed } = useFirstMinute();
  useResults();
  return dismissed || !isFirstProgram(experiment) ? null : <Introduction />;
}

/** Writes what was measured into its try, whoever asked for it. */
function useResults(): void {
  const record = useRun((s) => s.record);
  const recorded = useRecorded((s) => s.shown?.run.record ?? null);
  useEffect(() => {
    for (const one of [recorded, record]) {
      const index = one ? tryOf(one.experiment) : -1;
      if (one && index >= 0) noteTry(index, resultOf(one, one === recorded));
    }
  }, [record, recorded]);
}

function Introduction() {
  const { results } = useFirstMinute();
  const experiment = useExperiment((s) => s.experiment);
  const weights = useShownRun((s) => s.ledger?.weights ?? 0);
  const float = useShownRun((s) => s.summaries[0]?.testAccuracy ?? null);
  const chosen = tryOf(experiment);
  const next = tries.findIndex((_, index) => !results[index]);
  return (
    <section className={styles.first} aria-labelledby="first-minute">
      <div className={styles.words}>
        <h2 id="first-minute">How few bits does a neural network need?</h2>
        <p>
          This one reads handwritten digits{float === null ? '' : `, ${percent(float)} of them correctly`}. Each of its{' '}
          {weights > 0 ? count(weights) : 'many'} weights takes 32 bits. Store them in fewer, and see what it can still read.
        </p>
        <Button
          small
          icon
          variant="quiet"
          className={styles.close}
          label="Close the introduction"
          tip="Close it; Experiments brings it back"
          onPress={() => dismissFirstMinute(true)}
        >
          <X size={14} aria-hidden />
        </Button>
      </div>
      <ol className={styles.tries}>
        {tries.map(({ label }, index) => (
          <li key={label}>
            <button
              type="button"
              className={styles.try}
              data-next={index === next || undefined}
              aria-current={index === chosen || undefined}
              onClick={() => attempt(index)}
            >
              <span className={styles.number}>{results[index] ? <Check size={14} aria-label="done" /> : index + 1}</span>
              <span>
                <strong>{label}</strong>
                <Answer index={index} chosen={index === chosen} />
              </span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Answer({ index, chosen }: { readonly index: number; readonly chosen: boolean }) {
  const result = useFirstMinute((s) => s.results[index]);
  const running = useRun((s) => s.status === 'running' || s.status === 'loading' || s.queued);
  const progress = useRun((s) => s.progress);
  if (result) return <span className={`${styles.answer} tabular`}>{resultWords(result)}</span>;
  if (!chosen || !running) return <span className={styles.answer}>not tried yet</span>;
  const steps = progress && progress.steps > 0 ? `step ${count(progress.step)} of ${count(progress.steps)}` : 'measuring';
  return <span className={`${styles.answer} tabular`}>{steps}</span>;
}

/** Makes the try the experiment on the screen, and sees to it that it is measured. */
async function attempt(index: number): Promise<void> {
  const experiment = tries[index]?.experiment;
  if (!experiment) return;
  edit({ ...experiment, name: useExperiment.getState().experiment.name });
  const { shown } = useRecorded.getState();
  if (index === 0 && shown) {
    seekRecorded(shown.moments.length - 1);
    return;
  }
  const lent = await whenLent();
  const now = useExperiment.getState().experiment;
  // Stages that do not train run at once, if those before them are there. Recorded ones are not any more once they are trained here.
  const isThere = useRun.getState().summaries[0] !== undefined || (lent && !hasLeft(tries[0]?.experiment ?? experiment));
  if (tryOf(now) === index && (index === tries.length - 1 || !isThere)) play();
}
