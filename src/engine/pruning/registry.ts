import { magnitudeScores } from '../../numerics/pruning/magnitude';

/** Scores of the weights of each kernel, from what their masks leave: the lowest go. */
export type PruningCriterion = (kernels: readonly Float32Array[]) => readonly Float32Array[];

/** Criteria by id. A new one is one file and one line here (and its table in experiment/pruning). */
const criteria: Readonly<Record<string, PruningCriterion>> = { magnitude: (kernels) => kernels.map(magnitudeScores) };

/** @throws RangeError for an id without an implementation */
export function scoresOf(id: string): PruningCriterion {
  const found = Object.hasOwn(criteria, id) ? criteria[id] : undefined;
  if (!found) throw new RangeError(`There is no pruning criterion called "${id}".`);
  return found;
}
