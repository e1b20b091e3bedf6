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

/** A score for each weight of each array: the lowest go. */
export type PruningCriterion = (candidates: PruningCandidates) => readonly Float32Array[] | Promise<readonly Float32Array[]>;
