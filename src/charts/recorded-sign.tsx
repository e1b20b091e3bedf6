import { createContext } from 'react';
import styles from './recorded-sign.module.css';

/** Whether the pictures inside are of a run that was made earlier: each of them then says so. */
export const RecordedPictures = createContext(false);

/** The hatching and the word by which everything recorded is known. @param tight no room for the word: readers hear it, a pointer shows it */
export function RecordedSign({ children = 'recorded', tight = false }: { readonly children?: string; readonly tight?: boolean }) {
  return (
    <span className={styles.sign} title={tight ? children : undefined}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        <path d="M0 4L4 0M0 8L8 0M0 12L12 0M4 12L12 4M8 12L12 8" />
      </svg>
      <span className={tight ? 'visually-hidden' : undefined}>{children}</span>
    </span>
  );
}
