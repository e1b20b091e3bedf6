import { useEffect, useMemo, useRef, useState } from 'react';
import { axisNames } from '../../experiment/sweep/axis-names';
import { axisScale } from '../../experiment/sweep/axis-scale';
import { count, plural } from '../../numerics/measures/number-words';
import type { HeldSweep } from '../../state/sweep/sweep-store';
import { Button } from '../../ui/button';
import { groupAxes } from './picture';
import { SettingRows } from './setting-rows';
import { type Setting, type Sorting, type SortKey, sortedSettings } from './settings';
import { SortHead } from './sort-head';
import styles from './sweep.module.css';

/** Rows that are drawn until all are asked for. */
const FIRST = 100;

interface Props {
  readonly held: HeldSweep;
  readonly settings: readonly Setting[];
  /** Keys of the settings on the front, and of the best at most so many bits; '' for none. */
  readonly front: ReadonlySet<string>;
  readonly best: string;
  /** Ids of points that are pointed at in the picture. */
  readonly pointed: readonly string[];
  /** Those that the picture's brush and legend leave; null for all. */
  readonly left: readonly string[] | null;
  readonly onPoint: (ids: readonly string[] | null) => void;
  readonly onOpen: (index: number) => void;
}

/** A row for each setting with mean and standard deviation over its seeds, which unfolds into single runs; sorted by any column. */
export function SettingsTable({ held, settings, front, best, pointed, left, onPoint, onOpen }: Props) {
  const [all, setAll] = useState(false);
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const body = useRef<HTMLTableSectionElement>(null);
  const entered = useRef(false);
  useEffect(() => {
    // What is pointed at here is in sight.
    if (entered.current || pointed.length === 0) return;
    showRow(body.current?.querySelector<HTMLElement>('[data-pointed]'));
  }, [pointed]);
  const { axes, experiment } = held.kept.sweep;
  const { head } = axisNames(experiment);
  const groups = groupAxes(axes);
  const seeds = groups.length < axes.length;
  const rows = useMemo(() => {
    const allowed = left === null ? settings : settings.filter(({ indices }) => indices.some((index) => left.includes(String(index))));
    const places = axes.map((axis) => axisScale(axis).positions);
    return sorting ? sortedSettings(allowed, sorting, (a, tick) => places[a]?.[tick] ?? 0) : allowed;
  }, [settings, left, sorting, axes]);
  const shown = all ? rows : rows.slice(0, FIRST);
  const unfolded = shown.length > 0 && shown.every(({ key }) => open.has(key));
  const columns: readonly (readonly [SortKey, string])[] = [
    ...groups.flatMap((a) => (axes[a] ? [[a, head(axes[a])] as const] : [])),
    ...(seeds ? [['n', 'n'] as const] : []),
    ['accuracy', seeds ? 'Mean test accuracy' : 'Test accuracy'],
    ...(seeds ? [['spread', 'Standard deviation'] as const] : []),
    ['bits', 'Bits per weight'],
    ['times', 'Times smaller'],
  ];
  const toggle = (key: string) => {
    const next = new Set(open);
    if (!next.delete(key)) next.add(key);
    setOpen(next);
  };
  return (
    <>
      {seeds ? (
        <div>
          <Button small onPress={() => setOpen(unfolded ? new Set() : new Set(rows.map(({ key }) => key)))}>
            {unfolded ? 'Fold all runs' : 'Show every run'}
          </Button>
        </div>
      ) : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys. */}
      <section className={styles.scroll} aria-label="Settings of the sweep" tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              {columns.map(([by, name]) => (
                <SortHead key={by} by={by} sorting={sorting} onSorting={setSorting}>
                  {name}
                </SortHead>
              ))}
              <th scope="col">Front</th>
              <td />
            </tr>
          </thead>
          <tbody
            ref={body}
            onPointerEnter={() => {
              entered.current = true;
            }}
            onPointerLeave={() => {
              entered.current = false;
              onPoint(null);
            }}
          >
            {shown.map((setting) => (
              <SettingRows
                key={setting.key}
                held={held}
                setting={setting}
                seeds={seeds}
                onFront={front.has(setting.key)}
                isBest={best === setting.key}
                open={open.has(setting.key)}
                pointed={pointed}
                onToggle={() => toggle(setting.key)}
                onPoint={onPoint}
                onOpen={onOpen}
              />
            ))}
          </tbody>
        </table>
      </section>
      {shown.length < rows.length ? (
        <div>
          <Button small onPress={() => setAll(true)}>
            Show all {count(rows.length)} settings
          </Button>
        </div>
      ) : null}
      {left === null ? null : <p className={styles.beside}>{plural(rows.length, 'setting')}, as the picture is filtered.</p>}
    </>
  );
}

/** Scrolls the table, and nothing around it, until the row is in sight below the head. */
function showRow(row: HTMLElement | null | undefined): void {
  const box = row?.closest('section');
  if (!row || !box) return;
  const head = row.offsetHeight;
  if (row.offsetTop - head < box.scrollTop) box.scrollTop = row.offsetTop - head;
  else if (row.offsetTop + row.offsetHeight > box.scrollTop + box.clientHeight)
    box.scrollTop = row.offsetTop + row.offsetHeight - box.clientHeight;
}
