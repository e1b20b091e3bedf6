import { count, percent, significant } from '../../numerics/measures/number-words';
import type { SparseLayer } from './sparsity-types';

/** Thresholds are known for each thousandth of the weights. */
const THOUSANDTHS = 1000;

/** The position whose threshold is nearest to a magnitude. */
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

/** The position after a key: a percent, with Shift a thousandth, a page ten percent; undefined if the key means nothing here. */
export function movedPosition(key: string, shift: boolean, position: number): number | undefined {
  if (key === 'Home') return 0;
  if (key === 'End') return THOUSANDTHS;
  const move = { ArrowRight: 10, ArrowUp: 10, ArrowLeft: -10, ArrowDown: -10, PageUp: 100, PageDown: -100 }[key];
  if (move === undefined) return undefined;
  return Math.min(THOUSANDTHS, Math.max(0, position + (shift && Math.abs(move) === 10 ? move / 10 : move)));
}

/** How many of the kept weights go at a position. */
export function removedAt({ weights, pruned }: Pick<SparseLayer, 'weights' | 'pruned'>, position: number): number {
  return Math.round((position * (weights - pruned)) / THOUSANDTHS);
}

/** "At |w| < 0.0412: 89.7 % would be pruned, 210,974 of 235,200 weights." */
export function thresholdWords(layer: Pick<SparseLayer, 'weights' | 'pruned' | 'thresholds'>, position: number): string {
  const left = layer.weights - layer.pruned;
  const gone = removedAt(layer, position);
  const of = layer.pruned > 0 ? `${count(left)} kept weights` : `${count(left)} weights`;
  const sign = position >= THOUSANDTHS ? '≤' : '<';
  return `At |w| ${sign} ${significant(layer.thresholds[position] ?? 0)}: ${percent(left === 0 ? 0 : gone / left)} would be pruned, ${count(gone)} of ${of}.`;
}
