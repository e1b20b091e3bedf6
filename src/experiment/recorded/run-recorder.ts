import type { RunEvent } from '../events';
import { plannedTraining } from '../program/unroll';
import type { Experiment } from '../types';
import { type RecordedEvent, type Recording, type RecordingAbout, roundStep } from './recording';

/** Looks at the weights in a recording, about. */
const LOOKS = 40;

const kept: ReadonlySet<RunEvent['type']> = new Set<RecordedEvent['type']>([
  'started',
  'stageStarted',
  'inspection',
  'evaluation',
  'test',
  'stageDone',
  'done',
]);

/** Training steps between two looks at the weights, so that a recording of this experiment holds 16 to 40 of them and is small. */
export function stepsBetweenLooks(experiment: Experiment): number {
  return roundStep(plannedTraining(experiment) / LOOKS);
}

/** Watches the events of a run, from its start to its end. */
export class RunRecorder {
  private readonly events: RecordedEvent[] = [];
  private readonly losses: number[] = [];

  take(event: RunEvent): void {
    if (event.type === 'metrics') for (const [i, loss] of event.loss.entries()) this.losses[event.firstStep + i] = loss;
    else if (kept.has(event.type)) this.events.push(event as RecordedEvent);
  }

  /** @throws Error if the run has not come to its end */
  recording(about: RecordingAbout): Recording {
    const done = this.events.at(-1);
    if (done?.type !== 'done') throw new Error('Only a run that came to its end can be recorded.');
    const { experiment, backend } = done.record;
    const { name, adapter } = backend;
    return { experiment, ...about, backend: { name, adapter }, losses: Float32Array.from(this.losses), events: this.events };
  }
}
