import type { ReactNode } from 'react';
import { percent } from '../../numerics/measures/number-words';
import { colourOf } from './ledger-colours';
import { ledgerGroups } from './ledger-layout';
import styles from './pipeline-chart.module.css';
import { barHeight, changeWords, type PipelineStep, sizeWords, stepSentence } from './pipeline-layout';

interface Props {
  readonly steps: readonly PipelineStep[];
  /** Number of the step whose layers are shown below. */
  readonly selected: number;
  readonly onSelect: (step: number) => void;
  /** What can be done after a step. */
  readonly tools?: (step: PipelineStep) => ReactNode;
}

/** A program from left to right: after each step the file as a bar, its bytes, and the accuracy. */
export function PipelineChart({ steps, selected, onSelect, tools }: Props) {
  return (
    <ol className={styles.steps} aria-label="Steps of the program">
      {steps.map((step, i) => (
        <li key={step.step} className={styles.step} data-selected={step.step === selected || undefined}>
          <button
            type="button"
            className={styles.press}
            aria-pressed={step.step === selected}
            aria-label={stepSentence(step)}
            disabled={!step.ledger}
            onClick={() => onSelect(step.step)}
          >
            <span className={styles.name}>
              {step.mark} {step.name}
            </span>
            <span className={styles.words}>{step.words}</span>
            <Bar step={step} steps={steps} />
            {step.ledger && step.accuracy !== null ? (
              <>
                <strong className={styles.size}>{sizeWords(step.ledger)}</strong>
                <span className={styles.change}>{changeWords(step, steps[i - 1])}</span>
                <span className={styles.accuracy}>{percent(step.accuracy, 2)} test accuracy</span>
              </>
            ) : (
              <span className={styles.change}>not run yet</span>
            )}
          </button>
          {tools?.(step)}
        </li>
      ))}
    </ol>
  );
}

function Bar({ step, steps }: { readonly step: PipelineStep; readonly steps: readonly PipelineStep[] }) {
  const groups = step.ledger ? ledgerGroups(step.ledger) : [];
  return (
    <span className={styles.well} aria-hidden="true">
      <span className={styles.bar} style={{ blockSize: `${100 * barHeight(step, steps)}%` }}>
        {groups.map(({ kind, share }) => (
          <span key={kind} style={{ flexGrow: share, background: colourOf(kind) }} />
        ))}
      </span>
    </span>
  );
}
