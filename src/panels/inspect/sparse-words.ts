import type { SparsityInspection } from '../../numerics/inspection/sparsity';
import { count, percent } from '../../numerics/measures/number-words';

export interface SparseWords {
  readonly tone: 'plain' | 'good' | 'warning';
  readonly text: string;
}

type Counted = Pick<SparsityInspection, 'weights' | 'zeros' | 'pruned' | 'revived'>;

/** The share of weights that is 0 has to fall by this much before it counts as lost: rounding moves some weights to and from 0. */
const LOST = 0.05;

/** How many weights a model stores as exactly 0, together. */
export function zerosOf(layers: readonly Counted[]): { readonly zeros: number; readonly weights: number; readonly share: number } {
  const [zeros, weights] = [layers.reduce((n, layer) => n + layer.zeros, 0), layers.reduce((n, layer) => n + layer.weights, 0)];
  return { zeros, weights, share: weights === 0 ? 0 : zeros / weights };
}

/**
 * Whether the stored model is sparse, and still is: measured on the values that the file holds.
 * @param most the largest share of zeros after an earlier stage, with that stage's name; null before the first
 */
export function sparseWords(layers: readonly Counted[], most: { readonly share: number; readonly stage: string } | null): SparseWords {
  const { zeros, weights, share } = zerosOf(layers);
  const counted = `${count(zeros)} of ${count(weights)} stored weights are exactly 0 (${percent(share)})`;
  const revived = layers.reduce((n, layer) => n + layer.revived, 0);
  if (revived > 0)
    return {
      tone: 'warning',
      text: `Not sparse any more: ${count(revived)} pruned weights are stored as values other than 0. ${counted}.`,
    };
  if (most && most.share > share + LOST)
    return {
      tone: 'warning',
      text: `Sparsity was lost: after ${most.stage}, ${percent(most.share)} of the weights were 0. Now ${counted}.`,
    };
  if (share < LOST) return { tone: 'plain', text: `Not sparse: ${counted}.` };
  return { tone: 'good', text: `${most ? 'Still sparse' : 'Sparse'}: ${counted}.` };
}
