import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { KeptRun } from '../../../experiment/results/kept-run';
import type { SweepAxis } from '../../../experiment/sweep/axis';
import type { Sweep } from '../../../experiment/sweep/sweep';

/** A sweep as it is saved: what shall run. Which of its points have run is known by the runs that name it. */
export interface KeptSweep {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly sweep: Sweep;
  readonly note: string;
  /** Paused and cancelled sweeps continue when asked; running ones as soon as the page is open again. */
  readonly state: 'running' | 'paused' | 'cancelled' | 'done';
  /** Points that failed, with the reason. */
  readonly failed: Readonly<Record<number, string>>;
}

/** A sweep as the database has it: the ticks of an axis are named `places` there, as in its first version. */
interface StoredSweep extends Omit<KeptSweep, 'sweep'> {
  readonly sweep: Omit<Sweep, 'axes'> & { readonly axes: readonly StoredAxis[] };
}

interface StoredAxis {
  readonly paths: SweepAxis['paths'];
  readonly places?: SweepAxis['ticks'];
  /** Instead of `places`, from pages between two versions. */
  readonly ticks?: SweepAxis['ticks'];
}

interface Schema extends DBSchema {
  runs: { key: string; value: KeptRun; indexes: { sweep: string } };
  sweeps: { key: string; value: StoredSweep };
}

/** Why something could not be saved, as one sentence for the user. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
}

/** Runs and sweeps in the browser's own database. Nothing else in the page touches it. */
export class Archive {
  private constructor(private readonly db: IDBPDatabase<Schema>) {}

  /** @throws ArchiveError if the browser has no database for this page (a private window, blocked storage) */
  static async open(name = 'fewbits'): Promise<Archive> {
    try {
      const db = await openDB<Schema>(name, 1, {
        upgrade(database) {
          database.createObjectStore('runs', { keyPath: 'id' }).createIndex('sweep', 'sweep.id');
          database.createObjectStore('sweeps', { keyPath: 'id' });
        },
        // A newer page wants to change the database: let go of it.
        blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
      });
      return new Archive(db);
    } catch (error) {
      throw new ArchiveError(`Runs cannot be saved in this browser: ${reason(error)}.`);
    }
  }

  /** Adds or replaces. @throws ArchiveError if the disk is full */
  async keepRun(run: KeptRun): Promise<void> {
    await attempt(this.db.put('runs', run));
  }

  /** @throws ArchiveError if the disk is full */
  async keepSweep(sweep: KeptSweep): Promise<void> {
    await attempt(this.db.put('sweeps', stored(sweep)));
  }

  /** The oldest first. */
  async runs(): Promise<readonly KeptRun[]> {
    return byAge(await this.db.getAll('runs'));
  }

  async run(id: string): Promise<KeptRun | undefined> {
    return this.db.get('runs', id);
  }

  async sweeps(): Promise<readonly KeptSweep[]> {
    return byAge((await this.db.getAll('sweeps')).map(read));
  }

  async runsOf(sweepId: string): Promise<readonly KeptRun[]> {
    return byAge(await this.db.getAllFromIndex('runs', 'sweep', sweepId));
  }

  async removeRun(id: string): Promise<void> {
    await this.db.delete('runs', id);
  }

  /** Takes the sweep and its runs away. */
  async removeSweep(id: string): Promise<void> {
    const work = this.db.transaction(['runs', 'sweeps'], 'readwrite');
    const runs = work.objectStore('runs');
    for (const key of await runs.index('sweep').getAllKeys(id)) await runs.delete(key);
    await work.objectStore('sweeps').delete(id);
    await work.done;
  }

  close(): void {
    this.db.close();
  }
}

/** Bytes that this page uses and may use, as far as the browser reports; null where it does not. */
export async function storageQuota(): Promise<{ readonly used: number; readonly available: number } | null> {
  const { usage, quota } = (await globalThis.navigator?.storage?.estimate?.()) ?? {};
  return usage === undefined || quota === undefined ? null : { used: usage, available: quota };
}

function stored({ sweep, ...about }: KeptSweep): StoredSweep {
  return { ...about, sweep: { ...sweep, axes: sweep.axes.map(({ paths, ticks }) => ({ paths, places: ticks })) } };
}

function read({ sweep, ...about }: StoredSweep): KeptSweep {
  return { ...about, sweep: { ...sweep, axes: sweep.axes.map(({ paths, places, ticks }) => ({ paths, ticks: places ?? ticks ?? [] })) } };
}

function byAge<T extends { readonly createdAt: string; readonly id: string }>(kept: readonly T[]): readonly T[] {
  return kept.toSorted((a, b) => a.createdAt.localeCompare(b.createdAt) || a.id.localeCompare(b.id));
}

async function attempt(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    const full = error instanceof DOMException && error.name === 'QuotaExceededError';
    throw new ArchiveError(
      full ? 'The disk is full: the run is not saved. Remove some, or export them first.' : `The run is not saved: ${reason(error)}.`,
    );
  }
}

function reason(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
}
