import { magnitudeScores } from '../../numerics/pruning/magnitude';
import { randomScores } from '../../numerics/pruning/random';
import type { PruningCriterion, Ranking } from './criterion';
import { snip, taylor } from './gradients';
import { obd } from './obd';
import { obs } from './obs';

/** Criteria by id. A new one is one file and one line here (and its table in experiment/methods/pruning). */
const criteria: Readonly<Record<string, PruningCriterion>> = {
  magnitude: ranking(({ values }) => values.map(magnitudeScores)),
  random: ranking(({ values, settings, context: { network, index } }) =>
    randomScores(
      values.map(({ length }) => length),
      network.seed,
      Number(settings.draw),
      index,
    ),
  ),
  obd: ranking(obd),
  obs,
  taylor: ranking(taylor),
  snip: ranking(snip),
};

function ranking(scores: Ranking): PruningCriterion {
  return async (candidates) => ({ scores: await scores(candidates) });
}

/** @throws RangeError for an id without an implementation */
export function pruningCriterion(id: string): PruningCriterion {
  const found = Object.hasOwn(criteria, id) ? criteria[id] : undefined;
  if (!found) throw new RangeError(`There is no pruning criterion called "${id}".`);
  return found;
}
