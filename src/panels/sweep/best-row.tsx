import { fixed } from '../../numerics/measures/number-words';
import { Select } from '../../ui/select';
import type { Setting } from './settings';
import styles from './sweep.module.css';
import { accuracyWords } from './sweep-words';

interface Props {
  /** Sizes that may be asked for, ascending; not empty. */
  readonly limits: readonly number[];
  readonly limit: number;
  readonly onLimit: (limit: number) => void;
  readonly best: Setting | undefined;
  /** What a setting is called. */
  readonly nameOf: (setting: Setting) => string;
}

/** "Best at most [4.05] bits per weight: 97.3 % ± 0.1, with Bits 4." */
export function BestRow({ limits, limit, onLimit, best, nameOf }: Props) {
  const spread = best && best.spread >= 0 ? ` ± ${fixed(best.spread * 100, 2)}` : '';
  return (
    <div className={styles.best}>
      <span aria-hidden="true">Best at most</span>
      <Select
        label="Best at most"
        options={limits.map((value) => ({ value: String(value), label: `${fixed(value, 2)} bits per weight` }))}
        value={String(limit)}
        onChange={(value) => onLimit(Number(value))}
      />
      {best ? (
        <span role="status">
          <strong>
            {accuracyWords(best.accuracy)}
            {spread}
          </strong>{' '}
          with {nameOf(best)}
        </span>
      ) : null}
    </div>
  );
}
