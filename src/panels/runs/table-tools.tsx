import { ChevronDown, Search } from 'lucide-react';
import { plural } from '../../numerics/measures/number-words';
import { Button } from '../../ui/button';
import { CheckMenu } from '../../ui/check-menu';
import { Select } from '../../ui/select';
import { Switch } from '../../ui/switch';
import { columns } from './columns';
import styles from './runs.module.css';
import { chooseTable, sortBy, useTableChoice } from './table-choice';

interface Props {
  readonly filter: string;
  readonly onFilter: (text: string) => void;
  /** Runs that are listed, and all. */
  readonly listed: number;
  readonly all: number;
}

/** What of the runs is listed, and how. */
export function TableTools({ filter, onFilter, listed, all }: Props) {
  const { columns: chosen, order, bySeed } = useTableChoice();
  return (
    <div className={styles.tools}>
      <label className={styles.filter}>
        <Search size={14} aria-hidden />
        <input
          type="search"
          aria-label="List runs that contain"
          placeholder="Filter: lsq 2 bits"
          autoComplete="off"
          spellCheck={false}
          value={filter}
          onChange={(event) => onFilter(event.target.value)}
        />
      </label>
      <Switch on={bySeed} onChange={(on) => chooseTable({ bySeed: on })}>
        Group by seed
      </Switch>
      <span className={styles.wideOnly}>
        <CheckMenu
          label="Columns"
          trigger={
            <Button small>
              Columns
              <ChevronDown size={13} aria-hidden />
            </Button>
          }
          groups={[{ name: 'Columns', entries: columns.map(({ id, label }) => ({ id, label })) }]}
          chosen={chosen}
          onChange={(ids) => chooseTable({ columns: columns.filter(({ id }) => ids.includes(id)).map(({ id }) => id) })}
        />
      </span>
      <span className={styles.narrowOnly}>
        <Select
          label="Sorted by"
          options={[{ value: 'name', label: 'Run' }, ...columns.map(({ id, label }) => ({ value: id, label }))]}
          value={order.by}
          onChange={sortBy}
        />
      </span>
      <span className={styles.listed} role="status">
        {listed === all ? plural(all, 'run') : `${listed} of ${plural(all, 'run')}`}
      </span>
    </div>
  );
}
