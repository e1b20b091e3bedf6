import type { StagePoint } from '../../charts/stage-points';
import type { StageSummary } from '../../experiment/events';
import { stepMark, withRound } from '../../experiment/program/unroll';
import type { Stage } from '../../experiment/types';

/** Finished stages as points; none before the number of weights is known. */
export function stagePoints(
  summaries: readonly StageSummary[],
  weights: number,
  compressedFromStage: number | null,
  program: readonly Stage[],
): readonly StagePoint[] {
  if (weights === 0) return [];
  return summaries.map((s) => ({
    stage: s.stage,
    mark: stepMark(program, s.stage),
    kind: withRound(program, s.stage, s.kind),
    accuracy: s.testAccuracy,
    totalBits: s.totalBits,
    bitsPerWeight: s.totalBits / weights,
    compressed: compressedFromStage !== null && s.stage >= compressedFromStage,
  }));
}
