import type { ScaleKind } from '../container/encodings/encoding-kind';
import { encodingKind } from '../container/encodings/registry';
import type { Encoding } from '../container/stored-tensor';
import { type ScaleGrid, scaleGrid } from '../scales/scale-grid';

/** Which weights of a matrix share a scale, and how large it is, for a picture. */
export interface ScaleMap {
  readonly kind: ScaleKind;
  readonly inputs: number;
  readonly grid: ScaleGrid;
  /** The blocks' scales, row by row, at most `limit` × `limit` of them, evenly picked. */
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
  /** Of all blocks. */
  readonly smallest: number;
  readonly largest: number;
}

/** The scales of an encoded tensor; null if it has none. @param limit of rows and columns of the sample */
export function scaleMap(encoding: Encoding, shape: readonly number[], limit: number): ScaleMap | null {
  const found = encodingKind(encoding).blockScales(encoding);
  if (!found || !('codes' in encoding)) return null;
  const { kind, scales } = found;
  const grid = scaleGrid(shape, scales.length > 1 ? (encoding.granularity ?? 'tensor') : 'tensor');
  const down = grid.scales / grid.across;
  const rows = Math.min(limit, down);
  const columns = Math.min(limit, grid.across);
  const values = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      values[row * columns + column] = scales[picked(row, rows, down) * grid.across + picked(column, columns, grid.across)] ?? 0;
  const inputs = shape.slice(0, -1).reduce((a, b) => a * b, 1);
  const [smallest, largest] = scales.reduce(([a, b], s) => [Math.min(a, s), Math.max(b, s)] as const, [
    scales[0] ?? 0,
    scales[0] ?? 0,
  ] as const);
  return { kind, inputs, grid, rows, columns, values, smallest, largest };
}

/** The middle one of the i-th of `parts` equal parts of 0 … whole − 1. */
export function picked(i: number, parts: number, whole: number): number {
  return Math.floor(((i + 0.5) * whole) / parts);
}

/** Row and column in the sample of the block that a weight belongs to. */
export function blockAt(
  { grid, rows, columns }: ScaleMap,
  input: number,
  output: number,
): { readonly row: number; readonly column: number } {
  const down = grid.scales / grid.across;
  const row = Math.floor((input % grid.period) / grid.blockInputs);
  const column = Math.floor(output / grid.blockOutputs);
  return { row: Math.floor(((row + 0.5) * rows) / down), column: Math.floor(((column + 0.5) * columns) / grid.across) };
}

/**
 * The block whose quantizer the pictures show where there are many: one in the middle. The inputs of a dense layer are often the
 * pixels of a square image, whose edges are always dark and whose weights never move; so it is the middle of the middle row.
 */
export function shownBlock({ scales, across }: ScaleGrid): number {
  const down = scales / across;
  const row = Math.min(down - 1, Math.floor(down / 2) + Math.floor(Math.sqrt(down) / 2));
  return row * across + Math.floor(across / 2);
}

/** The elements that share a scale, in their order; the array itself if all do. @param block number of the scale, row by row */
export function blockMembers<T extends Float32Array | Int32Array>(values: T, grid: ScaleGrid, block: number): T {
  if (grid.scales === 1) return values;
  const { outputs, blockInputs, blockOutputs, across, period } = grid;
  const [down, right] = [Math.floor(block / across), block % across];
  const [from, to] = [right * blockOutputs, Math.min(outputs, (right + 1) * blockOutputs)];
  const inputs = values.length / outputs;
  const members: number[] = [];
  for (let input = 0; input < inputs; input++) {
    if (Math.floor((input % period) / blockInputs) !== down) continue;
    for (let output = from; output < to; output++) members.push(values[input * outputs + output] as number);
  }
  return (values instanceof Int32Array ? Int32Array.from(members) : Float32Array.from(members)) as T;
}
