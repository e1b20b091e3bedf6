import { createContext } from 'react';
import styles from './recorded-sign.module.css';

/** Whether the pictures inside are of a run that was made earlier: each of them then says so. */
export const RecordedPictures = createContext(false);

/** The hatching and the word by which everything recorded is known. */
export function RecordedSign({ children = 'recorded' }: { readonly children?: string }) {
  return (
    <span className={styles.sign}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        <path d="M0 4L4 0M0 8L8 0M0 12L12 0M4 12L12 4M8 12L12 8" />
      </svg>
      {children}
    </span>
  );
}
