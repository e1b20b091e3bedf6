import { stageDefinition, trainingSteps } from '../stages/registry';
import type { Stage } from '../types/experiment';
import { programList, programTree, roundsOf } from './tree';
import { countSteps, STEP_LIMIT, unroll } from './unroll';

/**
 * The nearest program in which every repeat encloses what is there, at least one stage, that has no more steps than a run may have, and
 * that goes back only to steps that it has done.
 */
export function repairedProgram(stages: readonly Stage[]): readonly Stage[] {
  return withinReach(withinSteps(enclosing(stages)));
}

/** Every repeat encloses what is there, and one that encloses nothing is left out. The list itself where that is so. */
export function enclosing(stages: readonly Stage[]): readonly Stage[] {
  const list = programList(programTree(stages));
  return list.length === stages.length && list.every((stage, i) => stage === stages[i]) ? stages : list;
}

/** With so few rounds that a run has at most `STEP_LIMIT` steps. @param first the repeat that loses rounds first; else the longest */
export function withinSteps(stages: readonly Stage[], first = -1): readonly Stage[] {
  let fitting = stages;
  for (let next = first; countSteps(programTree(fitting)) > STEP_LIMIT; next = -1) {
    const longest = Math.max(...fitting.map(roundsOf));
    // Always one with more than a round: without rounds a program has no more steps than stages.
    const asked = fitting[next];
    const at = asked && roundsOf(asked) > 1 ? next : fitting.findIndex((stage) => roundsOf(stage) === longest);
    fitting = withRounds(fitting, at);
  }
  return fitting;
}

/**
 * Every stage that goes back to an earlier step goes to one that the run has done when it comes to the stage for the first time, or
 * else to the last such step. One that is switched off may name any. The list itself where that is so.
 */
export function withinReach(stages: readonly Stage[]): readonly Stage[] {
  const seen = new Set<number>();
  let held = stages;
  let done = 0;
  for (const { stage, index } of unroll(stages)) {
    if (!stage.on) continue;
    const to = stageDefinition(stage.kind).mark?.(stage) ?? 0;
    if (to > done && !seen.has(index)) held = held.with(index, { ...stage, to: done });
    seen.add(index);
    done += trainingSteps(stage);
  }
  return held;
}

/** As many rounds of the repeat as fit, at least one. */
function withRounds(stages: readonly Stage[], at: number): readonly Stage[] {
  const stage = stages[at];
  if (!stage) return stages;
  const withOwn = (rounds: number) => stages.with(at, { ...stage, rounds });
  for (let rounds = roundsOf(stage) - 1; rounds > 1; rounds--) {
    if (countSteps(programTree(withOwn(rounds))) <= STEP_LIMIT) return withOwn(rounds);
  }
  return withOwn(1);
}
