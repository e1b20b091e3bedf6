/** Which units of each layer stay when units are removed. At least one always does: a layer without units would cut the network in two. */
import type { PruneScope } from './mask';
import { pruneCount } from './mask';

export interface KeptUnits {
  /** For each layer the numbers of the units that stay, ascending. */
  readonly kept: readonly Uint32Array[];
  /** Units that the amount asks for, but that stay because their layer would be empty. */
  readonly spared: number;
}

/**
 * The units without the lowest scores.
 * - layer: every layer loses round(amount / 100 × its units), and keeps at least one.
 * - global: round(amount / 100 × all units) go, the lowest scores of all layers first; the last unit of a layer stays.
 * Of equal scores, those in the first layers go, and in a layer those at the first positions.
 * @param scores of each layer; comparable between layers if the scope is global  @param amount percent, 0 … 100
 * @throws RangeError for another percentage, and for a score that is NaN
 */
export function keptUnits(scores: readonly Float32Array[], amount: number, scope: PruneScope): KeptUnits {
  for (const score of scores.flatMap((layer) => [...layer])) if (Number.isNaN(score)) throw new RangeError('A score of a unit is NaN.');
  if (scope === 'global') return withoutLowest(scores, pruneCount(total(scores), 0, amount, 'all'));
  const each = scores.map((layer) => withoutLowest([layer], pruneCount(layer.length, 0, amount, 'all')));
  return {
    kept: each.map(({ kept }) => kept[0] as Uint32Array),
    spared: each.reduce((sum, { spared }) => sum + spared, 0),
  };
}

function withoutLowest(scores: readonly Float32Array[], count: number): KeptUnits {
  const all = scores.flatMap((layer, l) => Array.from(layer, (score, unit) => ({ l, unit, score })));
  all.sort((a, b) => a.score - b.score || a.l - b.l || a.unit - b.unit);
  const left = scores.map(({ length }) => length);
  const gone = scores.map(() => new Set<number>());
  let missing = count;
  for (const { l, unit } of all) {
    if (missing === 0) break;
    if ((left[l] as number) <= 1) continue;
    gone[l]?.add(unit);
    left[l] = (left[l] as number) - 1;
    missing -= 1;
  }
  const kept = scores.map(({ length }, l) =>
    Uint32Array.from(Array.from({ length }, (_, unit) => unit).filter((unit) => !gone[l]?.has(unit))),
  );
  return { kept, spared: missing };
}

function total(scores: readonly Float32Array[]): number {
  return scores.reduce((sum, { length }) => sum + length, 0);
}
