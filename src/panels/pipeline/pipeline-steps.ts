import type { PipelineStep } from '../../charts/ledger/pipeline-layout';
import { roundName, stepMark, unroll } from '../../experiment/program/unroll';
import { stageDefinition, weightMethodOf } from '../../experiment/stages/registry';
import type { LayerInspection, LayerLevels, StageSummary } from '../../experiment/types/events';
import type { Stage } from '../../experiment/types/experiment';
import type { Ledger } from '../../numerics/measures/ledger';

/** What is known of a run, by step. */
export interface PipelineRun {
  readonly summaries: Readonly<Record<number, Pick<StageSummary, 'testAccuracy'>>>;
  readonly inspections: Readonly<Record<number, { readonly ledger: Ledger; readonly layers: readonly LayerInspection[] }>>;
}

/** The steps of a program that are switched on, with what a run has measured after each. */
export function pipelineSteps(stages: readonly Stage[], { summaries, inspections }: PipelineRun): readonly PipelineStep[] {
  return unroll(stages).flatMap((step, number) => {
    if (!step.stage.on) return [];
    const { label, sentence, kind } = stageDefinition(step.stage.kind);
    const text = sentence(step.stage);
    const done = summaries[number];
    return [
      {
        step: number,
        mark: stepMark(stages, number),
        name: [label, roundName(step)].filter(Boolean).join(', '),
        words: text.startsWith(`${kind} `) ? text.slice(kind.length + 1) : text,
        accuracy: done?.testAccuracy ?? null,
        ledger: done ? (inspections[number]?.ledger ?? null) : null,
      },
    ];
  });
}

/** The step before this one after which the layer's weights were first shared, with the values of then. */
export function sharedBefore(run: PipelineRun, step: number, layer: string): LayerInspection['stored'] {
  const stored = (number: number) => run.inspections[number]?.layers.find((one) => one.layer === layer)?.stored ?? null;
  const now = stored(step);
  let first: LayerInspection['stored'] = null;
  for (let number = step - 1; number >= 0; number--) {
    const earlier = stored(number);
    if (!now || !earlier || earlier.bits !== now.bits || earlier.scale !== null) break;
    first = earlier;
  }
  return first;
}

/**
 * Whether the weights of a layer are in the clusters of one codebook after a step: the stage that quantized them last shares weights or
 * fits a codebook. Other quantizers (powers of two, ternary) store their levels in the same way, but have no clusters.
 */
export function isClustered(stages: readonly Stage[], step: number, stored: LayerInspection['stored']): stored is LayerLevels {
  if (!stored || stored.scale !== null || stored.possible === null || (stored.kind ?? 'codebook') !== 'codebook') return false;
  const last = unroll(stages)
    .slice(0, step + 1)
    .findLast(({ stage }) => stage.on && weightMethodOf(stage))?.stage;
  const method = last && weightMethodOf(last);
  return method === 'share' || method === 'codebook';
}
