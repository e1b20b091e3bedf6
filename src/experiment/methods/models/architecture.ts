import { type ImageShape, type LayerSpec, modelSize, parametersOf } from '../../operators/layers';
import { operators } from '../../operators/registry';
import { sumProblem } from '../../operators/sums';
import { isRecord, parseBlock, sameBlock, sameValue } from '../../settings/block';
import { shown } from '../../settings/wording';
import type { ModelBlock } from '../../types/experiment';
import { datasetShape } from '../data';
import { buildModel, defaultModel, modelDefinition, modelSettings } from './registry';

/** A network's layers on images of a shape: what a model file has to say of it so that the file alone can be run. */
export interface Architecture {
  readonly input: ImageShape;
  readonly classes: number;
  readonly layers: readonly LayerSpec[];
}

const mnist = datasetShape('mnist');

/**
 * The notes of a model file. What is not written is at its default, as in a link: a named model with its own layers on MNIST's images
 * is its name; else the values of the model, the images' shape and the number of classes follow, and the layers where a stage has
 * rewritten them.
 */
export function architectureNotes(model: ModelBlock, { input, classes, layers }: Architecture): Readonly<Record<string, unknown>> {
  const normal = defaultModel(model.id);
  const values = Object.entries(model).filter(([key, value]) => !sameValue(value, normal[key]));
  const sameImages = mnist && sameBlock({ ...input }, { ...mnist.input }) && classes === mnist.classes;
  const rewritten = !sameLayers(layers, buildModel(model, input, classes));
  return {
    model: model.id,
    ...(values.length > 0 && { values: Object.fromEntries(values) }),
    ...(!sameImages && { input, classes }),
    ...(rewritten && { layers: layers.map(({ key: _key, ...layer }) => layer) }),
  };
}

/**
 * The network that a model file's notes describe.
 * @throws RangeError, with a sentence, if they describe none
 */
export function architectureOf(notes: Readonly<Record<string, unknown>>): Architecture {
  const { model: id, values, input = mnist?.input, classes = mnist?.classes, layers } = notes;
  if (typeof id !== 'string') throw new RangeError('The file does not name its model.');
  modelDefinition(id);
  if (!isShape(input) || !isCount(classes)) throw new RangeError('The file does not say which images its model takes.');
  const own = parseBlock(modelSettings, { ...(isRecord(values) ? values : {}), id }, [], () => {}) as ModelBlock;
  return { input, classes, layers: layers === undefined ? buildModel(own, input, classes) : checkedLayers(layers, input) };
}

/**
 * Size of the model that the notes name, before any stage rewrote its layers.
 * @throws RangeError, with a sentence, as `architectureOf`
 */
export function originalSize(notes: Readonly<Record<string, unknown>>): { readonly weights: number; readonly numbers: number } {
  const { input } = architectureOf(notes);
  return modelSize(architectureOf({ ...notes, layers: undefined }).layers, input);
}

/** More numbers than that are in no file: no array is made for an invented size. */
const MOST_NUMBERS = 2 ** 28;

function checkedLayers(layers: unknown, input: ImageShape): readonly LayerSpec[] {
  if (!Array.isArray(layers) || layers.length === 0) throw new RangeError('The layers in the file are not a list.');
  const own = layers.map((layer: unknown) => {
    const type = isRecord(layer) ? layer.type : undefined;
    if (typeof type !== 'string' || !Object.hasOwn(operators, type))
      throw new RangeError(`The file has a layer of the type ${shown(type)}, which is unknown.`);
    const { key: _, ...rest } = layer as LayerSpec;
    return rest as LayerSpec;
  });
  const specs = parametersOf(own, input);
  const named = new Set(specs.map(({ name }) => name)).size === specs.length;
  if (!named || !specs.every(({ shape }) => shape.every(isCount)) || !(modelSize(own, input).numbers <= MOST_NUMBERS))
    throw new RangeError('The layers in the file do not fit together.');
  const problem = sumProblem(own, input);
  if (problem) throw new RangeError(problem);
  return own;
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) > 0;
}

function sameLayers(a: readonly LayerSpec[], b: readonly LayerSpec[]): boolean {
  const text = (layers: readonly LayerSpec[]) => JSON.stringify(layers.map(({ key: _key, ...layer }) => sorted(layer)));
  return text(a) === text(b);
}

function sorted(layer: object): readonly [string, unknown][] {
  return Object.entries(layer).sort(([a], [b]) => (a < b ? -1 : 1));
}

function isShape(value: unknown): value is ImageShape {
  return isRecord(value) && ['height', 'width', 'channels'].every((key) => isCount(value[key]));
}
