import type { Dataset } from '../datasets/types';
import { Checkpoints } from '../engine/run/checkpoints';
import type { Turn } from '../engine/run/lock-step';
import type { RunControl } from '../engine/training/stage-context';
import { unseenControl } from '../engine/training/stage-context';
import { sharedStages } from '../experiment/program/prefix';
import type { BackendInfo, Checkpoint, RunEvent } from '../experiment/types/events';
import type { Experiment } from '../experiment/types/experiment';
import type { CheckpointLibrary } from './library/checkpoint-library';
import { libraryRun } from './library/library-run';
import { nextTask, type Turns } from './turns';

/** At least this long between two reports of progress, in milliseconds. */
const REPORT_MS = 100;

/** What it needs of the lab. */
export interface QueueContext {
  readonly turns: Turns;
  readonly dataset: (experiment: Experiment) => Promise<Dataset>;
  readonly backend: () => BackendInfo | undefined;
  /** Stages that were run before are not trained again, and those that are run now are there afterwards. */
  readonly library: CheckpointLibrary;
  /** Its runs do not begin with stages that were taken from a recording. */
  readonly live?: boolean;
  /** The checkpoint inside the stage that the run on the screen is at, if this experiment shares it. */
  readonly inside: (experiment: Experiment) => Checkpoint | undefined;
  /** For what the queue has to wait; '' if it may run. */
  readonly busyWith: () => string;
  /** Resolves when that may have changed. */
  readonly rested: () => Promise<unknown>;
}

export interface QueuedRun {
  readonly index: number;
  readonly experiment: Experiment;
}

export interface QueueProgress {
  readonly index: number;
  readonly step: number;
  readonly steps: number;
  readonly waiting: string;
}

/** @param seconds the time that the run has taken so far */
type Take = (event: RunEvent, seconds: number) => void;

/** What becomes of the runs. Runs are named by their index: nobody may count on one at a time, or on their order. */
export interface Outcome {
  readonly progress: (progress: QueueProgress) => void;
  /** A run begins. Gives what takes its events. */
  readonly begin: (queued: QueuedRun) => Take;
  /** Something was thrown. `again`: the run is tried again from its last checkpoint; `stop`: nothing of the queue can run now. */
  readonly broke: (queued: QueuedRun, error: unknown) => Promise<'next' | 'again' | 'stop'>;
  readonly ended: (cancelled: boolean) => void;
}

/** Runs that are done in the background, one after the other, while the run on the screen rests. */
export class RunQueue {
  private cancelled = false;
  private paused = false;
  private reported = 0;
  private wake = () => {};
  private changed: Promise<void> = Promise.resolve();
  private readonly before = new Checkpoints();

  constructor(
    private readonly context: QueueContext,
    private readonly outcome: Outcome,
  ) {}

  cancel(): void {
    this.cancelled = true;
    this.wake();
  }

  pause(paused: boolean): void {
    this.paused = paused;
    this.wake();
  }

  /** Never rejects. */
  async all(runs: readonly QueuedRun[]): Promise<void> {
    let last: Experiment | undefined;
    for (const queued of runs) {
      if (this.cancelled) break;
      // The runs share their first stages with each other too, whatever the run on the screen has done.
      this.before.keep(last ? sharedStages(last, queued.experiment) : 0, queued.experiment);
      last = queued.experiment;
      if ((await this.untilDone(queued)) === 'stop') break;
    }
    this.outcome.ended(this.cancelled);
  }

  private async untilDone(queued: QueuedRun): Promise<'next' | 'stop'> {
    for (;;) {
      try {
        if (await this.one(queued)) return 'next';
      } catch (error) {
        const then = await this.outcome.broke(queued, error);
        if (then !== 'again') return then;
      }
    }
  }

  /** Gives false if another backend was chosen in the middle of it: it has to go on there. */
  private async one(queued: QueuedRun): Promise<boolean> {
    const { context, before } = this;
    const { index, experiment } = queued;
    let events: AsyncGenerator<RunEvent> | undefined;
    let begunOn: BackendInfo | undefined;
    let seconds = 0;
    this.report({ index, step: 0, steps: 0, waiting: '' });
    const take = this.outcome.begin(queued);
    try {
      const dataset = await context.dataset(experiment);
      for (;;) {
        await this.waitForRest(index);
        if (this.cancelled) return true;
        const backend = context.backend();
        if (!backend) throw new Error('No backend is open.');
        begunOn ??= backend;
        events ??= this.begin(experiment, dataset, backend, take);
        const pulled = events;
        const started = performance.now();
        const pull = await context.turns.take(async () => (context.backend() === begunOn ? pulled.next() : undefined));
        if (!pull) return false;
        const { value, done } = pull;
        seconds += (performance.now() - started) / 1000;
        if (done) throw new Error('The run ended without a result.');
        if (value.type === 'snapshot') before.add(value.checkpoint);
        else if (value.type === 'progress') this.report({ index, step: value.step, steps: value.steps, waiting: value.waiting });
        take(value, seconds);
        if (value.type === 'failed' || value.type === 'done') return true;
        await nextTask();
      }
    } finally {
      const ending = events;
      if (ending) await context.turns.take(() => ending.return(undefined));
    }
  }

  /** From the furthest checkpoint. What was reported of stages that were run before is reported again. */
  private begin(experiment: Experiment, dataset: Dataset, backend: BackendInfo, take: Take): AsyncGenerator<RunEvent> {
    const { library, inside, live } = this.context;
    const usable = (checkpoint: Checkpoint) => !live || !checkpoint.recorded;
    const path = library.path(experiment).filter(({ checkpoint }) => usable(checkpoint));
    const known = path.at(-1)?.checkpoint;
    const [latest, middle] = [this.before.latest, inside(experiment)];
    const from = further(known, further(latest, middle && usable(middle) ? middle : undefined));
    if (from && from === known) for (const event of path.flatMap(({ events }) => events)) take(event, 0);
    return libraryRun(experiment, dataset, { backend, url: '', control: unseenControl(), from }, library);
  }

  private async waitForRest(index: number): Promise<void> {
    for (;;) {
      this.renew();
      const waiting = this.paused ? 'you' : this.context.busyWith();
      if (waiting === '' || this.cancelled) return;
      this.report({ index, step: 0, steps: 0, waiting });
      await Promise.race(this.paused ? [this.changed] : [this.context.rested(), this.changed]);
    }
  }

  private renew(): void {
    this.changed = new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  private report(progress: QueueProgress): void {
    const now = performance.now();
    const { step, steps } = progress;
    if (step > 0 && step < steps && now - this.reported < REPORT_MS) return;
    this.reported = now;
    this.outcome.progress(progress);
  }
}

/** The one with less left to do. */
function further(a: Checkpoint | undefined, b: Checkpoint | undefined): Checkpoint | undefined {
  if (!a || !b) return a ?? b;
  return a.stage > b.stage || (a.stage === b.stage && a.step >= b.step) ? a : b;
}

/** More pulls than that do not come between two steps. */
const TRIES = 40;

/** Pulls a run until it has given a checkpoint of this very moment. @param take passes each turn on; gives true if it ends the run */
export async function pullToSnapshot(
  pull: () => Promise<IteratorResult<Turn>>,
  control: RunControl,
  take: (turn: Turn) => boolean,
): Promise<void> {
  const usual = control.checkpointEveryMs;
  control.checkpointEveryMs = 0;
  control.maxSteps = 1;
  try {
    for (let tries = 0; tries < TRIES; tries++) {
      const { value, done } = await pull();
      if (done || take(value) || (value.side === 0 && value.event.type === 'snapshot')) break;
    }
  } catch {
    // A broken backend will break again when the run continues, from the checkpoint before; it is dealt with there.
  } finally {
    control.checkpointEveryMs = usual;
  }
}
