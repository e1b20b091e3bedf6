/**
 * Masks that keep as many weights as others do, but not the same ones: the controls of the lottery ticket hypothesis (Frankle and
 * Carbin 2019, arXiv 1803.03635, appendix F).
 */
import { Purpose, permutation } from '../random/rng';
import type { PruneScope } from './mask';

/**
 * The same masks with their elements in random order: Fisher–Yates, keyed by (seed, masks, number of the tensor).
 * - layer: each tensor keeps its count.
 * - global: all tensors together keep their count; those with many elements get most of it. The tensors are shuffled as one long one.
 * @param masks 1 where a weight is kept, 0 where it is removed; left as they are
 */
export function shuffledMasks(masks: readonly Uint8Array[], scope: PruneScope, seed: number): Uint8Array[] {
  if (scope === 'layer') return masks.map((mask, t) => shuffled(mask, seed, t));
  const long = new Uint8Array(masks.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const mask of masks) {
    long.set(mask, end);
    end += mask.length;
  }
  const mixed = shuffled(long, seed, 0);
  end = 0;
  return masks.map(({ length }) => {
    end += length;
    return mixed.slice(end - length, end);
  });
}

function shuffled(mask: Uint8Array, seed: number, stream: number): Uint8Array {
  const order = permutation(mask.length, seed, Purpose.masks, stream);
  return Uint8Array.from(order, (from) => mask[from] as number);
}
