import type { NestedPenalty } from '../../../numerics/quantizers/nested-penalty';
import type { NestedRounding, VoteRule } from '../../../numerics/quantizers/nested-scale';
import type { Rounding } from '../../../numerics/rounding/rounding';
import type { RoundingGrid } from '../../../numerics/rounding/rounding-grid';
import type { CodeRange } from '../../../numerics/scales/clipped-codes';
import { type Granularity, type ScaleGrid, scaleGrid } from '../../../numerics/scales/scale-grid';
import type { RoundingStream } from '../../../numerics/scales/uniform';

/**
 * What the scale input is, and its gradient. `step`: the step itself, with LSQ's gradient. `limit`: the largest value, with PACT's
 * gradient. `fixed`: the largest value, without a gradient.
 */
export type ClippedRule = 'step' | 'limit' | 'fixed';

/** Attributes of FewbitsClippedStep and FewbitsClippedStepGradient. */
export interface ClippedStepAttributes extends CodeRange {
  readonly rule: ClippedRule;
}

/** Attributes of the kernel FewbitsFakeQuantize. */
export interface FakeQuantizeAttributes extends RoundingStream {
  readonly bits: number;
  readonly granularity: Granularity;
  readonly rounding: Rounding;
}

/** Attributes of the kernel FewbitsNearestLevel. */
export interface NearestLevelAttributes {
  /** Which values share a codebook. */
  readonly grid: ScaleGrid;
  /** Levels in a codebook. */
  readonly size: number;
}

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

/** Attributes of the kernel FewbitsRoundToGrid. */
export interface RoundToGridAttributes {
  readonly grid: RoundingGrid;
  readonly rounding: Rounding;
  /** The numbers of a block are those of `grid` times its scale, which follows from its largest magnitude. */
  readonly blocks?: { readonly layout: ScaleGrid } & BlockScale;
}

export type BlockScale =
  /** A power of two that brings the largest into the topmost binade, whose exponent this is; see numerics/formats/mx. */
  | { readonly scale: 'e8m0'; readonly maxExponent: number }
  /** A number of fp8 e4m3fn that brings the largest to the grid's largest; see numerics/formats/fp8-scaled. */
  | { readonly scale: 'e4m3fn'; readonly maxFinite: number };
