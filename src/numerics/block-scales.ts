/** What a block of weights has of its own: a scale, or what stands for it. */
export type ScaleKind = 'scale' | 'largest level' | 'shared power of two';

/** A number for each block, row by row; one for all blocks where they share it. */
export interface BlockScales {
  readonly kind: ScaleKind;
  readonly scales: Float32Array;
}
