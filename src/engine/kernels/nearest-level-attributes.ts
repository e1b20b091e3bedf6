import type { ScaleGrid } from '../../numerics/scale-grid';

/** Attributes of the kernel FewbitsNearestLevel. */
export interface NearestLevelAttributes {
  /** Which values share a book. */
  readonly grid: ScaleGrid;
  /** Levels in a book. */
  readonly size: number;
}
