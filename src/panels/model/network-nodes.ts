import {
  type ImageShape,
  type LayerSpec,
  parametersIn,
  type ShapedLayer,
  shapeAfter,
  shapedLayers,
  weightsLabel,
} from '../../experiment/operators/layers';
import { size } from '../../experiment/operators/operator';
import { operatorOf } from '../../experiment/operators/registry';
import { unroll } from '../../experiment/program/unroll';
import { stageDefinition } from '../../experiment/stages/registry';
import type { LayerInspection } from '../../experiment/types/events';
import type { Stage } from '../../experiment/types/experiment';
import { count, percent, plural, significant } from '../../numerics/measures/number-words';

/** An array of weights of a layer: what a person chooses to look at. */
export interface NodeArray {
  /** As pictures call it: "fc1", "fc1 left". */
  readonly label: string;
  readonly shape: readonly number[];
}

export interface NetworkNode {
  readonly key: string;
  readonly name: string;
  /** What it computes: "dense, 300 units", "max pool 2 × 2". */
  readonly kind: string;
  /** Empty for a layer without weights. */
  readonly arrays: readonly NodeArray[];
  /** Multiply-accumulates for one image. */
  readonly macs: number;
  /** Shape of one example after it, if it is another one than before. */
  readonly output: readonly number[] | null;
}

/** The layers of a network from its input to its output, with what flows between them. */
export function networkNodes(layers: readonly LayerSpec[], input: ImageShape): readonly NetworkNode[] {
  return shapedLayers(layers, input).map((shaped, i) => {
    const { layer, input: before } = shaped;
    const after = shapeAfter(layer, before);
    return {
      key: `${i} ${'name' in layer ? layer.name : layer.type}`,
      name: 'name' in layer ? layer.name : '',
      kind: kindOf(shaped),
      arrays: parametersIn(shaped).flatMap((spec) => (spec.role === 'weights' ? { label: weightsLabel(spec), shape: spec.shape } : [])),
      macs: operatorOf(layer).macs?.(layer, before) ?? 0,
      output: shapeWords(after) === shapeWords(before) ? null : after,
    };
  });
}

const functions = { relu: 'ReLU', tanh: 'tanh', sigmoid: 'sigmoid' };

function kindOf({ layer }: ShapedLayer): string {
  switch (layer.type) {
    case 'dense':
      return `dense, ${plural(layer.units, 'unit')}`;
    case 'lowRank':
      return `low rank ${layer.rank}, ${plural(layer.units, 'unit')}`;
    case 'conv':
      return `convolution ${layer.kernel} × ${layer.kernel}, ${plural(layer.filters, 'filter')}`;
    case 'batchNorm':
      return 'batch norm';
    case 'activation':
      return functions[layer.fn];
    case 'maxPool':
      return `max pool ${layer.size} × ${layer.size}`;
    case 'dropout':
      return `dropout ${percent(layer.rate, 0)}, in training only`;
    case 'flatten':
      return 'flatten';
    case 'globalPool':
      return 'mean of each channel';
    case 'skip':
      return layer.filters === undefined ? 'held for a later sum' : `held for a later sum, ${plural(layer.filters, 'filter')} of 1 × 1`;
    case 'add':
      return `plus what ${layer.from} holds`;
  }
}

/**
 * The layers after what stages have rewritten: dense ones of which an inspection saw the two factors are low-rank layers, and batch norm is
 * gone where a stage up to that one has folded it into the layer before, and where units were removed a layer has as many as were inspected.
 * @param stage step of the run that was inspected; null before the first
 */
export function layersNow(
  layers: readonly LayerSpec[],
  inspected: readonly Pick<LayerInspection, 'layer' | 'shape'>[],
  stages: readonly Stage[],
  stage: number | null,
): readonly LayerSpec[] {
  const done = unroll(stages).slice(0, stage === null ? 0 : stage + 1);
  const folded = done.some((step) => step.stage.on && step.stage.fold === true);
  const removed = done.some((step) => step.stage.on && stageDefinition(step.stage.kind).narrows);
  const lastAxis = (label: string) => inspected.find((one) => one.layer === label)?.shape.at(-1);
  return layers.flatMap((original): readonly LayerSpec[] => {
    if (original.type === 'batchNorm' && folded) return [];
    const units = removed && 'name' in original ? (lastAxis(original.name) ?? lastAxis(`${original.name} right`)) : undefined;
    const layer = (units !== undefined && operatorOf(original).withUnits?.(original, units)) || original;
    if (layer.type !== 'dense') return [layer];
    const rank = lastAxis(`${layer.name} left`);
    return [rank === undefined ? layer : { type: 'lowRank', name: layer.name, units: layer.units, rank }];
  });
}

/** "28 × 28 × 1". */
export function shapeWords(shape: readonly number[]): string {
  return shape.map(count).join(' × ');
}

/** "784 × 300 = 235,200 weights". */
export function arrayWords({ shape }: NodeArray): string {
  return `${shapeWords(shape)} = ${plural(size(shape), 'weight')}`;
}

/** What a run has made of an array: "4 bits · scale 0.0922 · 35 % zeros". */
export function storedWords({ shape, stored, pruned = 0 }: Pick<LayerInspection, 'shape' | 'stored' | 'pruned'>): string {
  const share = (part: number) => percent(part / size(shape), 0);
  if (!stored) return ['float32', ...(pruned > 0 ? [`${share(pruned)} pruned`] : [])].join(' · ');
  const { bits, scale, possible, zeros } = stored;
  const spacing = scale !== null ? `scale ${significant(scale)}` : possible === null ? 'several scales' : 'uneven levels';
  return [plural(bits, 'bit'), spacing, ...(zeros > 0 ? [`${share(zeros)} zeros`] : [])].join(' · ');
}
