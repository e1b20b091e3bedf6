import type { Dataset } from '../datasets/types';
import type { Side } from '../engine/lock-step';
import { defaultControl, run } from '../engine/run';
import type { BackendInfo, RunEvent } from '../experiment/events';
import { sharedStages } from '../experiment/prefix';
import type { Experiment } from '../experiment/types';
import { toFragment } from '../experiment/url';
import { Checkpoints } from './checkpoints';
import { EventOutbox } from './event-outbox';
import type { Message } from './protocol';

/** What the page does not draw of the run beside. */
const unseen: ReadonlySet<RunEvent['type']> = new Set(['inspection', 'profile', 'started']);

/** The run that advances beside the one on the screen: the same experiment with one change, from the last checkpoint that both share. */
export class Beside {
  private readonly outbox: EventOutbox;
  private readonly checkpoints = new Checkpoints();
  private readonly control = { ...defaultControl(), inspectEveryMs: Number.POSITIVE_INFINITY };
  private experiment: Experiment | undefined;
  /** Leading stages that it has in common with the run on the screen. */
  private shared = 0;
  private over = false;

  constructor(private readonly post: (message: Message) => void) {
    this.outbox = new EventOutbox((message) => {
      if (message.type === 'events') post({ type: 'besideEvents', events: message.events });
    });
  }

  /** What of it is done already is kept. Nothing runs beside an equal program. */
  load(main: Experiment, beside: Experiment | undefined): void {
    const shared = beside ? sharedStages(main, beside) : 0;
    const differs = beside && !(shared === main.stages.length && shared === beside.stages.length);
    const kept = this.experiment && differs ? sharedStages(this.experiment, beside) : 0;
    const same = differs && kept === beside.stages.length && kept === this.experiment?.stages.length;
    this.over &&= same === true;
    this.checkpoints.keep(kept);
    this.experiment = differs ? beside : undefined;
    this.shared = shared;
  }

  reset(): void {
    this.checkpoints.clear();
    this.over = false;
  }

  /** Starts it, if the run on the screen has come to where the two part. */
  fork(main: Checkpoints, dataset: Dataset, backend: BackendInfo): Side | undefined {
    const { experiment, shared, control } = this;
    if (!experiment || this.over) return undefined;
    const parting = 1 + experiment.stages.slice(0, shared).findLastIndex((stage) => stage.on);
    const from = this.checkpoints.latest ?? main.behind(parting);
    if (parting > 0 && !from) return undefined;
    this.flush();
    this.post({ type: 'besideFrom', stages: from?.stage ?? 0, steps: (from?.stepsBefore ?? 0) + (from?.step ?? 0) });
    return { control, events: run(experiment, dataset, { backend, url: `#${toFragment(experiment)}`, control, from }) };
  }

  take(event: RunEvent): void {
    if (event.type === 'snapshot') this.checkpoints.add(event.checkpoint, undefined);
    else if (!unseen.has(event.type)) this.outbox.add(event);
    if (event.type === 'done' || event.type === 'failed') this.over = true;
  }

  flush(): void {
    this.outbox.flush();
  }
}
