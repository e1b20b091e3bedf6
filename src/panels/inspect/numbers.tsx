import type { BackendInfo, StageSummary } from '../../experiment/types/events';
import { bytesShort, circled, count, duration, fixed, percent, significant } from '../../numerics/measures/number-words';
import styles from './numbers.module.css';

export interface NumbersProps {
  /** Finished stages in order. */
  readonly summaries: readonly StageSummary[];
  /** Number and sentence of each step of the run; may be empty. */
  readonly stages: readonly string[];
  /** Weights of the model; 0 while unknown. */
  readonly weights: number;
  /** SHA-256 of model file and test predictions; null until the run is done. */
  readonly digest: string | null;
  readonly backend: BackendInfo | null;
}

/** The figures of every finished stage, and what identifies the run. */
export function Numbers({ summaries, stages, weights, digest, backend }: NumbersProps) {
  return (
    <div className={styles.numbers}>
      {summaries.length === 0 && <p className={styles.note}>The figures of each finished stage are listed here.</p>}
      {summaries.map((s) => (
        <section key={s.stage} className={styles.stage}>
          <h3>{stages[s.stage] || `${circled(s.stage + 1)} ${s.kind}`}</h3>
          <dl>
            {stageFigures(s, weights).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <section className={styles.stage}>
        <h3>This run</h3>
        <dl>
          <div>
            <dt>backend</dt>
            <dd>{backend ? [backend.name, backend.adapter].filter(Boolean).join(' · ') : '–'}</dd>
          </div>
          <div>
            <dt title="SHA-256 of the model file and the test predictions: equal digests, equal results">digest</dt>
            <dd className={styles.digest}>{digest ?? 'when the run is done'}</dd>
          </div>
        </dl>
        {backend?.reasons.map((reason) => (
          <p key={reason} className={styles.note}>
            {reason}
          </p>
        ))}
      </section>
    </div>
  );
}

/** Names and values of a stage's figures. */
export function stageFigures(summary: StageSummary, weights: number): readonly (readonly [string, string])[] {
  return [
    ['test accuracy', percent(summary.testAccuracy, 2)],
    ['validation accuracy', percent(summary.valAccuracy, 2)],
    ['test loss', significant(summary.testLoss)],
    ['training steps', count(summary.steps)],
    ['model file', `${count(summary.totalBits)} bits, ${bytesShort(summary.totalBits / 8)}`],
    ['bits per weight', weights > 0 ? fixed(summary.totalBits / weights, 3) : '–'],
    ...Object.entries(summary.zeroUpdates ?? {}).map(([name, share]) => [`${name}: unchanged by the last step`, percent(share)] as const),
    ['time', duration(summary.seconds)],
  ];
}
