import { plannedTraining } from '../program/unroll';
import type { BackendName, RunEvent } from '../types/events';
import type { Experiment } from '../types/experiment';

/** A run that was made earlier, with what the page received of it while it ran. */
export interface Recording {
  readonly experiment: Experiment;
  /** ISO 8601, UTC. */
  readonly recordedAt: string;
  /** Of the sources that produced it, with "+" after it if they differed from the commit; '' if it is not known. */
  readonly commit: string;
  /** Command that reproduces it. */
  readonly command: string;
  readonly backend: { readonly name: BackendName; readonly adapter: string };
  /** SHA-256, hexadecimal, of the model file as the first stage left it, if that trains and the file was kept. */
  readonly weights?: string;
  /** Loss of the batch of every training step, from the first; NaN for those that were left out. */
  readonly losses: Float32Array;
  /** All but the losses, in their order. */
  readonly events: readonly RecordedEvent[];
}

/** The kinds of events that are saved: what the pictures of the results are drawn from. */
export type RecordedEvent = Extract<
  RunEvent,
  { readonly type: 'started' | 'stageStarted' | 'inspection' | 'evaluation' | 'test' | 'stageDone' | 'done' }
>;

/** Facts about a recording that its events do not contain. */
export type RecordingAbout = Pick<Recording, 'recordedAt' | 'commit' | 'command' | 'weights'>;

/** The smallest of 1, 2, 5, 10, 20, 50 … that is not below `value`. */
export function roundStep(value: number): number {
  const decade = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return ([1, 2, 5].find((digit) => digit * decade >= value) ?? 10) * decade;
}

/** Inspections of the weights in a recording, about. */
const INSPECTIONS = 40;

const kept: ReadonlySet<RunEvent['type']> = new Set<RecordedEvent['type']>([
  'started',
  'stageStarted',
  'inspection',
  'evaluation',
  'test',
  'stageDone',
  'done',
]);

/** Training steps between two inspections of the weights, so that a recording of this experiment holds 16 to 40 of them and is small. */
export function stepsBetweenInspections(experiment: Experiment): number {
  return roundStep(plannedTraining(experiment) / INSPECTIONS);
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
    if (done?.type !== 'done') throw new Error('Only a finished run can be recorded.');
    const { experiment, backend } = done.record;
    const { name, adapter } = backend;
    return { experiment, ...about, backend: { name, adapter }, losses: Float32Array.from(this.losses), events: this.events };
  }
}
