import { REMOVED } from '../../numerics/inspection/sparsity';
import { count, percent, significant } from '../../numerics/measures/number-words';
import { divergingScale, parseHex, type Rgb } from '../shared/color-scale';
import type { SparseLayer } from './sparsity-types';

type Picture = SparseLayer['picture'];

export interface MatrixColors {
  readonly negative: string;
  readonly middle: string;
  readonly positive: string;
  /** Of cells whose weights are pruned. */
  readonly removed: string;
}

/** The cells as RGBA bytes. Cells outside `only` are transparent. */
export function matrixPixels({ cells }: Picture, colors: MatrixColors, only?: (cell: number) => boolean): Uint8ClampedArray<ArrayBuffer> {
  const scale = divergingScale(colors, 127);
  const table: Rgb[] = Array.from({ length: 256 }, (_, i) => (i - 128 === REMOVED ? parseHex(colors.removed) : scale(i - 128)));
  const pixels = new Uint8ClampedArray(4 * cells.length);
  for (let cell = 0; cell < cells.length; cell++) {
    if (only && !only(cell)) continue;
    pixels.set(table[(cells[cell] as number) + 128] as Rgb, 4 * cell);
    pixels[4 * cell + 3] = 255;
  }
  return pixels;
}

/** The cells that were there in the picture before and are not any more; none if that is of another layer or in other blocks. */
export function fallenCells(before: Picture | null, after: Picture): readonly number[] {
  if (!before || before.rows !== after.rows || before.columns !== after.columns || before.block !== after.block) return [];
  const fallen: number[] = [];
  for (let i = 0; i < after.cells.length; i++) if (after.cells[i] === REMOVED && before.cells[i] !== REMOVED) fallen.push(i);
  return fallen;
}

/** Whole pixels on a side of a cell: as many as fit, at least one (then the picture scrolls), at most twelve. */
export function cellSize({ columns }: Picture, width: number): number {
  return Math.max(1, Math.min(12, Math.floor(width / columns)));
}

/** "300 × 784 weights, one pixel for each; 211,680 are pruned (90.0 %)." */
export function matrixSummary({ weights, pruned, picture }: SparseLayer): string {
  const { rows, columns, block } = picture;
  const drawn =
    block === 1
      ? `${count(rows)} outputs × ${count(columns)} inputs, one cell for each weight`
      : `${count(rows)} × ${count(columns)} cells, each the mean of ${block} × ${block} weights; a cell is empty where all of them are pruned`;
  const gone = pruned === 0 ? 'none is pruned' : `${count(pruned)} of ${count(weights)} weights are pruned (${percent(pruned / weights)})`;
  return `${drawn}; ${gone}.`;
}

/** What lies under the pointer: "output 12, input 403: about 0.041". */
export function cellReadout({ columns, block, limit, cells }: Picture, row: number, column: number): string {
  const place =
    block === 1
      ? `output ${count(row + 1)}, input ${count(column + 1)}`
      : `outputs from ${count(row * block + 1)}, inputs from ${count(column * block + 1)}`;
  const code = cells[row * columns + column] ?? 0;
  if (code === REMOVED) return `${place}: pruned`;
  if (Math.abs(code) === 127) return `${place}: ${code < 0 ? 'at most' : 'at least'} ${significant((code / 127) * limit, 2)}`;
  return `${place}: about ${significant((code / 127) * limit, 2)}`;
}
