import { type CSSProperties, type KeyboardEvent, useRef, useState } from 'react';
import { fixed, percent } from '../../numerics/measures/number-words';
import { ChartFrame } from '../shared/chart-frame';
import { type Confusion, cell, cellReadout, classRow, confusionSummary, heat, largestError, movedCell, shortCount } from './confusion';
import styles from './confusion-matrix.module.css';

export type CellChoice = readonly [truth: number, predicted: number];

interface Props {
  readonly confusion: Confusion | null;
  readonly subtitle?: string;
  readonly selected: CellChoice | null;
  readonly onSelect: (cell: CellChoice | null) => void;
}

const GHOST = 'M0 0H100V60H0Z M20 0V60 M40 0V60 M60 0V60 M80 0V60 M0 12H100 M0 24H100 M0 36H100 M0 48H100';

/** True classes in rows, predicted ones in columns; only errors are tinted. A chosen cell picks the wrong images shown elsewhere. */
export function ConfusionMatrix({ confusion, subtitle = 'rows: true; columns: predicted', selected, onSelect }: Props) {
  const [held, setHeld] = useState<CellChoice | null>(null);
  return (
    <ChartFrame
      height="content"
      title="Confusion"
      subtitle={subtitle}
      summary={confusion ? confusionSummary(confusion) : ''}
      readout={confusion && held ? cellReadout(confusion, held[0], held[1]) : null}
      table={() => ({
        head: ['true class', ...(confusion?.classes ?? [])],
        rows: confusion
          ? confusion.classes.map((name, t) => [name, ...confusion.classes.map((_, p) => String(cell(confusion, t, p)))])
          : [],
      })}
      empty={
        confusion
          ? undefined
          : { text: 'Which class is predicted for which: counted on the test images when a stage is done.', ghost: GHOST }
      }
    >
      {confusion && <Grid confusion={confusion} selected={selected} onSelect={onSelect} onHold={setHeld} />}
    </ChartFrame>
  );
}

interface GridProps {
  readonly confusion: Confusion;
  readonly selected: CellChoice | null;
  readonly onSelect: (cell: CellChoice | null) => void;
  readonly onHold: (cell: CellChoice | null) => void;
}

function Grid({ confusion, selected, onSelect, onHold }: GridProps) {
  const table = useRef<HTMLTableElement>(null);
  // The one cell that Tab reaches; arrow keys move it.
  const [active, setActive] = useState<CellChoice>([0, 0]);
  const { classes } = confusion;
  const largest = largestError(confusion);
  const long = classes.some((name) => name.length > 2);

  const onKeyDown = (event: KeyboardEvent) => {
    const next = movedCell(event.key, active, classes.length);
    if (next) {
      event.preventDefault();
      setActive(next);
      table.current?.querySelector<HTMLElement>(`[data-cell="${next[0]},${next[1]}"]`)?.focus();
    } else if (event.key === 'Escape' && selected) {
      onSelect(null);
    }
  };

  return (
    <table ref={table} className={styles.matrix} data-long={long || undefined} onPointerLeave={() => onHold(null)} onKeyDown={onKeyDown}>
      <thead>
        <tr>
          <td />
          {classes.map((name) => (
            <th key={name} scope="col" title={name}>
              {name.slice(0, 3)}
            </th>
          ))}
          <th scope="col" className={styles.barHead}>
            right
          </th>
        </tr>
      </thead>
      <tbody>
        {classes.map((name, truth) => {
          const row = classRow(confusion, truth);
          return (
            <tr key={name}>
              <th scope="row" title={name}>
                {name.slice(0, 4)}
              </th>
              {classes.map((other, predicted) => {
                const n = cell(confusion, truth, predicted);
                const tint = truth === predicted ? 0 : heat(n, largest);
                const chosen = selected?.[0] === truth && selected[1] === predicted;
                return (
                  <td key={other}>
                    <button
                      type="button"
                      className={truth === predicted ? styles.right : styles.cell}
                      style={{ '--heat': `${Math.round(tint * 100)}%` } as CSSProperties}
                      data-dark={tint > 0.5 || undefined}
                      data-cell={`${truth},${predicted}`}
                      tabIndex={active[0] === truth && active[1] === predicted ? 0 : -1}
                      aria-pressed={chosen}
                      aria-label={cellReadout(confusion, truth, predicted)}
                      onPointerEnter={() => onHold([truth, predicted])}
                      onFocus={() => {
                        setActive([truth, predicted]);
                        onHold([truth, predicted]);
                      }}
                      onBlur={() => onHold(null)}
                      onClick={() => onSelect(chosen ? null : [truth, predicted])}
                    >
                      {n === 0 ? '' : shortCount(n)}
                    </button>
                  </td>
                );
              })}
              <td className={styles.barCell} title={`${name}: ${percent(row.accuracy)} right`}>
                <span className={styles.track}>
                  <span className={styles.bar} style={{ width: `${(row.accuracy || 0) * 100}%` }} />
                </span>
                <span className={styles.barText}>{fixed(row.accuracy * 100, 1)}</span>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
