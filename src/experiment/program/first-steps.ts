import { STAGE_LIMIT } from '../top-level';
import type { Stage } from '../types';
import { type Branch, isRepeat, type ProgramNode, programList, programTree, roundsOf } from './tree';
import { countSteps, unroll } from './unroll';

/**
 * A program whose run is the first `count` steps of this one's: whole rounds stay repeated, and the stages of a round that is not
 * whole stand behind them. Where that is longer than a program may be, the steps themselves as far as they fit.
 */
export function firstSteps(stages: readonly Stage[], count: number): readonly Stage[] {
  const list = programList(cut(programTree(stages), count));
  if (list.length <= STAGE_LIMIT) return list;
  return unroll(stages)
    .slice(0, Math.min(count, STAGE_LIMIT))
    .map(({ stage }) => stage);
}

function cut(nodes: readonly ProgramNode[], count: number): readonly Branch[] {
  let left = count;
  return nodes.flatMap((node): readonly Branch[] => {
    const steps = countSteps([node]);
    const taken = Math.min(steps, left);
    left -= taken;
    if (taken === 0) return [];
    if (taken === steps || !isRepeat(node.stage)) return [node];
    const round = steps / roundsOf(node.stage);
    const whole = Math.floor(taken / round);
    const repeated = whole > 0 ? [{ stage: node.stage.on ? { ...node.stage, rounds: whole } : node.stage, children: node.children }] : [];
    return [...repeated, ...cut(node.children, taken - whole * round)];
  });
}
