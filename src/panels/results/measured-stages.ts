import type { StagePoint } from '../../charts/stage-points';
import type { StageSummary } from '../../experiment/events';

/** Finished stages as points; none before the number of weights is known. */
export function stagePoints(summaries: readonly StageSummary[], weights: number, storedFromStage: number | null): readonly StagePoint[] {
  if (weights === 0) return [];
  return summaries.map((s) => ({
    stage: s.stage,
    kind: s.kind,
    accuracy: s.testAccuracy,
    totalBits: s.totalBits,
    bitsPerWeight: s.totalBits / weights,
    stored: storedFromStage !== null && s.stage >= storedFromStage,
  }));
}

/** Index of the first stage that is on and quantizes; null if none. */
export function firstQuantizeStage(stages: readonly { readonly kind: string; readonly on: boolean }[]): number | null {
  const index = stages.findIndex((stage) => stage.on && stage.kind === 'quantize');
  return index < 0 ? null : index;
}
