import { DatasetError } from '../datasets/types';
import { toFragment } from '../experiment/link/url';
import { BranchKeeper } from '../experiment/results/branch-keeper';
import type { RunEvent } from '../experiment/types/events';
import { messageOf } from './backends';
import type { Message, SweepResult } from './protocol';
import { type QueueContext, type QueuedRun, RunQueue } from './run-queue';

/** Runs the points of a sweep while the run on the screen rests, and returns each as it is saved. One sweep at a time. */
export class Sweeper {
  private queue: RunQueue | undefined;
  private loop: Promise<void> = Promise.resolve();

  constructor(
    private readonly context: QueueContext,
    private readonly post: (message: Message) => void,
    /** After an error of the backend: gives true if another one is open now. */
    private readonly recover: (error: unknown) => Promise<boolean>,
  ) {}

  /**
   * Ends the sweep that runs, and runs these points, in this order.
   * @param number of this start, reported with its end
   */
  start(id: string, points: readonly QueuedRun[], number = 0): void {
    this.cancel();
    const { post } = this;
    const keeper = new BranchKeeper();
    let problem = '';
    const told = (index: number, result: SweepResult) => post({ type: 'sweepPoint', id, index, result });
    const take = (index: number, event: RunEvent, seconds: number) => {
      keeper.take(event);
      if (event.type === 'failed') told(index, { failed: `${event.message} ${event.advice}`.trim(), seconds });
      else if (event.type === 'done') told(index, { run: keeper.keep(event, about(id, index)), seconds });
    };
    const queue = new RunQueue(this.context, {
      progress: (progress) => post({ type: 'sweepProgress', id, ...progress }),
      begin: ({ index, experiment }) => {
        keeper.enter(experiment);
        return (event, seconds) => take(index, withUrl(event, experiment), seconds);
      },
      broke: async ({ index }, error) => {
        if (error instanceof DatasetError) {
          problem = error.message;
          return 'stop';
        }
        try {
          if (await this.recover(error)) return 'again';
        } catch (none) {
          problem = messageOf(none);
          return 'stop';
        }
        told(index, { failed: messageOf(error), seconds: 0 });
        return 'next';
      },
      ended: (cancelled) => post({ type: 'sweepEnded', id, start: number, cancelled, problem }),
    });
    this.queue = queue;
    this.loop = this.loop.then(() => queue.all(points));
  }

  pause(): void {
    this.queue?.pause(true);
  }

  resume(): void {
    this.queue?.pause(false);
  }

  cancel(): void {
    this.queue?.cancel();
  }

  /** Resolves when no sweep runs. */
  ended(): Promise<void> {
    return this.loop;
  }
}

function about(id: string, index: number) {
  const createdAt = new Date().toISOString();
  return { id: `${id}-${index}`, createdAt, name: '', note: '', origin: 'live', command: '', commit: '', sweep: { id, index } } as const;
}

/** The record with the link of its own experiment. */
function withUrl(event: RunEvent, experiment: QueuedRun['experiment']): RunEvent {
  return event.type === 'done' ? { ...event, record: { ...event.record, url: `#${toFragment(experiment)}` } } : event;
}
