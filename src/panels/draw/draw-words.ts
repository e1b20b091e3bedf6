import { firstCompression, stepTitle, unroll } from '../../experiment/program/unroll';
import { inTitle } from '../../experiment/settings/wording';
import { stageDefinition } from '../../experiment/stages/registry';
import type { Stage } from '../../experiment/types/experiment';
import { plural } from '../../numerics/measures/number-words';
import type { AnsweringModel } from '../../state/answers';

type Facts = Pick<AnsweringModel, 'bits'>;

/** "2 bits", "2 to 8 bits"; "compressed" for a model whose weights are still floats, pruned for example. */
export function squeezedName(model: Facts | null): string {
  const { bits } = model ?? {};
  if (!bits) return 'compressed';
  return bits.least === bits.most ? plural(bits.most, 'bit') : `${bits.least} to ${bits.most} bits`;
}

/** The same before a noun: "the 2-bit model". */
function squeezedModel(model: Facts | null): string {
  const { bits } = model ?? {};
  if (!bits) return 'the compressed model';
  return bits.least === bits.most ? `the ${bits.most}\u2011bit model` : `the model with ${squeezedName(model)}`;
}

export interface Said {
  /** Predicted classes by name; null where a model has not answered. */
  readonly float: string | null;
  readonly squeezed: string | null;
  readonly model: Facts | null;
  /** The class that the image has; null for a drawing. */
  readonly truth: string | null;
}

/** The answers as a sentence; '' before there is one. */
export function answerSentence({ float, squeezed, model, truth }: Said): string {
  const right = truth === null ? '' : ` The label of the image is ${truth}.`;
  if (float === null && squeezed === null) return '';
  if (squeezed === null) return `float32 says ${float}.${right}`;
  if (float === null) return `${inTitle(squeezedModel(model))} says ${squeezed}.${right}`;
  if (float === squeezed) return `Both say ${float}.${right}`;
  return `float32 says ${float}, ${squeezedModel(model)} says ${squeezed}.${right}`;
}

type Position = Pick<AnsweringModel, 'step' | 'live' | 'recorded'>;

/** "after ① train", "during ③ train", "recorded after ① train". */
export function whence(stages: readonly Stage[], { step, live, recorded }: Position): string {
  return `${recorded ? 'recorded after' : live ? 'during' : 'after'} ${title(stages, step)}`;
}

/** What has to be done so that both models answer, as a sentence; '' if they do. */
export function missingSentence(stages: readonly Stage[], has: { readonly float: boolean; readonly squeezed: boolean }): string {
  const steps = unroll(stages);
  const first = firstCompression(stages);
  if (has.float && has.squeezed) return '';
  if (first === null) {
    const second = 'No stage of this program compresses, so there is no second model: add a quantize stage.';
    return has.float ? second : `The float32 model answers when the program has run. ${second}`;
  }
  const before = steps.findLastIndex(({ stage }, number) => stage.on && number < first);
  if (before < 0) {
    const never = 'This program compresses before it trains, so there is no float32 model to compare with.';
    return has.squeezed ? never : `${never} The compressed model answers after ${title(stages, first)}.`;
  }
  if (has.float) return `The compressed model answers after ${title(stages, first)}.`;
  return `The float32 model answers after ${title(stages, before)}, the compressed model after ${title(stages, first)}.`;
}

/** Whether a stage up to this step rounds what flows into the layers, of which a model file holds nothing. */
export function roundsInputs(stages: readonly Stage[], step: number): boolean {
  return unroll(stages)
    .slice(0, step + 1)
    .some(({ stage }) => stage.on && stage.activations !== undefined && stage.activations !== 'none');
}

function title(stages: readonly Stage[], step: number): string {
  const kind = unroll(stages)[step]?.stage.kind;
  return stepTitle(stages, step, kind === undefined ? '' : stageDefinition(kind).label.toLowerCase());
}
