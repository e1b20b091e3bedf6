/**
 * What the pictures of pruning are drawn from: the matrix of a layer with its mask, the magnitudes among which a threshold is chosen, and
 * what is left of each input and output.
 */
import { histogram } from '../measures/histogram';

/** A layer as a matrix: a row for each output, a column for each input (of a convolution, for each place of its window and channel). */
export interface MatrixPicture {
  readonly rows: number;
  readonly columns: number;
  /** Each cell is the mean of so many weights in both directions, fewer at the edges; 1 for one cell per weight. */
  readonly block: number;
  /** Weights of this size and above have the full code, ±127. */
  readonly limit: number;
  /** Row by row −127 … 127, and `REMOVED` where all weights of the cell are pruned. */
  readonly cells: Int8Array;
}

/** The code of cells without a weight that is kept. */
export const REMOVED = -128;

/** Cells of a picture, at most. */
export const CELL_LIMIT = 2 ** 18;

/** Thresholds are known for each thousandth of the weights. */
export const THOUSANDTHS = 1000;

const BINS = 120;

export interface SparsityInspection {
  /** Weights of the layer, pruned ones included. */
  readonly weights: number;
  /** Weights that the file stores as exactly 0. */
  readonly zeros: number;
  /** Weights that the mask removes. */
  readonly pruned: number;
  /** Weights that the mask removes and the file stores as something else than 0: none, unless something is wrong. */
  readonly revived: number;
  /**
   * At position k the threshold τ below which lie k ‰ of the weights that the mask keeps, stored as 0 or not: |w| < τ holds for round(k n / 1000) of n, if no two are equal.
   * Ascending, 1001 numbers in weight units; none where nothing is kept.
   */
  readonly thresholds: Float32Array;
  /** How many of the same weights have a magnitude in each of equal bins from 0 to the largest, which is the last threshold. */
  readonly magnitudes: Uint32Array;
  readonly picture: MatrixPicture;
  /** Kept weights of each input: of a dense layer an input unit, of a convolution a channel. */
  readonly inputs: Uint32Array;
  /** Kept weights of each output unit or filter. */
  readonly outputs: Uint32Array;
}

export interface SparsityCase {
  /** Of a dense layer [inputs, outputs], of a convolution [height, width, channels, filters]. */
  readonly shape: readonly number[];
  /** Full-precision weights, from which a criterion ranks them. */
  readonly latent: Float32Array;
  /** The same weights as the file holds them. */
  readonly stored: Float32Array;
  /** A byte for each weight, 0 where it is pruned; absent where none is. */
  readonly kept?: Uint8Array | undefined;
}

/**
 * Counts and draws one layer. A weight is drawn as removed where the mask says so; without a mask, where it is stored as exactly 0.
 * Thresholds and magnitudes are of all weights that the mask keeps, as pruning ranks them: a quantizer's zeros are among them.
 * @throws RangeError unless there are as many values as the shape has places
 */
export function inspectSparsity({ shape, latent, stored, kept }: SparsityCase): SparsityInspection {
  const outputs = shape.at(-1) ?? 1;
  const channels = shape.at(-2) ?? 1;
  const weights = shape.reduce((product, n) => product * n, 1);
  for (const { length } of [latent, stored, ...(kept ? [kept] : [])])
    if (length !== weights) throw new RangeError(`A layer of ${shape.join(' × ')} has ${weights} weights, not ${length}.`);
  const isKept = (i: number) => (kept ? kept[i] !== 0 : stored[i] !== 0);
  const left = { inputs: new Uint32Array(channels), outputs: new Uint32Array(outputs) };
  const sizes = new Float32Array(weights);
  let [zeros, pruned, revived, n] = [0, 0, 0, 0];
  for (let i = 0; i < weights; i++) {
    if (stored[i] === 0) zeros++;
    if (kept?.[i] === 0) {
      pruned++;
      if (stored[i] !== 0) revived++;
    } else sizes[n++] = Math.abs(latent[i] as number);
    if (!isKept(i)) continue;
    const output = i % outputs;
    const channel = ((i - output) / outputs) % channels;
    left.inputs[channel] = (left.inputs[channel] as number) + 1;
    left.outputs[output] = (left.outputs[output] as number) + 1;
  }
  const sorted = sizes.subarray(0, n).sort();
  const thresholds = thresholdsOf(sorted);
  const largest = sorted.at(-1) ?? 0;
  return {
    ...{ weights, zeros, pruned, revived, thresholds, ...left },
    magnitudes: histogram(sorted, 0, largest || 1, BINS),
    // A few large weights would make all others pale.
    picture: matrixPicture(stored, isKept, weights / outputs, outputs, thresholds[995] || largest || 1),
  };
}

function thresholdsOf(sorted: Float32Array): Float32Array {
  const n = sorted.length;
  if (n === 0) return new Float32Array();
  return Float32Array.from({ length: THOUSANDTHS + 1 }, (_, k) => sorted[Math.min(n - 1, Math.round((k * n) / THOUSANDTHS))] as number);
}

function matrixPicture(
  stored: Float32Array,
  isKept: (i: number) => boolean,
  inputs: number,
  outputs: number,
  limit: number,
): MatrixPicture {
  let block = 1;
  while (Math.ceil(inputs / block) * Math.ceil(outputs / block) > CELL_LIMIT) block++;
  const [rows, columns] = [Math.ceil(outputs / block), Math.ceil(inputs / block)];
  const cells = new Int8Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let [sum, count, left] = [0, 0, 0];
      for (let o = row * block; o < Math.min(outputs, (row + 1) * block); o++) {
        for (let i = column * block; i < Math.min(inputs, (column + 1) * block); i++) {
          const at = i * outputs + o;
          count++;
          if (!isKept(at)) continue;
          left++;
          sum += stored[at] as number;
        }
      }
      const share = Math.max(-1, Math.min(1, sum / count / limit));
      cells[row * columns + column] = left === 0 ? REMOVED : Math.round(127 * share);
    }
  }
  return { rows, columns, block, limit, cells };
}

/**
 * Of the kept weights of several layers, how many thousandths lie below a threshold τ: the amount that removes them, when they are ranked
 * together. 0 … 1000, to the nearest; 0 without weights.
 */
export function thousandthsBelow(
  layers: readonly Pick<SparsityInspection, 'thresholds' | 'weights' | 'pruned'>[],
  threshold: number,
): number {
  let [below, all] = [0, 0];
  for (const { thresholds, weights, pruned } of layers) {
    all += weights - pruned;
    below += (weights - pruned) * positionAt(thresholds, threshold);
  }
  return all === 0 ? 0 : Math.round(below / all);
}

/** The position, 0 … 1000, whose threshold is the nearest to a magnitude; 0 without thresholds. */
export function positionAt(thresholds: ArrayLike<number>, magnitude: number): number {
  let [low, high] = [0, thresholds.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((thresholds[middle] as number) < magnitude) low = middle + 1;
    else high = middle;
  }
  const under = thresholds[low - 1];
  return under !== undefined && magnitude - under < (thresholds[low] as number) - magnitude ? low - 1 : low;
}
