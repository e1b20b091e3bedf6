import type { Rounding } from '../../numerics/rounding';
import type { RoundingGrid } from '../../numerics/rounding-grid';
import type { ScaleGrid } from '../../numerics/scale-grid';

/** Attributes of the kernel FewbitsRoundToGrid. */
export interface RoundToGridAttributes {
  readonly grid: RoundingGrid;
  readonly rounding: Rounding;
  /** The numbers of a block are those of `grid` times its scale, which follows from its largest magnitude. */
  readonly blocks?: { readonly layout: ScaleGrid } & BlockScale;
}

export type BlockScale =
  /** A power of two that brings the largest into the topmost binade, whose exponent this is; see numerics/mx. */
  | { readonly scale: 'e8m0'; readonly maxExponent: number }
  /** A number of fp8 e4m3fn that brings the largest to the grid's largest; see numerics/fp8-scaled. */
  | { readonly scale: 'e4m3fn'; readonly maxFinite: number };
