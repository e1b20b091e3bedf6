/** One row of the results. */
import { goals, measures } from './plan.mjs';
import { median, medianRatio, rounded, spread } from './statistics.mjs';

/**
 * @param key of `measures`
 * @param ours values of the rounds; `peer` those of the peer in the same rounds, if there is one
 * @param inverted the ratio is ours over the peer's (how much more ours is) instead of the peer's over ours (how many times less)
 * @param hasGoal whether the measure's goal applies to this row
 */
export function row({ key, model = '', batch, unit, ours, peer, peerName = '', inverted = false, hasGoal = false, steps }) {
  const result = {
    measure: measures[key],
    model,
    ...(batch ? { batch } : {}),
    ours: rounded(median(ours)),
    oursSpread: spread(ours).map(rounded),
    peer: peer ? rounded(median(peer)) : null,
    peerSpread: peer ? spread(peer).map(rounded) : null,
    peerName,
    unit,
    ratio: peer ? rounded(inverted ? medianRatio(ours, peer) : medianRatio(peer, ours)) : null,
    ratioOf: peer ? (inverted ? 'ours / peer' : 'peer / ours') : '',
    rounds: ours.length,
    ...(steps ? { stepsPerRound: steps } : {}),
  };
  const goal = hasGoal ? goals[key] : undefined;
  return { ...result, goal: goal?.text ?? '', reached: goal ? goal.reached(result) : null };
}
