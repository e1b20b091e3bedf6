import { sharedStages } from '../program/prefix';
import type { RunEvent } from '../types/events';
import type { Experiment } from '../types/experiment';
import type { KeptRun } from './kept-run';
import { type KeptAbout, RunKeeper } from './run-keeper';

/**
 * Watches runs that follow each other and share leading stages. A run that continues after stages of the one before it is saved with
 * their curves, as if it had trained them itself.
 */
export class BranchKeeper {
  /** Records up to the end of this many stages. */
  private readonly behind = new Map<number, RunKeeper>();
  private keeper = new RunKeeper();
  private last: Experiment | undefined;
  private begun = false;

  /** The next run begins. */
  enter(experiment: Experiment): void {
    const shared = this.last ? sharedStages(this.last, experiment) : 0;
    this.last = experiment;
    for (const stage of this.behind.keys()) if (stage > shared) this.behind.delete(stage);
    this.keeper = new RunKeeper();
    this.begun = false;
  }

  take(event: RunEvent): void {
    if (event.type === 'stageStarted') this.begin(event.stage);
    if (event.type === 'done') this.begin(Number.POSITIVE_INFINITY);
    this.keeper.take(event);
    if (event.type === 'snapshot' && event.checkpoint.step === 0) this.behind.set(event.checkpoint.stage, this.keeper.copy());
  }

  /** Takes over what was seen of the stages before this one. */
  private begin(stage: number): void {
    if (this.begun) return;
    this.begun = true;
    const held = Math.max(...[...this.behind.keys()].filter((count) => count <= stage));
    this.keeper = this.behind.get(held)?.copy() ?? this.keeper;
  }

  /** @param done the run's last event */
  keep(done: Extract<RunEvent, { type: 'done' }>, about: KeptAbout): KeptRun {
    return this.keeper.keep(done, about);
  }
}
