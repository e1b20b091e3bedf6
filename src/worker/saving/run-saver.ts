import type { BackendInfo, RunEvent } from '../../experiment/types/events';
import type { Experiment } from '../../experiment/types/experiment';
import type { Position } from '../library/run-path';
import type { InterruptedRun } from '../protocol';
import { isHeld, LOCK, type Locks } from './locks';
import { readPosition, type SavedPosition, savedPosition } from './position';
import type { Positions } from './positions';

/** What it asks of the run on the screen. */
export interface Saveable {
  readonly position: () => Position;
  readonly restore: (position: Position) => void;
}

/** Saves where the run on the screen is at each of its checkpoints, so that it outlives the page. Failing to save disturbs nothing. */
export class RunSaver {
  private next: (() => Promise<unknown>) | undefined;
  private working: Promise<void> | undefined;
  private owner = '';

  constructor(
    private readonly positions: Pick<Positions, 'put' | 'list' | 'position' | 'remove'>,
    private readonly locks: Locks | undefined = globalThis.navigator?.locks,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** @param owner names this engine among others; for as long as it lives its run is not interrupted */
  open(owner: string): void {
    this.owner = owner;
    void this.locks?.request(LOCK + owner, () => new Promise(() => {}));
  }

  /** Takes an event of the run. */
  take(event: RunEvent, run: Saveable, experiment: Experiment | undefined, backend: BackendInfo | undefined): void {
    if (event.type === 'done' || event.type === 'failed') this.drop();
    if (event.type !== 'snapshot' || !experiment || !backend || this.owner === '') return;
    const { stage, step, stepsBefore, seconds } = event.checkpoint;
    this.soon(() => {
      const position = savedPosition(experiment, run.position());
      const steps = stepsBefore + step;
      const savedAt = this.now().toISOString();
      const about = { owner: this.owner, fragment: position.fragment, backend: backend.name, stage, steps, seconds, savedAt };
      return this.positions.put(about, position);
    });
  }

  /** Forgets what this engine saved. */
  drop(): void {
    if (this.owner !== '') this.soon(() => this.positions.remove(this.owner));
  }

  /** Forgets what another one saved. Never rejects. */
  async discard(owner: string): Promise<void> {
    await this.positions.remove(owner).catch(() => {});
  }

  /** The newest run of an engine that is no more; null if there is none, or nothing can be read. */
  async interrupted(): Promise<InterruptedRun | null> {
    try {
      for (const about of await this.positions.list()) {
        if (about.owner !== this.owner && !(await isHeld(this.locks, LOCK + about.owner))) return about;
      }
    } catch {
      // Without a database nothing was saved.
    }
    return null;
  }

  /** Brings the run to where that engine left it, which is then forgotten. Gives why it cannot, as a sentence; '' if it is there. */
  async restore(run: Saveable, owner: string, experiment: Experiment): Promise<string> {
    const saved = await this.positions.position(owner).catch(() => undefined);
    const position = readPosition(saved, experiment);
    if (typeof position === 'string') {
      await this.discard(owner);
      return `${position} The run starts from the beginning.`;
    }
    run.restore(position);
    // From now on it is this engine's, and there if this one ends as well.
    const about = (await this.positions.list().catch(() => [])).find((entry) => entry.owner === owner);
    if (about && this.owner !== '') await this.positions.put({ ...about, owner: this.owner }, saved as SavedPosition).catch(() => {});
    await this.discard(owner);
    return '';
  }

  /** Resolves when all is written. */
  async settled(): Promise<void> {
    await this.working;
  }

  /** Writes one after the other; what waits gives way to what is newer. */
  private soon(act: () => Promise<unknown>): void {
    this.next = act;
    this.working ??= this.work();
  }

  private async work(): Promise<void> {
    while (this.next) {
      const act = this.next;
      this.next = undefined;
      // A full disk or none at all: the run goes on without.
      await act().catch(() => {});
    }
    this.working = undefined;
  }
}
