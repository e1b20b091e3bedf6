import type { Report } from '../settings/block';
import { plainNumber } from '../settings/wording';
import { stageDefinition } from '../stages/registry';
import type { Stage } from '../types/experiment';
import { defaultStage } from './defaults';
import { enclosing, withinReach, withinSteps } from './repair';
import { removedStage } from './reshape';
import { programTree, stageEnds } from './tree';
import { countSteps, STEP_LIMIT } from './unroll';

/** The nearest program to a list of stages, each valid by itself. @param given null for a stage that could not be read */
export function program(given: readonly (Stage | null)[], report: Report): readonly Stage[] {
  // A stage that could not be read still counts among those that are repeated.
  const list = given.map((stage) => stage ?? unread);
  reportEnds(list, report);
  const enclosed = enclosing(list);
  const read = enclosed.reduceRight((held, stage, i) => (stage === unread ? (removedStage(held, i) ?? held) : held), enclosed);
  const fitting = withinSteps(read);
  for (const [i, stage] of fitting.entries()) {
    if (stage === read[i]) continue;
    const steps = plainNumber(countSteps(programTree(read)));
    report(
      `stage ${i + 1} · rounds`,
      `A run has at most ${STEP_LIMIT} stages, each round counted, not ${steps}; rounds ${stage.rounds} is used instead.`,
    );
  }
  const reached = withinReach(fitting);
  for (const [i, stage] of reached.entries()) {
    const asked = fitting[i];
    if (asked && stage !== asked) report(`stage ${i + 1} · back to step`, beyondReach(i, asked, stage));
  }
  return reached;
}

function beyondReach(index: number, asked: Stage, { to }: Stage): string {
  const trained = to === 0 ? 'no steps are' : to === 1 ? 'only 1 step is' : `only ${plainNumber(Number(to))} steps are`;
  return `Stage ${index + 1} goes back to step ${plainNumber(Number(asked.to))}, but ${trained} trained before it; ${to} is used instead.`;
}

const unread: Stage = defaultStage('train');

/** Reports repeats that name more stages than exist. */
function reportEnds(list: readonly Stage[], report: Report): void {
  for (const [i, end] of stageEnds(list).entries()) {
    const stage = list[i];
    const named = stage && stageDefinition(stage.kind).repeats?.(stage).of;
    const there = end - i - 1;
    if (named === undefined || named <= there) continue;
    const where = `stage ${i + 1}`;
    if (there === 0) report(where, 'A repeat needs a stage after it; this one is ignored.');
    else report(`${where} · stages repeated`, `Stages repeated can be at most ${there} here, not ${named}; ${there} is used instead.`);
  }
}
