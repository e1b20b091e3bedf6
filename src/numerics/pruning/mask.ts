/**
 * Which weights a pruned network keeps. A mask has one byte per weight of a tensor: 1 where it is kept, 0 where it is removed. A
 * criterion gives every weight a score; those with the lowest scores go (Han et al. 2015, "Learning both weights and connections for
 * efficient neural networks", arXiv 1506.02626). What is once removed is never kept again.
 */

/** What the amount is a share of: the weights that are left, or all that there were. */
export type PruneShare = 'left' | 'all';

/** Which weights are compared with each other: those of each tensor, or those of all tensors. */
export type PruneScope = 'layer' | 'global';

export interface PruneAmount {
  /** Percent, 0 … 100. */
  readonly amount: number;
  readonly scope: PruneScope;
  readonly share: PruneShare;
  /** With scope layer: the part of the amount, 0 … 1, that each tensor loses; all of it if absent. */
  readonly rates?: readonly number[];
}

/** A mask, or undefined for a tensor of which nothing was removed yet. */
type Mask = Uint8Array | undefined;

/**
 * How many more weights to remove; halves are rounded up.
 * - left: round(a / 100 × (total − gone)). The lottery ticket hypothesis prunes like this, 20 % of what is left in each round
 *   (Frankle and Carbin 2019, arXiv 1803.03635).
 * - all: as many as make round(a / 100 × total) in all, none if there are as many already.
 * @param total weights there were  @param alreadyGone weights removed earlier  @param amountPercent 0 … 100
 * @throws RangeError for another percentage, and unless 0 ≤ alreadyGone ≤ total are whole numbers
 */
export function pruneCount(total: number, alreadyGone: number, amountPercent: number, share: PruneShare): number {
  if (!(amountPercent >= 0 && amountPercent <= 100)) throw new RangeError(`An amount is 0 to 100 %, not ${amountPercent}.`);
  if (!(Number.isInteger(total) && Number.isInteger(alreadyGone) && alreadyGone >= 0 && alreadyGone <= total))
    throw new RangeError(`Of ${total} weights ${alreadyGone} cannot be gone.`);
  // Multiplied first: a whole percentage of a whole number is exact before the division.
  const part = (n: number) => Math.round((amountPercent * n) / 100);
  return share === 'left' ? part(total - alreadyGone) : Math.max(0, part(total) - alreadyGone);
}

/**
 * The mask without the `count` lowest scores of those still kept. Of equal scores those at the first positions go.
 * @param kept what is kept so far, all if undefined; left as it is
 * @throws RangeError for a score that is NaN and still kept, for lengths that differ, and for a count that is no whole number or
 * more than are kept
 */
export function keepMask(scores: Float32Array, kept: Mask, count: number): Uint8Array {
  return withoutLowest([scores], [kept], count)[0] as Uint8Array;
}

/**
 * A mask for each tensor. Scope layer removes the amount from every tensor by itself; scope global removes it from all together, by
 * rank among all scores. Of equal scores those in the first tensors go, and in a tensor those at the first positions.
 * @param kept as many as there are tensors of scores
 * @throws RangeError as `pruneCount` and `keepMask`
 */
export function keepMasks(
  scores: readonly Float32Array[],
  kept: readonly Mask[],
  { amount, scope, share, rates }: PruneAmount,
): Uint8Array[] {
  checkTensors(scores, kept);
  const sizes = scores.map(({ length }) => length);
  const gone = scores.map(({ length }, t) => length - keptCount(kept[t], length));
  if (scope === 'global') return withoutLowest(scores, kept, pruneCount(sum(sizes), sum(gone), amount, share));
  return scores.map((values, t) =>
    keepMask(values, kept[t], pruneCount(values.length, gone[t] as number, amount * (rates?.[t] ?? 1), share)),
  );
}

/** How many weights a mask keeps; all of `length` if there is none. */
export function keptCount(mask: Mask, length: number): number {
  if (!mask) return length;
  let count = 0;
  for (let i = 0; i < mask.length; i++) if (mask[i] !== 0) count++;
  return count;
}

/** The masks of all tensors without the `count` lowest scores of those kept, all tensors ranked together. */
export function withoutLowest(scores: readonly Float32Array[], kept: readonly Mask[], count: number): Uint8Array[] {
  checkTensors(scores, kept);
  const sorted = keptScores(scores, kept).sort();
  if (!(Number.isInteger(count) && count >= 0 && count <= sorted.length))
    throw new RangeError(`Of ${sorted.length} weights that are left ${count} cannot be removed.`);
  // Everything below the largest score that goes, and of those equal to it as many as are missing.
  const threshold = count === 0 ? Number.NEGATIVE_INFINITY : (sorted[count - 1] as number);
  let equals = count - countBelow(sorted, threshold);
  return scores.map((values, t) => {
    const before = kept[t];
    const mask = new Uint8Array(values.length);
    for (let i = 0; i < values.length; i++) {
      if (before && before[i] === 0) continue;
      const score = values[i] as number;
      if (score < threshold) continue;
      if (score === threshold && equals > 0) equals--;
      else mask[i] = 1;
    }
    return mask;
  });
}

function checkTensors(scores: readonly Float32Array[], kept: readonly Mask[]): void {
  if (scores.length !== kept.length) throw new RangeError(`There are scores of ${scores.length} tensors and masks of ${kept.length}.`);
  scores.forEach(({ length }, t) => {
    const mask = kept[t];
    if (mask && mask.length !== length) throw new RangeError(`There are ${length} scores and a mask of ${mask.length} weights.`);
  });
}

/** The scores of all weights that are kept, tensor after tensor. */
function keptScores(scores: readonly Float32Array[], kept: readonly Mask[]): Float32Array {
  const all = new Float32Array(sum(scores.map((values, t) => keptCount(kept[t], values.length))));
  let end = 0;
  scores.forEach((values, t) => {
    const mask = kept[t];
    for (let i = 0; i < values.length; i++) {
      if (mask && mask[i] === 0) continue;
      const score = values[i] as number;
      if (Number.isNaN(score)) throw new RangeError(`Score ${i} is NaN; it cannot be ranked.`);
      all[end++] = score;
    }
  });
  return all;
}

/** How many sorted values are less than `border`: a binary search. −0 sorts before 0 and is not less. */
function countBelow(sorted: Float32Array, border: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < border) low = middle + 1;
    else high = middle;
  }
  return low;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, n) => total + n, 0);
}
