import type { Stage } from '../../experiment/types/experiment';
import { magnitudeScores } from '../../numerics/pruning/magnitude';
import type { Parameter } from '../network/parameter';
import type { StageContext } from '../training/stage-context';

/** What a criterion may look at. */
export interface PruningCandidates {
  readonly weights: readonly Parameter[];
  /** What their masks leave of their weights, in the same order. */
  readonly values: readonly Float32Array[];
  /** The stage's settings, those of the criterion among them. */
  readonly settings: Stage;
  /** The network, training images and the seed: for gradients, curvature and random scores. */
  readonly context: Pick<StageContext, 'network' | 'feeder' | 'experiment' | 'index'>;
}

/** A score for each weight of each array: the lowest go. */
export type PruningCriterion = (candidates: PruningCandidates) => readonly Float32Array[] | Promise<readonly Float32Array[]>;

/** Criteria by id. A new one is one file and one line here (and its table in experiment/methods/pruning). */
const criteria: Readonly<Record<string, PruningCriterion>> = { magnitude: ({ values }) => values.map(magnitudeScores) };

/** @throws RangeError for an id without an implementation */
export function pruningCriterion(id: string): PruningCriterion {
  const found = Object.hasOwn(criteria, id) ? criteria[id] : undefined;
  if (!found) throw new RangeError(`There is no pruning criterion called "${id}".`);
  return found;
}
