import type { AnyLayer, LayerOf, LayerType } from '../../experiment/operators/registry';
import { batchNormOperator } from './batch-norm';
import { convOperator } from './conv';
import { denseOperator } from './dense';
import { globalPoolOperator } from './global-pool';
import { lowRankOperator, lowRankStructure } from './low-rank';
import type { Operator, Structure } from './operator';
import { activationOperator, dropoutOperator, flattenOperator, maxPoolOperator } from './plain';
import { addOperator, skipOperator } from './skip';

/** A new operator is one file and one line here (and its description in experiment/operators). */
const operators: { readonly [Type in LayerType]: Operator<LayerOf<Type>> } = {
  dense: denseOperator,
  conv: convOperator,
  lowRank: lowRankOperator,
  batchNorm: batchNormOperator,
  activation: activationOperator,
  maxPool: maxPoolOperator,
  dropout: dropoutOperator,
  flatten: flattenOperator,
  globalPool: globalPoolOperator,
  skip: skipOperator,
  add: addOperator,
};

/** Structures by the id of their table in experiment/methods/structures. */
const structures: Readonly<Record<string, Structure>> = { 'low-rank': lowRankStructure };

/** How the layer computes. */
export function operatorFor(layer: AnyLayer): Operator<AnyLayer> {
  // As in experiment/operators/registry: the operator at a type is one of that type's layers.
  return operators[layer.type] as Operator<AnyLayer>;
}

/** @throws RangeError for an id without an implementation */
export function structureFor(id: string): Structure {
  const found = Object.hasOwn(structures, id) ? structures[id] : undefined;
  if (!found) throw new RangeError(`There is no structure called "${id}".`);
  return found;
}
