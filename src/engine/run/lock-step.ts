import type { RunEvent } from '../../experiment/types/events';
import type { RunControl } from '../training/stage-context';

/** One of two runs that advance together. */
export interface Side {
  readonly events: AsyncGenerator<RunEvent>;
  readonly control: RunControl;
}

/** An event of one of the runs, and whether both are at the same step after it (or only one of them is left). */
export interface Turn {
  readonly side: 0 | 1;
  readonly event: RunEvent;
  readonly level: boolean;
  /** Nothing is left to pull. */
  readonly over: boolean;
}

const MOST_STEPS = 1000;

/**
 * Pulls two runs alternately: always the one with fewer steps, by at most the steps that it lacks; the first where they are level. Both
 * see the same batches where they have the same seed, so what differs between their losses is the difference between the programs.
 *
 * The second may come later, from a checkpoint of the first, and another may come when it is over. If it throws or fails, that is
 * its `failed` event and the first continues; if the first fails, the second continues. What the first throws is thrown. `return()`
 * ends both.
 *
 * @param fork asked for a second run before each turn that has none; gives each run once, undefined while there is none to start
 */
export async function* lockStep(first: Side, fork: () => Side | undefined): AsyncGenerator<Turn, void> {
  const one = new Follower(first);
  let two: Follower | undefined;
  const follow = () => {
    const side = two && !two.over ? undefined : fork();
    if (side) two = new Follower(side);
  };
  try {
    for (;;) {
      follow();
      const second = two && !two.over && (one.over || two.isBehind(one)) ? two : undefined;
      if (!second && one.over) return;
      const event = await (second ? second.nextOrFailed(one) : one.next());
      if (one.over) follow();
      const over = one.over && (!two || two.over);
      if (event) yield { side: second ? 1 : 0, event, over, level: !two || two.over || one.over || two.isLevel(one) };
    }
  } finally {
    await one.end();
    await two?.end();
  }
}

/** A run, and how far its events say that it has come. */
class Follower {
  over = false;
  /** Training steps over all stages. */
  private steps = 0;
  /** Stages begun or finished. */
  private stage = 0;
  private stepsBefore = 0;

  constructor(private readonly side: Side) {}

  isBehind(other: Follower): boolean {
    return this.steps < other.steps || (this.steps === other.steps && this.stage < other.stage);
  }

  isLevel(other: Follower): boolean {
    return this.steps === other.steps && this.stage === other.stage;
  }

  async next(): Promise<RunEvent | undefined> {
    const { value, done } = await this.side.events.next();
    if (done) this.over = true;
    else this.follow(value);
    // Its memory is no longer needed, and the other may run for long.
    if (this.over) await this.end();
    return done ? undefined : value;
  }

  /** The next event, after at most as many steps as `leader` is ahead. */
  async nextOrFailed(leader: Follower): Promise<RunEvent | undefined> {
    const lacking = leader.over ? MOST_STEPS : leader.steps - this.steps;
    this.side.control.maxSteps = Math.min(MOST_STEPS, Math.max(1, lacking));
    try {
      return await this.next();
    } catch (error) {
      this.over = true;
      return { type: 'failed', message: error instanceof Error ? error.message : String(error), advice: '' };
    }
  }

  private follow(event: RunEvent): void {
    if (event.type === 'stageStarted') {
      this.stage = event.stage;
      this.stepsBefore = event.stepsBefore;
      this.steps = event.stepsBefore;
    } else if (event.type === 'progress') this.steps = this.stepsBefore + event.step;
    else if (event.type === 'metrics') this.steps = event.firstStep + event.loss.length;
    else if (event.type === 'stageDone') this.stage = event.summary.stage + 1;
    else if (event.type === 'done' || event.type === 'failed') this.over = true;
  }

  async end(): Promise<void> {
    await this.side.events.return(undefined);
  }
}
