import { ArrowLeft } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { Button } from './button';
import styles from './place.module.css';

export interface PlaceProps {
  /** Of the main element; its heading has the id `<id>-title`. */
  readonly id: string;
  readonly title: string;
  /** Its heading, which may take the focus. */
  readonly heading?: Ref<HTMLHeadingElement>;
  /** Beside the heading. */
  readonly tools?: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A view in place of the lab: the way back, its name, and what it shows. */
export function Place({ id, title, heading, tools, onClose, children }: PlaceProps) {
  return (
    <main className={styles.place} id={id} tabIndex={-1} aria-labelledby={`${id}-title`}>
      <header className={styles.head}>
        <Button variant="quiet" small onPress={onClose}>
          <ArrowLeft size={14} aria-hidden />
          Back to the lab
        </Button>
        <h2 ref={heading} id={`${id}-title`} tabIndex={-1}>
          {title}
        </h2>
        {tools}
      </header>
      {children}
    </main>
  );
}
