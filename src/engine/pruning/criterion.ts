import type { Stage } from '../../experiment/types/experiment';
import type { Parameter } from '../network/parameter';
import type { StageContext } from '../training/stage-context';

/** What a criterion may look at. */
export interface PruningCandidates {
  readonly weights: readonly Parameter[];
  /** What their masks leave of their weights, in the same order. */
  readonly values: readonly Float32Array[];
  /** Their masks: 1 where a weight is kept; undefined where nothing was removed. */
  readonly kept: readonly (Uint8Array | undefined)[];
  /** The stage's settings, those of the criterion among them. */
  readonly settings: Stage;
  /** The network, training images, marks and the seed: for gradients, curvature and random scores. */
  readonly context: Pick<StageContext, 'network' | 'feeder' | 'experiment' | 'index' | 'memory'>;
}

export interface Saliencies {
  /** A score for each weight of each array: the lowest go. */
  readonly scores: readonly Float32Array[];
  /** New values of the weights that stay, once it is known which do; absent if they stay as they are. @param masks 1 where a weight stays */
  readonly adjusted?: (masks: readonly Uint8Array[]) => readonly Float32Array[];
}

export type PruningCriterion = (candidates: PruningCandidates) => Saliencies | Promise<Saliencies>;

/** A criterion that only ranks. */
export type Ranking = (candidates: PruningCandidates) => readonly Float32Array[] | Promise<readonly Float32Array[]>;

/** A layer that the method does not cover, as one sentence for the user. */
export class NotCoveredError extends RangeError {
  override readonly name = 'NotCoveredError';
}
