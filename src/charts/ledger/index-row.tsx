import { type PointerEvent, type ReactNode, useMemo } from 'react';
import { count, plural } from '../../numerics/measures/number-words';
import { ChartFrame } from '../shared/chart-frame';
import { useSize } from '../shared/use-size';
import { useStepper } from '../shared/use-stepper';
import { entryReadout, type IndexRows, indexSentence } from './index-layout';
import styles from './index-row.module.css';

interface Props {
  readonly index: IndexRows;
  readonly row: number;
  readonly bits: number;
  readonly tools?: ReactNode;
}

const CELL = 22;
/** So many distances are written out; the table has all. */
const WRITTEN = 40;

/** A row of a pruned matrix, and its relative index written out: the distance to each kept weight, with fillers where it is too large. */
export function IndexRow({ index, row, bits, tools }: Props) {
  const entries = useMemo(() => index.entriesOf(row), [index, row]);
  const stepper = useStepper(entries.length);
  const held = stepper.index === null ? null : (entries[stepper.index] ?? null);
  const readout = held ? entryReadout(held) : null;
  const [ref, { width }] = useSize();
  const cell = width / index.columns;
  const summary = indexSentence(index, bits);
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const column = (event.clientX - box.left) / cell;
    const nearest = entries.reduce((best, entry, i) => {
      const other = entries[best];
      return other && Math.abs(other.column + 0.5 - column) <= Math.abs(entry.column + 0.5 - column) ? best : i;
    }, 0);
    stepper.set(entries.length > 0 && event.clientY - box.top <= CELL ? nearest : null);
  };
  return (
    <ChartFrame
      height="content"
      title="Relative index, written out"
      subtitle={`row ${count(row)}, ${plural(index.columns, 'column')}`}
      summary={summary}
      readout={readout}
      tools={tools}
      table={() => ({
        head: ['column', 'distance', 'stored bits', 'what'],
        rows: entries.map(({ column, gap, word, filler }) => [count(column), count(gap), word, filler ? 'filler' : 'kept weight']),
      })}
    >
      <div
        ref={ref}
        className={styles.row}
        {...stepper.props('Entries of the row; arrow keys step through them', readout ?? summary)}
        onPointerMove={onPointerMove}
      >
        {width > 0 && (
          <svg aria-hidden="true" className={styles.svg} width={width} height={CELL}>
            <rect className={styles.zeros} x={0} y={0} width={width} height={CELL} />
            {entries.map(({ column, filler }, i) => (
              <rect
                key={column}
                className={`${filler ? styles.filler : styles.kept} ${stepper.index === null || stepper.index === i ? '' : styles.dimmed}`}
                x={column * cell}
                y={0.5}
                width={Math.max(1.5, cell - (cell > 4 ? 1 : 0))}
                height={CELL - 1}
              />
            ))}
          </svg>
        )}
      </div>
      {entries.length === 0 ? (
        <p className={styles.none}>No weight of this row is kept.</p>
      ) : (
        <ol className={styles.entries}>
          {entries.slice(0, WRITTEN).map(({ column, gap, word, filler }, i) => (
            <li key={column} className={filler ? styles.isFiller : undefined} data-held={stepper.index === i || undefined}>
              <strong>+{gap}</strong>
              <code>{word}</code>
              <span>{filler ? 'filler' : `column ${column}`}</span>
            </li>
          ))}
          {entries.length > WRITTEN ? <li className={styles.more}>and {entries.length - WRITTEN} more</li> : null}
        </ol>
      )}
    </ChartFrame>
  );
}
