import { type BatchNormLayer, batchNorm } from './batch-norm';
import { type ConvLayer, conv } from './conv';
import { type DenseLayer, dense } from './dense';
import { type GlobalPoolLayer, globalPool } from './global-pool';
import { type LowRankLayer, lowRank } from './low-rank';
import type { OperatorDefinition } from './operator';
import {
  type ActivationLayer,
  activation,
  type DropoutLayer,
  dropout,
  type FlattenLayer,
  flatten,
  type MaxPoolLayer,
  maxPool,
} from './plain';
import { type AddLayer, add, type SkipLayer, skip } from './skip';

/** A layer as plain data. A new operator is its file and a line in each of the two lists (and its engine/operators file). */
export type AnyLayer =
  | DenseLayer
  | ConvLayer
  | LowRankLayer
  | BatchNormLayer
  | ActivationLayer
  | MaxPoolLayer
  | DropoutLayer
  | FlattenLayer
  | GlobalPoolLayer
  | SkipLayer
  | AddLayer;

export type LayerType = AnyLayer['type'];
export type LayerOf<Type extends LayerType> = Extract<AnyLayer, { readonly type: Type }>;

export const operators: { readonly [Type in LayerType]: OperatorDefinition<LayerOf<Type>> } = {
  dense,
  conv,
  lowRank,
  batchNorm,
  activation,
  maxPool,
  dropout,
  flatten,
  globalPool,
  skip,
  add,
};

/** What the layer's operator says of it. */
export function operatorOf(layer: AnyLayer): OperatorDefinition<AnyLayer> {
  // The table has for each type the operator of that type's layers, which TypeScript cannot follow through a union.
  return operators[layer.type] as OperatorDefinition<AnyLayer>;
}
