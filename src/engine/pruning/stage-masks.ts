import { unroll } from '../../experiment/program/unroll';
import type { PruneStage } from '../../experiment/stages/prune';
import type { Stage } from '../../experiment/types/experiment';
import { layerRates } from '../../numerics/pruning/layer-rates';
import { keepMask, keepMasks, keptCount, withoutLowest } from '../../numerics/pruning/mask';
import {
  blockScores,
  deviationOfKept,
  gradualAmount,
  keepAbove,
  keepNOfM,
  keptBlocks,
  weightsOfBlocks,
} from '../../numerics/pruning/patterns';
import type { Parameter } from '../network/parameter';

type Mask = Uint8Array | undefined;

export interface Ranked {
  readonly weights: readonly Pick<Parameter, 'spec'>[];
  /** What masks leave of the weights. */
  readonly values: readonly Float32Array[];
  readonly scores: readonly Float32Array[];
  readonly kept: readonly Mask[];
}

/** The masks that a prune stage's amount means for these scores. @param round and rounds of the innermost repeat around the stage */
export function stageMasks(stage: PruneStage, ranked: Ranked, round: number, rounds: number): readonly Uint8Array[] {
  const { weights, values, scores, kept } = ranked;
  const columns = (t: number) => weights[t]?.spec.shape.at(-1) ?? 1;
  switch (stage.amountBy) {
    case 'count': {
      const sizes = scores.map(({ length }, t) => keptCount(kept[t], length));
      const keep = Number(stage.keep);
      if (stage.scope === 'global') return withoutLowest(scores, kept, Math.max(0, sizes.reduce((a, b) => a + b, 0) - keep));
      return scores.map((own, t) => keepMask(own, kept[t], Math.max(0, (sizes[t] ?? 0) - keep)));
    }
    case 'threshold':
      return scores.map((own, t) => keepAbove(own, kept[t], Number(stage.threshold)));
    case 'deviation':
      return scores.map((own, t) => keepAbove(own, kept[t], Number(stage.quality) * deviationOfKept(values[t] ?? own, kept[t])));
    case 'n-of-m':
      return scores.map((own, t) => keepNOfM(own, kept[t], columns(t), Number(stage.keepN), Number(stage.ofM)));
    default:
      return shareMasks(stage, ranked, round, rounds);
  }
}

/** A share of the weights, or of blocks of them. */
function shareMasks(stage: PruneStage, { weights, scores, kept }: Ranked, round: number, rounds: number): readonly Uint8Array[] {
  const specs = weights.map(({ spec }) => spec);
  const rates = layerRates(specs, { conv: stage.convRate ?? 100, output: stage.outputRate ?? 100 });
  const gradual = stage.schedule === 'cubic';
  const amount = gradual ? gradualAmount(stage.amount, round, rounds) : stage.amount;
  const wanted = { amount, scope: stage.scope, share: gradual ? 'all' : stage.share, rates } as const;
  if (stage.pattern !== 'blocks') return keepMasks(scores, kept, wanted);
  const grids = specs.map(({ shape }) => ({
    columns: shape.at(-1) ?? 1,
    blockRows: Number(stage.blockRows),
    blockColumns: Number(stage.blockColumns),
  }));
  const blocks = keepMasks(
    scores.map((own, t) => blockScores(own, grids[t]!)),
    kept.map((own, t) => keptBlocks(own, grids[t]!)),
    wanted,
  );
  return blocks.map((own, t) => weightsOfBlocks(own, kept[t], scores[t]?.length ?? 0, grids[t]!));
}

/** The round of the innermost repeat around a step, and how many it has; 1 of 1 outside of repeats. */
export function roundOf(stages: readonly Stage[], step: number): { readonly round: number; readonly rounds: number } {
  const { rounds, of } = unroll(stages)[step] ?? { rounds: [], of: [] };
  return { round: rounds.at(-1) ?? 1, rounds: of.at(-1) ?? 1 };
}
