import { circled } from '../../numerics/measures/number-words';
import { compresses, stageDefinition, trainingSteps } from '../stages/registry';
import type { Checkpoint } from '../types/events';
import type { Experiment, Stage } from '../types/experiment';
import { isRepeat, type ProgramNode, programTree, roundsOf } from './tree';

/** What a run does at one time: a stage of the program, in one of its rounds. */
export interface Step {
  /** Never a repeat. It may be switched off: then the run skips it. */
  readonly stage: Stage;
  /** Its position in the program. */
  readonly index: number;
  /** The round of each repeat around it, from 1, the outermost first; none outside of repeats. */
  readonly rounds: readonly number[];
  /** How many rounds each of them has. */
  readonly of: readonly number[];
}

/** Most steps of one run. */
export const STEP_LIMIT = 300;

const unrolled = new WeakMap<readonly Stage[], readonly Step[]>();

/**
 * The steps of a program in the order in which they run. Events, checkpoints and summaries call a step by its number in this list;
 * without a repeat that is the stage's position in the program. A repeat itself is no step, and one that is switched off runs its
 * stages once.
 */
export function unroll(stages: readonly Stage[]): readonly Step[] {
  const known = unrolled.get(stages);
  if (known) return known;
  const steps: Step[] = [];
  walk(programTree(stages), [], [], steps);
  unrolled.set(stages, steps);
  return steps;
}

function walk(nodes: readonly ProgramNode[], rounds: readonly number[], of: readonly number[], steps: Step[]): void {
  for (const { stage, index, children } of nodes) {
    if (steps.length >= STEP_LIMIT) return;
    if (!isRepeat(stage)) steps.push({ stage, index, rounds, of });
    else if (!stage.on) walk(children, rounds, of, steps);
    else {
      const total = roundsOf(stage);
      for (let round = 1; round <= total; round++) walk(children, [...rounds, round], [...of, total], steps);
    }
  }
}

/** How many steps a program would have if there were no limit. */
export function countSteps(nodes: readonly ProgramNode[]): number {
  return nodes.reduce((sum, { stage, children }) => sum + (isRepeat(stage) ? roundsOf(stage) * countSteps(children) : 1), 0);
}

/** The numbers of the steps that a stage of the program is, one for each round; none for a repeat. */
export function stepsOfStage(stages: readonly Stage[], index: number): readonly number[] {
  return unroll(stages).flatMap((step, number) => (step.index === index ? [number] : []));
}

/** Training steps of the whole run, each round counted. */
export function plannedTraining({ stages }: Pick<Experiment, 'stages'>): number {
  return unroll(stages).reduce((sum, { stage }) => sum + (stage.on ? trainingSteps(stage) : 0), 0);
}

/**
 * The number of the first step that compresses: after it what is stored takes fewer bits, or could. Null if there is none. From it on
 * pictures have the compressed hue, whether weights are stored as codes or not.
 */
export function firstCompression(stages: readonly Stage[]): number | null {
  const number = unroll(stages).findIndex(({ stage }) => stage.on && compresses(stage));
  return number < 0 ? null : number;
}

/** The position in the program of the stage that a step is; the step's own number where the program has no such step. */
export function stageOfStep(stages: readonly Stage[], number: number): number {
  return unroll(stages)[number]?.index ?? number;
}

/** "round 2 of 5"; "round 1 of 3, round 2 of 5" in a repeat inside another; '' outside of repeats. */
export function roundName({ rounds, of }: Pick<Step, 'rounds' | 'of'>): string {
  return rounds.map((round, i) => `round ${round} of ${of[i]}`).join(', ');
}

/** "stage 3", "stage 3, round 2 of 5". @param number of the step in the run */
export function stepName(stages: readonly Stage[], number: number): string {
  const step = unroll(stages)[number];
  if (!step) return `stage ${number + 1}`;
  return [`stage ${step.index + 1}`, ...[roundName(step)].filter(Boolean)].join(', ');
}

/** What a step is called, with the round that it is in: "Prune, round 2 of 5". @param name of its stage */
export function withRound(stages: readonly Stage[], number: number, name: string): string {
  const step = unroll(stages)[number];
  return [name, step ? roundName(step) : ''].filter(Boolean).join(', ');
}

/** The number of its stage in a circle: "②". */
export function stepMark(stages: readonly Stage[], number: number): string {
  return circled(stageOfStep(stages, number) + 1);
}

/** Both: "② prune, round 2 of 5". @param name of its stage */
export function stepTitle(stages: readonly Stage[], number: number, name: string): string {
  return `${stepMark(stages, number)} ${withRound(stages, number, name)}`;
}

const found = new WeakMap<readonly Stage[], readonly number[]>();

/** Training steps of the run after which its weights are marked, because a stage goes back to them: ascending, 0 left out. */
export function markedSteps(stages: readonly Stage[]): readonly number[] {
  const known = found.get(stages);
  if (known) return known;
  const steps = unroll(stages).flatMap(({ stage }) => (stage.on ? (stageDefinition(stage.kind).mark?.(stage) ?? 0) : 0));
  const marked = [...new Set(steps)].filter((step) => step > 0).sort((a, b) => a - b);
  found.set(stages, marked);
  return marked;
}

/**
 * Whether a run may continue from a checkpoint on its way: one made by a program that begins alike may lack the weights of a moment to
 * which this one goes back. One that has more of them serves as well.
 */
export function serves({ stepsBefore, step, model }: Checkpoint, { stages }: { readonly stages: readonly Stage[] }): boolean {
  return markedSteps(stages).every((needed) => needed > stepsBefore + step || model.marks.some((mark) => mark.step === needed));
}
