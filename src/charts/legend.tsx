import styles from './legend.module.css';

export type Mark = 'latent' | 'stored' | 'zero' | 'structure' | 'overhead' | 'ghost';

/** Colour chips with their words. */
export function Legend({ items }: { items: readonly (readonly [mark: Mark, text: string])[] }) {
  return (
    <span className={styles.legend}>
      {items.map(([mark, text]) => (
        <span key={text} className={styles.item}>
          <span className={styles.chip} style={{ background: `var(--${mark})` }} />
          {text}
        </span>
      ))}
    </span>
  );
}
