import type { Dataset } from '../datasets/types';
import { Checkpoints } from '../engine/run/checkpoints';
import type { Side } from '../engine/run/lock-step';
import { defaultControl } from '../engine/training/stage-context';
import { toFragment } from '../experiment/link/url';
import { sharedStages, stepCount } from '../experiment/program/prefix';
import { markedSteps, unroll } from '../experiment/program/unroll';
import { trainingSteps } from '../experiment/stages/registry';
import type { BackendInfo, RunEvent } from '../experiment/types/events';
import type { Experiment } from '../experiment/types/experiment';
import { EventOutbox } from './event-outbox';
import type { CheckpointLibrary } from './library/checkpoint-library';
import { libraryRun } from './library/library-run';
import type { RunPath } from './library/run-path';
import type { Message } from './protocol';
import type { Pace } from './turns';

/** What the page does not draw of the run beside. */
const unseen: ReadonlySet<RunEvent['type']> = new Set(['inspection', 'profile', 'started']);

/** The run that advances beside the one on the screen: the same experiment with one change, from the last checkpoint that both share. */
export class Beside {
  private readonly outbox: EventOutbox;
  private readonly checkpoints = new Checkpoints();
  private readonly control = { ...defaultControl(), inspectEveryMs: Number.POSITIVE_INFINITY };
  private experiment: Experiment | undefined;
  /** Leading steps that it has in common with the run on the screen. */
  private shared = 0;
  /** After so many steps of the run on the screen it starts. */
  private parting = 0;
  private over = false;
  /** It threw, perhaps because the backend did. */
  private broke = false;
  /** Changes when the one that runs is put away. */
  private generation = 0;

  constructor(
    private readonly post: (message: Message) => void,
    private readonly library: CheckpointLibrary,
    { reportMs }: Pace,
  ) {
    this.outbox = new EventOutbox((message) => {
      if (message.type === 'events') post({ type: 'besideEvents', events: message.events });
    }, reportMs);
  }

  /** The one that runs, if it is another, stops at its next step; shared stages are reused. Nothing runs beside an equal program. */
  load(main: Experiment, beside: Experiment | undefined): void {
    const shared = beside ? sharedStages(main, beside) : 0;
    const differs = beside && !(shared === stepCount(main) && shared === stepCount(beside));
    const kept = this.experiment && differs ? sharedStages(this.experiment, beside) : 0;
    const same = differs && this.experiment && kept === stepCount(beside) && kept === stepCount(this.experiment);
    this.over &&= same === true;
    if (!same) this.generation++;
    this.checkpoints.keep(kept, beside ?? main);
    this.experiment = differs ? beside : undefined;
    this.shared = shared;
    this.parting = beside ? partingOf(main, beside, shared) : 0;
  }

  /** On another backend it gets another try. */
  revive(): void {
    if (this.broke) this.over = false;
    this.broke = false;
  }

  /** Whether there is something to run. */
  get isPending(): boolean {
    return this.experiment !== undefined && !this.over;
  }

  reset(): void {
    this.checkpoints.clear();
    this.over = false;
  }

  /** Starts it, if the run on the screen has come to where the two part. */
  fork(main: RunPath, dataset: Dataset, backend: BackendInfo): Side | undefined {
    const { experiment, shared, parting, control } = this;
    if (!experiment || this.over) return undefined;
    const own = this.checkpoints.latest;
    if (!own && main.finished < parting) return undefined;
    const from = own ?? main.within(shared, experiment);
    this.flush();
    this.post({ type: 'besideFrom', stages: from?.stage ?? 0, steps: (from?.stepsBefore ?? 0) + (from?.step ?? 0) });
    const events = libraryRun(experiment, dataset, { backend, url: `#${toFragment(experiment)}`, control, from }, this.library);
    return { control, events: this.untilPutAway(events) };
  }

  private async *untilPutAway(events: AsyncGenerator<RunEvent>): AsyncGenerator<RunEvent> {
    const { generation } = this;
    try {
      for (;;) {
        const { value, done } = await events.next();
        if (done || generation !== this.generation) return;
        this.over = value.type === 'done' || value.type === 'failed';
        yield value;
        if (generation !== this.generation) return;
      }
    } catch (error) {
      this.over = true;
      this.broke = true;
      throw error;
    } finally {
      await events.return(undefined);
    }
  }

  take(event: RunEvent): void {
    if (event.type === 'snapshot') this.checkpoints.add(event.checkpoint);
    else if (!unseen.has(event.type)) this.outbox.add(event);
  }

  flush(): void {
    this.outbox.flush();
  }
}

/**
 * After how many steps of the run on the screen the one beside it starts: where the two part, or before the run on the screen passes
 * weights that only the one beside it goes back to.
 */
function partingOf(main: Experiment, beside: Experiment, shared: number): number {
  const lacking = markedSteps(beside.stages).find((step) => !markedSteps(main.stages).includes(step)) ?? Number.POSITIVE_INFINITY;
  let done = 0;
  let parting = 0;
  for (const [number, { stage }] of unroll(beside.stages).slice(0, shared).entries()) {
    if (!stage.on) continue;
    done += trainingSteps(stage);
    if (done >= lacking) break;
    parting = number + 1;
  }
  return parting;
}

/** A run of which nothing is left. */
export async function* nothing(): AsyncGenerator<RunEvent> {
  yield* [];
}
