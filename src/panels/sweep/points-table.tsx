import { useState } from 'react';
import { count, fixed, times } from '../../numerics/format';
import type { HeldSweep } from '../../state/sweep-store';
import { Button } from '../../ui/button';
import styles from './sweep.module.css';
import { accuracyWords, axisNames, pointState } from './sweep-words';

/** Rows that are drawn until all are asked for. */
const FIRST = 100;

/** Every point of a sweep by what differs, and what came of it. */
export function PointsTable({ held, onOpen }: { readonly held: HeldSweep; readonly onOpen: (index: number) => void }) {
  const [all, setAll] = useState(false);
  const { kept, points, runs } = held;
  const { axes, experiment } = kept.sweep;
  const names = axisNames(experiment);
  const shown = all ? points : points.slice(0, FIRST);
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
          <tbody>
            {shown.map(({ index, places }) => {
              const run = runs[index];
              const ledger = run?.record.ledger;
              const name = axes.map((axis, a) => names.place(axis, places[a] ?? 0));
              return (
                <tr key={index}>
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
      {shown.length < points.length ? (
        <div>
          <Button small onPress={() => setAll(true)}>
            Show all {count(points.length)} runs
          </Button>
        </div>
      ) : null}
    </>
  );
}
