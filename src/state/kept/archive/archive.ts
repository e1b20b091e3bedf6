import { type KeptRun, parseKeptRun } from '../../../experiment/results/kept-run';
import { ArchiveError, type Attempt, archiveError, isDead, OUTDATED } from './archive-error';
import { type Database, openDatabase } from './database';
import { type KeptSweep, readSweep, storedSweep } from './kept-sweep';
import { type BrokenRecord, type ReadRecords, readRecords } from './records';

/**
 * Runs and sweeps in the browser's own database. Nothing else in the page touches it. A connection that dies is opened once more: the
 * browser may clear or evict the database at any time.
 */
export class Archive {
  private opened: Promise<Database> | null = null;
  /** Another tab has changed the database: this page cannot use it any more. */
  private outdated = false;

  private constructor(private readonly name: string) {}

  /** @throws ArchiveError if the browser has no database for this page (a private window, blocked storage) */
  static async open(name = 'fewbits'): Promise<Archive> {
    const archive = new Archive(name);
    await archive.connection();
    return archive;
  }

  /** Adds or replaces. @throws ArchiveError if the disk is full */
  async keepRun(run: KeptRun): Promise<void> {
    await this.attempt('save', (db) => db.put('runs', run));
  }

  /** @throws ArchiveError if the disk is full */
  async keepSweep(sweep: KeptSweep): Promise<void> {
    await this.attempt('save', (db) => db.put('sweeps', storedSweep(sweep)));
  }

  async runs(): Promise<ReadRecords<KeptRun>> {
    return readRecords('runs', await this.attempt('read', (db) => db.getAll('runs')), parseKeptRun);
  }

  /** Undefined too if it cannot be read. */
  async run(id: string): Promise<KeptRun | undefined> {
    const record = await this.attempt('read', (db) => db.get('runs', id));
    return record && (await readRecords('runs', [record], parseKeptRun)).found[0];
  }

  async sweeps(): Promise<ReadRecords<KeptSweep>> {
    return readRecords('sweeps', await this.attempt('read', (db) => db.getAll('sweeps')), readSweep);
  }

  /** Those that can be read, the oldest first. */
  async runsOf(sweepId: string): Promise<readonly KeptRun[]> {
    const records = await this.attempt('read', (db) => db.getAllFromIndex('runs', 'sweep', sweepId));
    return (await readRecords('runs', records, parseKeptRun)).found;
  }

  async removeRun(id: string): Promise<void> {
    await this.attempt('save', (db) => db.delete('runs', id));
  }

  async removeBroken({ store, key }: BrokenRecord): Promise<void> {
    await this.attempt('save', (db) => db.delete(store, key as string));
  }

  /** Takes the sweep and its runs away. */
  async removeSweep(id: string): Promise<void> {
    await this.attempt('save', async (db) => {
      const work = db.transaction(['runs', 'sweeps'], 'readwrite');
      const runs = work.objectStore('runs');
      for (const key of await runs.index('sweep').getAllKeys(id)) await runs.delete(key);
      await work.objectStore('sweeps').delete(id);
      await work.done;
    });
  }

  close(): void {
    this.opened?.then((db) => db.close()).catch(() => {});
    this.opened = null;
  }

  private connection(): Promise<Database> {
    if (this.outdated) return Promise.reject(new ArchiveError(OUTDATED));
    this.opened ??= openDatabase(this.name, {
      lost: () => {
        this.opened = null;
      },
      outdated: () => {
        this.outdated = true;
        this.opened = null;
      },
    }).catch((error: unknown) => {
      // The next attempt asks again: the person may have allowed it in the meantime.
      this.opened = null;
      throw archiveError(error, 'open');
    });
    return this.opened;
  }

  /** Does it, once more on a new connection if the one at hand was dead. */
  private async attempt<T>(what: Attempt, work: (db: Database) => Promise<T>): Promise<T> {
    const held = this.connection();
    const db = await held;
    try {
      return await work(db);
    } catch (error) {
      if (!isDead(error)) throw archiveError(error, what);
      db.close();
      if (this.opened === held) this.opened = null;
    }
    const again = await this.connection();
    return work(again).catch((error: unknown) => {
      throw archiveError(error, what);
    });
  }
}

/** Bytes that this page uses and may use, as far as the browser reports; null where it does not. */
export async function storageQuota(): Promise<{ readonly used: number; readonly available: number } | null> {
  const { usage, quota } = (await globalThis.navigator?.storage?.estimate?.()) ?? {};
  return usage === undefined || quota === undefined ? null : { used: usage, available: quota };
}
