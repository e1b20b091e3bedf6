import type { ReactNode } from 'react';
import styles from './labs.module.css';

/** A lab: a sentence, controls in a row, pictures. */
export function Lab({ intro, controls, children }: { readonly intro: string; readonly controls: ReactNode; readonly children: ReactNode }) {
  return (
    <div className={styles.lab}>
      <p className={styles.intro}>{intro}</p>
      <div className={styles.controls}>{controls}</div>
      {children}
    </div>
  );
}

/** A control under its name. The control carries the name for readers itself. */
export function Control({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={styles.control}>
      <span className={styles.controlName} aria-hidden="true">
        {label}
      </span>
      {children}
    </div>
  );
}
