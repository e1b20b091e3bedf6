import { useEffect, useRef, useState } from 'react';
import { axisNames } from '../../experiment/sweep/axis-names';
import { count, fixed, times } from '../../numerics/measures/number-words';
import type { HeldSweep } from '../../state/sweep/sweep-store';
import { Button } from '../../ui/button';
import styles from './sweep.module.css';
import { accuracyWords, pointState } from './sweep-words';

/** Rows that are drawn until all are asked for. */
const FIRST = 100;

interface Props {
  readonly held: HeldSweep;
  /** Ids of points that are pointed at in the picture. */
  readonly pointed: readonly string[];
  /** Those that the picture's brush and legend leave; null for all. */
  readonly left: readonly string[] | null;
  readonly onPoint: (ids: readonly string[] | null) => void;
  readonly onOpen: (index: number) => void;
}

/** Every point of a sweep by what differs, and its result. What is pointed at is marked here and in the picture. */
export function PointsTable({ held, pointed, left, onPoint, onOpen }: Props) {
  const [all, setAll] = useState(false);
  const body = useRef<HTMLTableSectionElement>(null);
  const entered = useRef(false);
  useEffect(() => {
    // What is pointed at here is in sight.
    if (entered.current || pointed.length === 0) return;
    showRow(body.current?.querySelector<HTMLElement>('[data-pointed]'));
  }, [pointed]);
  const { kept, points, runs } = held;
  const { axes, experiment } = kept.sweep;
  const names = axisNames(experiment);
  const rows = left === null ? points : points.filter(({ index }) => left.includes(String(index)));
  const shown = all ? rows : rows.slice(0, FIRST);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys. */}
      <section className={styles.scroll} aria-label="Runs of the sweep" tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              {axes.map((axis) => (
                <th key={axis.paths.join()} scope="col">
                  {names.head(axis)}
                </th>
              ))}
              <th scope="col">Test accuracy</th>
              <th scope="col">Bits per weight</th>
              <th scope="col">Times smaller</th>
              <th scope="col">State</th>
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
            {shown.map(({ index, ticks }) => {
              const run = runs[index];
              const ledger = run?.record.ledger;
              const name = axes.map((axis, a) => names.tick(axis, ticks[a] ?? 0));
              return (
                <tr
                  key={index}
                  data-pointed={pointed.includes(String(index)) || undefined}
                  onPointerEnter={() => onPoint([String(index)])}
                  onFocus={() => onPoint([String(index)])}
                  onBlur={() => onPoint(null)}
                >
                  {name.map((text, a) => (
                    <td key={axes[a]?.paths.join()}>{text}</td>
                  ))}
                  <td>{run ? accuracyWords(run.record.testAccuracy) : '–'}</td>
                  <td>{ledger ? fixed(ledger.totalBits / ledger.weights, 2) : '–'}</td>
                  <td>{ledger ? times(ledger.denseBits / ledger.totalBits) : '–'}</td>
                  <td className={styles.state}>
                    {run ? (
                      <Button small variant="quiet" label={`Open run ${index + 1}: ${name.join(', ')}`} onPress={() => onOpen(index)}>
                        Open
                      </Button>
                    ) : (
                      pointState(held, index)
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
      {shown.length < rows.length ? (
        <div>
          <Button small onPress={() => setAll(true)}>
            Show all {count(rows.length)} runs
          </Button>
        </div>
      ) : null}
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
