import type { NestedPenalty } from '../../numerics/nested-penalty';
import type { NestedRounding, VoteRule } from '../../numerics/nested-scale';
import type { Granularity, ScaleGrid } from '../../numerics/scale-grid';
import { scaleGrid } from '../../numerics/scale-grid';

/** One scale for the tensor, or one for each index of an axis. */
export type NestedGranularity = Extract<Granularity, 'tensor' | { readonly axis: number }>;

/** Attributes of the kernels of nested layers. */
export interface NestedAttributes {
  readonly granularity: NestedGranularity;
  readonly rounding: NestedRounding;
}

export interface NestedVoteAttributes extends NestedAttributes, VoteRule {}

export interface NestedPenaltyAttributes extends NestedAttributes {
  /** The mean of inverse scales needs no kernel. */
  readonly penalty: Exclude<NestedPenalty, 'inverse'>;
}

/** A tensor as outer × groups × inner: the weights of a group have the same middle index. */
export interface NestedLayout {
  readonly size: number;
  readonly groups: number;
  readonly inner: number;
  readonly grid: ScaleGrid;
}

/** @throws RangeError if the tensor has no such axis */
export function nestedLayout(shape: readonly number[], granularity: NestedGranularity): NestedLayout {
  const grid = scaleGrid(shape, granularity);
  const size = product(shape);
  const inner = granularity === 'tensor' ? size : product(shape.slice(granularity.axis + 1));
  return { size, groups: grid.scales, inner, grid };
}

function product(lengths: readonly number[]): number {
  return lengths.reduce((a, b) => a * b, 1);
}
