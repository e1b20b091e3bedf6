import { ArrowDown, ArrowUp } from 'lucide-react';
import type { Sorting, SortKey } from './settings';
import styles from './sweep.module.css';

interface Props {
  readonly by: SortKey;
  readonly sorting: Sorting | null;
  readonly onSorting: (sorting: Sorting | null) => void;
  readonly children: string;
}

/** The head of a column: sorts by it, first the largest, then the smallest, then as it was. Axes begin with the smallest. */
export function SortHead({ by, sorting, onSorting, children }: Props) {
  const down = sorting?.by === by ? sorting.down : null;
  const begins = typeof by !== 'number';
  const next = down === null ? { by, down: begins } : down === begins ? { by, down: !begins } : null;
  return (
    <th scope="col" aria-sort={down === null ? 'none' : down ? 'descending' : 'ascending'}>
      <button type="button" className={styles.sort} onClick={() => onSorting(next)}>
        {children}
        {down === null ? null : down ? <ArrowDown size={12} aria-hidden /> : <ArrowUp size={12} aria-hidden />}
      </button>
    </th>
  );
}
