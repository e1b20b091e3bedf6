import { type ImageShape, type LayerSpec, parametersOf, shapeAfter } from '../../operators/layers';
import { size } from '../../operators/operator';
import { defaultBlock } from '../../settings/block';
import type { MethodSetting, Setting } from '../../settings/setting';
import { plainNumber } from '../../settings/wording';
import type { ModelBlock } from '../../types/experiment';
import { cnn } from './cnn';
import type { ModelDefinition } from './definition';
import { lenet5, lenet300 } from './lenet';
import { conv2, conv4, conv6 } from './lottery-conv';
import { mlp } from './mlp';
import { resnet } from './resnet';
import { thesisCnn, thesisMlp } from './thesis';

/** Every network, in the order of the menu. */
export const models: readonly ModelDefinition[] = [lenet300, thesisMlp, lenet5, conv2, conv4, conv6, thesisCnn, mlp, cnn, resnet];

const idSetting: MethodSetting = {
  type: 'method',
  key: 'id',
  short: 'id',
  label: 'Network',
  help: 'The network to train and compress.',
  default: 'lenet-300-100',
  methods: models,
};

/** Table of the model block. */
export const modelSettings: readonly Setting[] = [idSetting];

/** @throws RangeError for an id that no model has */
export function modelDefinition(id: string): ModelDefinition {
  const definition = models.find((model) => model.id === id);
  if (!definition) throw new RangeError(`There is no model called "${id}".`);
  return definition;
}

/** The default block of a model. @throws RangeError for an id that no model has */
export function defaultModel(id: string): ModelBlock {
  return defaultBlock(modelSettings, { id: modelDefinition(id).id }) as ModelBlock;
}

/**
 * The layers of a model for images of this shape, up to the logits.
 * @throws RangeError, with a sentence for the user, if the images are too small or the weights too many
 */
export function buildModel(model: ModelBlock, input: ImageShape, classes: number): LayerSpec[] {
  const misfit = modelMisfit(model, input, classes);
  if (misfit) throw new RangeError(misfit.message);
  return modelDefinition(model.id).build(model, input, classes);
}

/** Why a model does not fit these images, as one sentence; null if it does. */
export function modelProblem(model: ModelBlock, input: ImageShape, classes: number): string | null {
  return modelMisfit(model, input, classes)?.message ?? null;
}

/** Number of weights (biases and batch norm not counted), the figure that papers give. */
export function weightCount(layers: readonly LayerSpec[], input: ImageShape): number {
  return parametersOf(layers, input).reduce((sum, { role, shape }) => (role === 'weights' ? sum + size(shape) : sum), 0);
}

/** Number of biases, batch norm's beta not counted. */
export function biasCount(layers: readonly LayerSpec[], input: ImageShape): number {
  return parametersOf(layers, input).reduce((sum, { role, shape }) => (role === 'bias' ? sum + size(shape) : sum), 0);
}

/** The model itself if it fits, else the largest smaller one of its family; the model itself if its family has no other. */
export function fittingModel(model: ModelBlock, input: ImageShape, classes: number): ModelBlock {
  const { smaller } = modelDefinition(model.id);
  let candidate = model;
  for (;;) {
    const misfit = modelMisfit(candidate, input, classes);
    if (!misfit) return candidate;
    const next = smaller?.(candidate, misfit.reason);
    if (!next) return model;
    candidate = next as ModelBlock;
  }
}

interface Misfit {
  readonly reason: 'image' | 'weights';
  readonly message: string;
}

function modelMisfit(model: ModelBlock, input: ImageShape, classes: number): Misfit | null {
  const { label, build, maxWeights } = modelDefinition(model.id);
  const layers = build(model, input, classes);
  let shape: readonly number[] = [input.height, input.width, input.channels];
  for (const layer of layers) {
    try {
      shape = shapeAfter(layer, shape);
    } catch {
      const what = layer.type === 'conv' ? 'convolve' : 'pool';
      const message = `Images of ${input.height} × ${input.width} are too small for ${label}: after the first layers only ${shape[0]} × ${shape[1]} is left to ${what}.`;
      return { reason: 'image', message };
    }
  }
  const weights = weightCount(layers, input);
  if (weights <= maxWeights) return null;
  const message = `${label} would have ${plainNumber(weights)} weights on images of ${input.height} × ${input.width}; at most ${plainNumber(maxWeights)} are allowed.`;
  return { reason: 'weights', message };
}
