import type { RunEvent } from '../experiment/types/events';
import type { Experiment } from '../experiment/types/experiment';
import { messageOf } from './backends';
import type { Measured, Message } from './protocol';
import { type QueueContext, RunQueue } from './run-queue';

/** Runs variations of the current experiment, one after the other, while the run itself rests. */
export class Measurer {
  private queue: RunQueue | undefined;
  private loop: Promise<void> = Promise.resolve();
  private open = 0;

  constructor(
    private readonly context: QueueContext,
    private readonly post: (message: Message) => void,
  ) {}

  /** Whether something is being measured. */
  get isBusy(): boolean {
    return this.open > 0;
  }

  /** Ends what is being measured, and measures these. */
  measure(request: number, experiments: readonly Experiment[]): void {
    this.cancel();
    const { post } = this;
    const told = (index: number, result: Measured) => post({ type: 'measured', request, index, result });
    const queue = new RunQueue(this.context, {
      progress: (progress) => post({ type: 'measuring', request, ...progress }),
      begin:
        ({ index }) =>
        (event, seconds) => {
          const result = measured(event, seconds);
          if (result) told(index, result);
        },
      broke: async ({ index }, error) => {
        told(index, { failed: messageOf(error) });
        return 'next';
      },
      ended: (cancelled) => {
        this.open -= 1;
        post({ type: 'measureEnded', request, cancelled });
      },
    });
    this.queue = queue;
    this.open += 1;
    this.loop = this.loop.then(() => queue.all(experiments.map((experiment, index) => ({ index, experiment }))));
  }

  cancel(): void {
    this.queue?.cancel();
  }

  /** Resolves when nothing is being measured. */
  ended(): Promise<void> {
    return this.loop;
  }
}

/** What the last event of a run says; undefined for the others. */
function measured(event: RunEvent, seconds: number): Measured | undefined {
  if (event.type === 'failed') return { failed: `${event.message} ${event.advice}`.trim() };
  if (event.type !== 'done') return undefined;
  const { testAccuracy, stages, ledger } = event.record;
  return { testAccuracy, testLoss: stages.at(-1)?.testLoss ?? Number.NaN, totalBits: ledger.totalBits, seconds };
}
