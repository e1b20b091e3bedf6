import type { ImageShape, KeyedLayer, LayerSpec } from '../../experiment/operators/layers';

/** A model's layers with their arrays, by parameter name. */
export interface Model {
  readonly input: ImageShape;
  readonly layers: readonly KeyedLayer[];
  readonly values: Readonly<Record<string, Float32Array>>;
}

/** The same, after a rewrite: `values` has what is new or changed; what it does not name stays, or begins with its initial values. */
export interface Rewritten {
  readonly layers: readonly LayerSpec[];
  readonly values: Readonly<Record<string, Float32Array>>;
  /**
   * For parameters that become smaller: which elements of the old tensor are those of the new one, in its order. Values, masks and
   * marks follow.
   */
  readonly elements?: Readonly<Record<string, Uint32Array>>;
}
