import { changeValue } from '../settings/block';
import { activeSettings, type Setting } from '../settings/setting';
import { lastQuantizer, stageDefinition, trains } from '../stages/registry';
import type { Experiment, Stage } from '../types/experiment';
import { STAGE_LIMIT } from '../types/experiment';
import { STEP_LIMIT, stepsOfStage, unroll } from './unroll';

/** Variations of an experiment that differ from it in one stage: what is measured beside it. Pure. */

export interface Variation {
  /** What is changed, in words: "percentile, 64 images". */
  readonly label: string;
  /** The line or row of the picture that it belongs to. */
  readonly series: string;
  /** Its position there: images, or the number of the draw. */
  readonly value: number;
  readonly experiment: Experiment;
}

/** The variations, or one sentence that says what has to be set before there are any. */
export type Variations = { readonly variations: readonly Variation[] } | { readonly missing: string };

/** Calibration images of the bench. */
export const sampleCounts: readonly number[] = [1, 8, 64, 256, 2048];

const table = stageDefinition('quantize').settings;

/**
 * Every calibration method of the last quantize stage's activation ranges, each on 1 to 2,048 images. The stage must come after
 * the training: the ranges are those of the trained model.
 */
export function calibrationVariations(experiment: Experiment): Variations {
  const index = lastQuantizer(experiment.stages);
  const stage = experiment.stages[index];
  if (!stage) return { missing: 'Add a quantize stage that quantizes activations.' };
  const method = active(stage, 'actCalibration');
  if (method?.type !== 'choice' || !active(stage, 'samples')) {
    return { missing: `Set the activations of stage ${index + 1} to a method with calibrated ranges (Uniform, static).` };
  }
  if (isTrainedBehind(experiment, index)) {
    return { missing: 'Put a quantize stage after the last training stage: the bench calibrates the trained model.' };
  }
  const variations = method.options.flatMap(({ value, label }) =>
    sampleCounts.map((samples) => ({
      label: `${label}, ${samples.toLocaleString('en-US')} ${samples === 1 ? 'image' : 'images'}`,
      series: label,
      value: samples,
      experiment: withStage(experiment, index, changed(changed(stage, 'actCalibration', value), 'samples', samples)),
    })),
  );
  return { variations };
}

/**
 * The same trained weights, stored with `count` independent draws of the stochastic rounding. Where training follows the quantize
 * stage, a copy of the stage after the training does the drawing: the weights under it are the same in all.
 */
export function drawVariations(experiment: Experiment, count: number): Variations {
  const index = lastQuantizer(experiment.stages);
  const stage = experiment.stages[index];
  if (!stage) return { missing: 'Add a quantize stage with stochastic rounding.' };
  if (!active(stage, 'draw')) return { missing: `Set the rounding of stage ${index + 1} to stochastic.` };
  const trained = isTrainedBehind(experiment, index);
  if (trained && experiment.stages.length >= STAGE_LIMIT) {
    return { missing: `A program has at most ${STAGE_LIMIT} stages, and drawing needs one more after the training.` };
  }
  if (trained && unroll(experiment.stages).length >= STEP_LIMIT) {
    return { missing: `A run has at most ${STEP_LIMIT} stages, each round counted, and drawing needs one more after the training.` };
  }
  const position = trained ? experiment.stages.length : index;
  const variations = Array.from({ length: count }, (_, i) => ({
    label: `draw ${i + 1}`,
    series: 'draws',
    value: i + 1,
    experiment: withStage(experiment, position, changed(stage, 'draw', i + 1)),
  }));
  return { variations };
}

/** Whether something trains after the stage has run for the first time. */
function isTrainedBehind({ stages }: Experiment, index: number): boolean {
  const [first = 0] = stepsOfStage(stages, index);
  return unroll(stages).findLastIndex(({ stage }) => stage.on && trains(stage)) > first;
}

function active(stage: Stage, key: string): Setting | undefined {
  return activeSettings(table, stage).find((setting) => setting.key === key);
}

function changed(stage: Stage, key: string, value: unknown): Stage {
  return { kind: stage.kind, on: stage.on, ...changeValue(table, stage, key, value) };
}

/** Puts the stage at this position, in place of that stage or after the last. */
function withStage(experiment: Experiment, index: number, stage: Stage): Experiment {
  return { ...experiment, stages: experiment.stages.toSpliced(index, 1, stage) };
}
