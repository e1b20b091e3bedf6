import { fromFragment, toFragment } from '../../experiment/link/url';
import { isSameRun } from '../../experiment/program/prefix';
import { serves } from '../../experiment/program/unroll';
import type { Checkpoint } from '../../experiment/types/events';
import type { Experiment } from '../../experiment/types/experiment';
import type { Position } from '../library/run-path';

/** Changes whenever what is saved does: positions of other versions are dropped. */
export const POSITION_VERSION = 1;

export interface SavedPosition extends Position {
  readonly version: number;
  /** The experiment as a link. */
  readonly fragment: string;
}

export function savedPosition(experiment: Experiment, position: Position): SavedPosition {
  return { ...position, version: POSITION_VERSION, fragment: toFragment(experiment) };
}

/** The position that was saved of this experiment, or why it cannot be used: a sentence. */
export function readPosition(saved: unknown, experiment: Experiment): Position | string {
  if (saved === undefined) return 'The interrupted run is no longer saved.';
  if (typeof saved !== 'object' || saved === null || !('version' in saved) || saved.version !== POSITION_VERSION)
    return 'The interrupted run was saved by another version of this page and cannot go on.';
  try {
    const { done, inside, running, fragment } = saved as SavedPosition;
    if (!isSameRun(fromFragment(fragment).experiment, experiment)) return 'The interrupted run belongs to another experiment.';
    const checkpoints = [...done.map(({ checkpoint }) => checkpoint), ...(inside ? [inside] : [])];
    const latest = checkpoints.at(-1);
    if (latest && checkpoints.every(isWhole) && serves(latest, experiment))
      return { done, ...(inside && { inside }), ...(running && { running }) };
  } catch {
    // Something is not what it should be: said below.
  }
  return 'What was saved of the interrupted run is damaged.';
}

/** Whether it has every part of a checkpoint, with numbers where they belong. */
function isWhole({ stage, step, stepsBefore, model, optimizer, summaries, recentLosses, seconds }: Checkpoint): boolean {
  const arrays = (values: object) => Object.values(values).every((value) => value instanceof Float32Array);
  return (
    [stage, step, stepsBefore].every((count) => Number.isInteger(count) && count >= 0) &&
    Number.isFinite(seconds) &&
    arrays(model.parameters) &&
    Object.keys(model.parameters).length > 0 &&
    arrays(optimizer) &&
    arrays(model.outcomes) &&
    model.layers.length > 0 &&
    model.parametrizations.every(({ place, state }) => typeof place === 'string' && arrays(state)) &&
    model.marks.every(({ parameters }) => arrays(parameters)) &&
    Array.isArray(summaries) &&
    recentLosses.every(Number.isFinite)
  );
}
