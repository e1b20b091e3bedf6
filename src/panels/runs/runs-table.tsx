import { ArrowDown, ArrowUp, ChevronDown, ChevronRight } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { KeptRun } from '../../experiment/results/kept-run';
import { plural } from '../../numerics/measures/number-words';
import { Button } from '../../ui/button';
import type { Column } from './columns';
import { type Order, type RunGroup, spreadOf } from './listed-runs';
import styles from './runs.module.css';
import { sortBy } from './table-choice';

interface Props {
  readonly groups: readonly RunGroup[];
  readonly columns: readonly Column[];
  readonly order: Order;
  /** The row of a run. @param nested within a group that has a row of its own */
  readonly row: (run: KeptRun, title: string, nested: boolean) => ReactNode;
  readonly names: ReadonlyMap<string, string>;
}

/** Groups that are drawn at first, and with each press: hundreds of rows take longer than a frame. */
const PAGE = 40;

/** Saved runs as a table: a row each, or a row for each group of seeds, which unfolds. */
export function RunsTable({ groups, columns, order, row, names }: Props) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [pages, setPages] = useState(1);
  const shown = groups.slice(0, pages * PAGE);
  const toggle = (key: string) => setOpen(open.has(key) ? new Set([...open].filter((one) => one !== key)) : new Set([...open, key]));
  return (
    <>
      <table className={styles.table} aria-label="Saved runs">
        <thead>
          <tr>
            <td />
            <Head id="name" label="Run" order={order} />
            {columns.map(({ id, label }) => (
              <Head key={id} id={id} label={label} order={order} wide />
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {shown.map((group) => {
            const [first] = group.runs;
            if (group.runs.length === 1 && first) return row(first, group.title, false);
            return (
              <GroupRows key={group.key} group={group} columns={columns} open={open.has(group.key)} onToggle={() => toggle(group.key)}>
                {group.runs.map((run) => row(run, names.get(run.id) ?? '', true))}
              </GroupRows>
            );
          })}
        </tbody>
      </table>
      {shown.length < groups.length ? (
        <div>
          <Button small onPress={() => setPages(pages + 1)}>
            Show more ({groups.length - shown.length})
          </Button>
        </div>
      ) : null}
    </>
  );
}

interface HeadProps {
  readonly id: string;
  readonly label: string;
  readonly order: Order;
  /** Not on a phone. */
  readonly wide?: boolean;
}

function Head({ id, label, order, wide = false }: HeadProps) {
  const isSorted = order.by === id;
  const Arrow = order.descending ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={isSorted ? (order.descending ? 'descending' : 'ascending') : 'none'}
      className={wide ? styles.figure : undefined}
    >
      <button type="button" className={styles.sort} onClick={() => sortBy(id)}>
        {isSorted ? <Arrow size={12} aria-hidden /> : null}
        {label}
      </button>
    </th>
  );
}

interface GroupProps {
  readonly group: RunGroup;
  readonly columns: readonly Column[];
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly children: ReactNode;
}

/** The mean of a group and its spread over seeds; its runs where it is unfolded. */
function GroupRows({ group, columns, open, onToggle, children }: GroupProps) {
  const { title, runs } = group;
  const figures = columns.map((column) => ({ column, text: spreadText(runs, column) }));
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <>
      <tr className={styles.group}>
        <td />
        <th scope="row" className={styles.what}>
          <button type="button" className={styles.fold} aria-expanded={open} onClick={onToggle}>
            <Chevron size={14} aria-hidden />
            <strong>{title}</strong>
            <span className={styles.count}>{plural(runs.length, 'seed')}</span>
          </button>
          <Narrow texts={figures.map(({ column, text }) => [column.label, text])} />
        </th>
        {figures.map(({ column, text }) => (
          <td key={column.id} className={styles.figure}>
            {text}
          </td>
        ))}
        <td />
      </tr>
      {open ? children : null}
    </>
  );
}

/** "97.61 % ± 0.12 %"; the texts of all where they are short. */
function spreadText(runs: readonly KeptRun[], column: Column): string {
  const spread = spreadOf(runs, column);
  if (spread && column.figure) {
    return spread.sd === 0 ? column.figure(spread.mean) : `${column.figure(spread.mean)} ± ${column.figure(spread.sd)}`;
  }
  const texts = [...new Set(runs.map(column.text))];
  const all = texts.join(', ');
  return texts.length === 1 || all.length <= 12 ? all : '–';
}

/** The figures of a row under its name, where there is no room for columns. */
export function Narrow({ texts }: { readonly texts: readonly (readonly [label: string, text: string])[] }) {
  return (
    <span className={styles.narrow}>
      {texts.map(([label, text]) => (
        <span key={label}>
          {label} <b>{text}</b>
        </span>
      ))}
    </span>
  );
}
