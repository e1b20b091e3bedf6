/** A layer as the pictures of pruning show it: what an inspection counts and draws. */
export interface SparseLayer {
  readonly layer: string;
  readonly weights: number;
  readonly zeros: number;
  readonly pruned: number;
  /** At position k, below it lie k ‰ of the kept weights. */
  readonly thresholds: Float32Array;
  /** Kept weights by magnitude, in equal bins from 0 to the last threshold. */
  readonly magnitudes: Uint32Array;
  readonly picture: {
    readonly rows: number;
    readonly columns: number;
    readonly block: number;
    readonly limit: number;
    readonly cells: Int8Array;
  };
  readonly inputs: Uint32Array;
  readonly outputs: Uint32Array;
}
