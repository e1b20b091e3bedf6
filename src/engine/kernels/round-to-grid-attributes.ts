import type { Rounding } from '../../numerics/rounding';
import type { RoundingGrid } from '../../numerics/rounding-grid';
import type { ScaleGrid } from '../../numerics/scale-grid';

/** Attributes of the kernel FewbitsRoundToGrid. */
export interface RoundToGridAttributes {
  readonly grid: RoundingGrid;
  readonly rounding: Rounding;
  /** The numbers of a block are those of `grid` times a power of two that brings its largest into the topmost binade. */
  readonly blocks?: { readonly layout: ScaleGrid; readonly maxExponent: number };
}
