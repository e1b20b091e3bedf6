import { trainingSteps, trains } from '../stages/registry';
import type { Experiment } from '../types/experiment';
import { type Branch, isRepeat, type ProgramNode, programList, programTree } from './tree';
import { firstCompression, plannedTraining, unroll } from './unroll';

export interface FairFloat {
  /** Its training stages alone, rounds included: as many steps as the compressed model gets. */
  readonly program: Experiment;
  /** Training steps of both. */
  readonly steps: number;
  /** Training steps before the first stage that compresses: those of the float32 model that the program itself has. */
  readonly before: number;
}

/**
 * A program that compresses and trains on compares its result with a float32 model that was trained for fewer steps. This is the same
 * program in float32 with all of its training; null where nothing is compressed, or nothing is trained after it.
 */
export function fairFloat(experiment: Experiment): FairFloat | null {
  const first = firstCompression(experiment.stages);
  if (first === null) return null;
  const before = unroll(experiment.stages)
    .slice(0, first)
    .reduce((sum, { stage }) => sum + (stage.on ? trainingSteps(stage) : 0), 0);
  const stages = programList(programTree(experiment.stages).flatMap(training));
  const program = { ...experiment, name: '', stages };
  const steps = plannedTraining(program);
  return steps > before ? { program, steps, before } : null;
}

/** The parts of a program that train. */
function training({ stage, children }: ProgramNode): readonly Branch[] {
  if (!isRepeat(stage)) return stage.on && trains(stage) ? [{ stage, children: [] }] : [];
  const kept = children.flatMap(training);
  return stage.on ? [{ stage, children: kept }] : kept;
}
