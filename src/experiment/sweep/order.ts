import { sharedStages } from '../program/prefix';
import { unroll } from '../program/unroll';
import { trainingSteps } from '../stages/registry';
import type { Experiment } from '../types/experiment';
import type { SweepPoint } from './sweep';

/**
 * The points in an order in which runs that share leading stages follow each other, so that their checkpoint is made once and may
 * be dropped when the next branch begins. Within a branch the order of the sweep stays.
 */
export function branchOrder<P extends SweepPoint>(points: readonly P[]): readonly P[] {
  return branches(points, 0);
}

function branches<P extends SweepPoint>(points: readonly P[], depth: number): readonly P[] {
  if (points.length < 2) return points;
  const groups: P[][] = [];
  for (const point of points) {
    const group = groups.find(([first]) => first && sharedStages(first.experiment, point.experiment) > depth);
    if (group) group.push(point);
    else groups.push([point]);
  }
  return groups.flatMap((group) => branches(group, depth + 1));
}

/** Training steps that the points take in all, stages that they share counted once. */
export function stepsToTrain(points: readonly SweepPoint[]): number {
  let steps = 0;
  let last: Experiment | undefined;
  for (const { experiment, problem } of branchOrder(points)) {
    if (problem !== '') continue;
    const shared = last ? sharedStages(last, experiment) : 0;
    for (const { stage } of unroll(experiment.stages).slice(shared)) if (stage.on) steps += trainingSteps(stage);
    last = experiment;
  }
  return steps;
}
