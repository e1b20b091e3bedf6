import type { Dataset } from '../datasets/types';
import { defaultControl, run } from '../engine/run';
import type { BackendInfo, Checkpoint, RunEvent } from '../experiment/events';
import { sharedStages } from '../experiment/prefix';
import type { Experiment } from '../experiment/types';
import { messageOf } from './backends';
import { Checkpoints } from './checkpoints';
import type { Measured, Message } from './protocol';
import { nextTask } from './tasks';
import type { Turns } from './turns';

/** At least this long between two reports of progress, in milliseconds. */
const REPORT_MS = 100;

/** What it needs of the lab. */
export interface MeasurerPlace {
  readonly post: (message: Message) => void;
  readonly turns: Turns;
  readonly dataset: (experiment: Experiment) => Promise<Dataset>;
  readonly backend: () => BackendInfo | undefined;
  /** The furthest checkpoint of the run on the screen that this experiment shares. */
  readonly checkpoint: (experiment: Experiment) => Checkpoint | undefined;
  readonly isBusy: () => boolean;
  /** Resolves when the run on the screen rests. */
  readonly rested: () => Promise<void>;
}

interface Job {
  readonly request: number;
  cancelled: boolean;
  /** Wakes it if it waits. */
  cancel: () => void;
  readonly ended: Promise<void>;
  reported: number;
}

function newJob(request: number): Job {
  let wake = () => {};
  const ended = new Promise<void>((resolve) => {
    wake = resolve;
  });
  const job: Job = {
    request,
    cancelled: false,
    cancel() {
      job.cancelled = true;
      wake();
    },
    ended,
    reported: 0,
  };
  return job;
}

/** Runs variations of the experiment on the screen, one after the other, while the run itself rests. */
export class Measurer {
  private job: Job | undefined;
  private loop: Promise<void> = Promise.resolve();

  constructor(private readonly place: MeasurerPlace) {}

  /** Ends what is being measured, and measures these. */
  measure(request: number, experiments: readonly Experiment[]): void {
    this.cancel();
    const job = newJob(request);
    this.job = job;
    this.loop = this.loop.then(() => this.all(job, experiments));
  }

  cancel(): void {
    this.job?.cancel();
  }

  /** Resolves when nothing is being measured. */
  ended(): Promise<void> {
    return this.loop;
  }

  private async all(job: Job, experiments: readonly Experiment[]): Promise<void> {
    const { request } = job;
    const { post } = this.place;
    const before = new Checkpoints();
    let last: Experiment | undefined;
    for (const [index, experiment] of experiments.entries()) {
      if (job.cancelled) break;
      // The variations share their first stages with each other too, whatever the run on the screen has done.
      before.keep(last ? sharedStages(last, experiment) : 0);
      last = experiment;
      this.report(job, index, 0, 0, '');
      const result = await this.one(job, index, experiment, before);
      if (result) post({ type: 'measured', request, index, result });
    }
    post({ type: 'measureEnded', request, cancelled: job.cancelled });
  }

  /** Undefined if it was cancelled. */
  private async one(job: Job, index: number, experiment: Experiment, before: Checkpoints): Promise<Measured | undefined> {
    const { place } = this;
    const control = { ...defaultControl(), inspectEveryMs: Number.POSITIVE_INFINITY, checkpointEveryMs: Number.POSITIVE_INFINITY };
    let events: AsyncGenerator<RunEvent> | undefined;
    let seconds = 0;
    try {
      const dataset = await place.dataset(experiment);
      for (;;) {
        await this.waitForRest(job, index);
        const backend = place.backend();
        if (job.cancelled) return undefined;
        if (!backend) return { failed: 'No backend is open.' };
        events ??= run(experiment, dataset, { backend, url: '', control, from: further(before.latest, place.checkpoint(experiment)) });
        const pulled = events;
        const started = performance.now();
        const { value, done } = await place.turns.take(() => pulled.next());
        seconds += (performance.now() - started) / 1000;
        if (done) return { failed: 'The run ended without a result.' };
        if (value.type === 'snapshot') before.add(value.checkpoint, undefined);
        else if (value.type === 'progress') this.report(job, index, value.step, value.steps, value.waiting);
        else if (value.type === 'failed') return { failed: `${value.message} ${value.advice}`.trim() };
        else if (value.type === 'done') {
          const { testAccuracy, stages, ledger } = value.record;
          return { testAccuracy, testLoss: stages.at(-1)?.testLoss ?? Number.NaN, totalBits: ledger.totalBits, seconds };
        }
        await nextTask();
      }
    } catch (error) {
      return { failed: messageOf(error) };
    } finally {
      const ending = events;
      if (ending) await place.turns.take(() => ending.return(undefined));
    }
  }

  private async waitForRest(job: Job, index: number): Promise<void> {
    while (this.place.isBusy() && !job.cancelled) {
      this.report(job, index, 0, 0, 'the run');
      await Promise.race([this.place.rested(), job.ended]);
    }
  }

  private report(job: Job, index: number, step: number, steps: number, waiting: string): void {
    const now = performance.now();
    if (step > 0 && step < steps && now - job.reported < REPORT_MS) return;
    job.reported = now;
    this.place.post({ type: 'measuring', request: job.request, index, step, steps, waiting });
  }
}

/** The one with less left to do. */
function further(a: Checkpoint | undefined, b: Checkpoint | undefined): Checkpoint | undefined {
  if (!a || !b) return a ?? b;
  return a.stage > b.stage || (a.stage === b.stage && a.step >= b.step) ? a : b;
}
