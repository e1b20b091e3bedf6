import type { ImageShape, LayerSpec } from '../../operators/layers';
import type { Method, Values } from '../../settings/setting';

/** A network that a person can choose: its table entry, and its layers for images of any shape. */
export interface ModelDefinition extends Method {
  /** Layers up to the logits, one per class. Takes complete values: those of the table, or its defaults. */
  readonly build: (values: Values, input: ImageShape, classes: number) => LayerSpec[];
  /** Datasets that the paper used it on; absent if it is a general network. */
  readonly datasets?: readonly string[];
  /** Most weights that it may have. */
  readonly maxWeights: number;
  /**
   * The next smaller network of the family, asked for while the present one does not fit, because the image gets too small or the
   * weights too many; null at the smallest.
   */
  readonly smaller?: (values: Values, reason: 'image' | 'weights') => Values | null;
}

/** Limit of the networks that a person builds: what a laptop trains at a pleasant speed. */
export const BUILDER_WEIGHTS = 5_000_000;
/** Limit of the named networks: with Adam's moments and gradients, 320 MB. Only large images of one's own reach it. */
export const NAMED_WEIGHTS = 20_000_000;
