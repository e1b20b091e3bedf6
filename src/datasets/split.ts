import { Purpose, permutation } from '../numerics/random/rng';

/** Images of the training file that are kept apart for validation: a tenth, at most 5,000. */
export function validationCount(count: number): number {
  return Math.min(5000, Math.floor(count / 10));
}

/**
 * Splits the training file's image numbers 0 … count − 1 into training and validation, by seed.
 * Both lists are ascending, so that reading them walks through memory.
 */
export function splitIndices(count: number, seed: number): { train: Uint32Array; validation: Uint32Array } {
  const order = permutation(count, seed, Purpose.split, 0);
  const kept = validationCount(count);
  return { validation: order.slice(0, kept).sort(), train: order.slice(kept).sort() };
}

/**
 * The order in which an epoch visits the training images.
 * Epoch 0 goes through the shards in file order and is shuffled within each, so that training can start when the first shard
 * has arrived; every later epoch is one shuffle of all. An image is visited once an epoch.
 * @param train image numbers, ascending, as from splitIndices
 * @param shards images in each shard of the training file, in file order
 * @returns a permutation of `train`
 */
export function epochOrder(train: Uint32Array, shards: readonly number[], seed: number, epoch: number): Uint32Array {
  const shuffled = permutation(train.length, seed, Purpose.order, epoch).map((place) => train[place] as number);
  return epoch === 0 ? groupByShard(shuffled, shards) : shuffled;
}

/** Stable grouping: within a shard the shuffled order stays, which makes it a uniform shuffle of that shard. */
function groupByShard(indices: Uint32Array, shards: readonly number[]): Uint32Array {
  const grouped = new Uint32Array(indices.length);
  let at = 0;
  let start = 0;
  for (const count of shards) {
    for (const index of indices) {
      if (index >= start && index < start + count) grouped[at++] = index;
    }
    start += count;
  }
  if (at !== indices.length) throw new RangeError(`Shards hold ${start} images, but an image number lies beyond them.`);
  return grouped;
}
