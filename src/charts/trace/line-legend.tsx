import styles from './live-trace.module.css';
import type { BesideTrace } from './trace-words';

/** Which line is which: the run on the screen, the one beside it, and the pinned baseline. */
export function LineLegend({ beside, ghost }: { readonly beside: BesideTrace | null; readonly ghost: boolean }) {
  return (
    <>
      {beside && (
        <>
          <span className={styles.named}>
            <Line /> {beside.own ?? 'this run'}
          </span>{' '}
          <span className={styles.named}>
            <Line dashed /> {beside.label}
          </span>{' '}
        </>
      )}
      {ghost ? (
        <span className={styles.named}>
          <Line dashed ghost /> baseline
        </span>
      ) : null}
    </>
  );
}

function Line({ dashed = false, ghost = false }: { readonly dashed?: boolean; readonly ghost?: boolean }) {
  return (
    <svg className={ghost ? styles.ghost : styles.line} width="22" height="8" aria-hidden="true">
      <path d="M0 4H22" strokeDasharray={dashed ? '5 4' : undefined} />
    </svg>
  );
}
