import styles from './legend.module.css';

export type Mark = 'latent' | 'stored' | 'zero' | 'structure' | 'overhead';

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

/** Of a layer's weights: what is trained, and what is stored where that is something else. */
export function weightsLegend({ stored }: { readonly stored: object | null }): readonly (readonly [Mark, string])[] {
  return stored
    ? [
        ['latent', 'while training'],
        ['stored', 'in the file'],
      ]
    : [['latent', 'float']];
}
