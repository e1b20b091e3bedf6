import type { KeptRun } from '../../experiment/results/kept-run';
import { bitsPerWeight } from '../../numerics/ledger';

export type RunOrder = 'newest' | 'accuracy' | 'bits';

export const runOrders: readonly { readonly value: RunOrder; readonly label: string }[] = [
  { value: 'newest', label: 'newest first' },
  { value: 'accuracy', label: 'highest accuracy' },
  { value: 'bits', label: 'fewest bits' },
];

/** The runs in this order; they come the newest first. */
export function sortedRuns(runs: readonly KeptRun[], order: RunOrder): readonly KeptRun[] {
  if (order === 'accuracy') return runs.toSorted((a, b) => b.record.testAccuracy - a.record.testAccuracy);
  if (order === 'bits') return runs.toSorted((a, b) => bitsPerWeight(a.record.ledger) - bitsPerWeight(b.record.ledger));
  return runs;
}
