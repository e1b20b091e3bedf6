/** Masks by other rules than a share of single weights: thresholds, the k best, N of M, blocks, and a gradual amount. */

type Mask = Uint8Array | undefined;

/**
 * The share to remove in all after round r of n: s_f + (s_i − s_f)(1 − r/n)³ with s_i = 0 (Zhu and Gupta 2017, arXiv 1710.01878,
 * equation 1). @param final percent  @param round from 1 to `rounds`
 */
export function gradualAmount(final: number, round: number, rounds: number): number {
  return final * (1 - (1 - round / rounds) ** 3);
}

/** Keeps scores that are at least `least`, of those that are kept so far. @throws RangeError for a score that is NaN and still kept */
export function keepAbove(scores: Float32Array, kept: Mask, least: number): Uint8Array {
  return Uint8Array.from(scores, (score, i) => {
    if (kept && kept[i] === 0) return 0;
    if (Number.isNaN(score)) throw new RangeError(`Score ${i} is NaN; it cannot be ranked.`);
    return score >= least ? 1 : 0;
  });
}

/** Standard deviation of the values that are kept, around their mean; 0 if there are none. */
export function deviationOfKept(values: Float32Array, kept: Mask): number {
  let [count, sum, squares] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    if (kept && kept[i] === 0) continue;
    const value = values[i] as number;
    count += 1;
    sum += value;
    squares += value * value;
  }
  return count === 0 ? 0 : Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
}

/**
 * Of every m scores that follow each other down a column, the n highest stay; of equal ones the first. A shorter group at the end keeps
 * ⌈n / m of its length⌉. Mishra et al. 2021 (arXiv 2104.08378): 2 of 4.
 * @param scores rows × columns, row by row  @param kept what is kept so far: nothing comes back
 */
export function keepNOfM(scores: Float32Array, kept: Mask, columns: number, n: number, m: number): Uint8Array {
  const rows = scores.length / columns;
  const mask = new Uint8Array(scores.length);
  for (let column = 0; column < columns; column++) {
    for (let from = 0; from < rows; from += m) {
      const length = Math.min(m, rows - from);
      const places = Array.from({ length }, (_, i) => (from + i) * columns + column).filter((i) => !kept || kept[i] === 1);
      places.sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
      for (const i of places.slice(0, Math.ceil((Math.min(n, m) * length) / m))) mask[i] = 1;
    }
  }
  return mask;
}

/** A matrix cut into rectangles; those at the right and lower edge may be smaller. */
export interface BlockGrid {
  readonly columns: number;
  readonly blockRows: number;
  readonly blockColumns: number;
}

/** The block of each element of a matrix: blocks are numbered row by row. */
function blockOf({ columns, blockRows, blockColumns }: BlockGrid): (i: number) => number {
  const across = Math.ceil(columns / blockColumns);
  return (i) => Math.floor(Math.floor(i / columns) / blockRows) * across + Math.floor((i % columns) / blockColumns);
}

function blockCount(length: number, { columns, blockRows, blockColumns }: BlockGrid): number {
  return Math.ceil(length / columns / blockRows) * Math.ceil(columns / blockColumns);
}

/** The mean score of each block. @param scores rows × columns, row by row */
export function blockScores(scores: Float32Array, grid: BlockGrid): Float32Array {
  const block = blockOf(grid);
  const sums = new Float64Array(blockCount(scores.length, grid));
  const counts = new Float64Array(sums.length);
  for (let i = 0; i < scores.length; i++) {
    const at = block(i);
    sums[at] = (sums[at] as number) + (scores[i] as number);
    counts[at] = (counts[at] as number) + 1;
  }
  return Float32Array.from(sums, (sum, at) => sum / (counts[at] as number));
}

/** Which blocks have a kept weight; undefined where nothing is pruned. */
export function keptBlocks(kept: Mask, grid: BlockGrid): Mask {
  if (!kept) return undefined;
  const block = blockOf(grid);
  const blocks = new Uint8Array(blockCount(kept.length, grid));
  for (let i = 0; i < kept.length; i++) if (kept[i] === 1) blocks[block(i)] = 1;
  return blocks;
}

/** The mask of weights that a mask of blocks means, without what was gone before. */
export function weightsOfBlocks(blocks: Uint8Array, kept: Mask, length: number, grid: BlockGrid): Uint8Array {
  const block = blockOf(grid);
  return Uint8Array.from({ length }, (_, i) => (blocks[block(i)] === 1 && (!kept || kept[i] === 1) ? 1 : 0));
}
