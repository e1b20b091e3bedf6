import { entryPositions, relativeIndex } from '../../numerics/coding/relative-index';
import { count, plural } from '../../numerics/measures/number-words';

/** An entry of a relative index that lies in the row that is shown. */
export interface IndexEntry {
  /** Column of the row. */
  readonly column: number;
  /** Distance to the entry before it, which may be in an earlier row. */
  readonly gap: number;
  /** gap − 1, as the bits that the file holds. */
  readonly word: string;
  readonly filler: boolean;
}

export interface IndexRows {
  readonly columns: number;
  readonly rows: number;
  /** Entries of each row, in order. */
  readonly entriesOf: (row: number) => readonly IndexEntry[];
  /** Fillers of each row. */
  readonly fillers: Int32Array;
  /** Entries of all rows, fillers included, and the fillers among them. */
  readonly entries: number;
  readonly fillerCount: number;
}

/** @param kept a byte for each element: 1 kept, 0 pruned  @param shape of the tensor; its last dimension makes the rows */
export function indexRows(kept: Uint8Array, shape: readonly number[], bits: number): IndexRows {
  const columns = shape.at(-1) ?? 1;
  const indices = Int32Array.from({ length: kept.reduce((sum, mark) => sum + mark, 0) });
  let next = 0;
  for (let i = 0; i < kept.length; i++) if (kept[i] === 1) indices[next++] = i;
  const index = relativeIndex(indices, bits);
  const positions = entryPositions(index.gaps);
  const rows = kept.length / columns;
  const fillers = new Int32Array(rows);
  const first = new Int32Array(rows + 1).fill(index.gaps.length);
  for (let entry = index.gaps.length - 1; entry >= 0; entry--) {
    const row = Math.floor((positions[entry] as number) / columns);
    first[row] = entry;
    fillers[row] = (fillers[row] as number) + (index.fillers[entry] as number);
  }
  for (let row = rows - 1; row >= 0; row--) first[row] = Math.min(first[row] as number, first[row + 1] as number);
  const entriesOf = (row: number) =>
    Array.from({ length: (first[row + 1] as number) - (first[row] as number) }, (_, i): IndexEntry => {
      const entry = (first[row] as number) + i;
      const stored = index.gaps[entry] as number;
      return {
        column: (positions[entry] as number) - row * columns,
        gap: stored + 1,
        word: stored.toString(2).padStart(bits, '0'),
        filler: index.fillers[entry] === 1,
      };
    });
  return { columns, rows, entriesOf, fillers, entries: index.gaps.length, fillerCount: fillers.reduce((a, b) => a + b, 0) };
}

export function indexSentence({ entries, fillerCount }: IndexRows, bits: number): string {
  return `${plural(entries, 'distance')} of ${plural(bits, 'bit')}, of which ${count(fillerCount)} lead to fillers, because the next kept weight is more than ${count(2 ** bits)} places away.`;
}

export function entryReadout({ column, gap, word, filler }: IndexEntry): string {
  return `Column ${count(column)}: distance ${count(gap)}, stored as ${gap} − 1 = ${word}. ${filler ? 'A filler: no weight.' : 'A kept weight.'}`;
}
