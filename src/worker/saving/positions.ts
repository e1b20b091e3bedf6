import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { InterruptedRun } from '../protocol';
import type { SavedPosition } from './position';

interface Schema extends DBSchema {
  about: { key: string; value: InterruptedRun };
  positions: { key: string; value: SavedPosition };
}

/** Positions of runs in a database of their own: one for each engine that saved one, by its `owner`. */
export class Positions {
  private opened: Promise<IDBPDatabase<Schema>> | undefined;

  constructor(private readonly name = 'fewbits-positions') {}

  /** Replaces what this owner saved before. */
  async put(about: InterruptedRun, position: SavedPosition): Promise<void> {
    await this.attempt(async (db) => {
      const work = db.transaction(['about', 'positions'], 'readwrite');
      await Promise.all([work.objectStore('about').put(about), work.objectStore('positions').put(position, about.owner), work.done]);
    });
  }

  /** The newest first. */
  async list(): Promise<readonly InterruptedRun[]> {
    const all = await this.attempt((db) => db.getAll('about'));
    return all.toSorted((a, b) => (a.savedAt < b.savedAt ? 1 : -1));
  }

  async position(owner: string): Promise<unknown> {
    return this.attempt((db) => db.get('positions', owner));
  }

  async remove(owner: string): Promise<void> {
    await this.attempt(async (db) => {
      const work = db.transaction(['about', 'positions'], 'readwrite');
      await Promise.all([work.objectStore('about').delete(owner), work.objectStore('positions').delete(owner), work.done]);
    });
  }

  /** Once more on a fresh connection, since the browser may have closed the one before. */
  private async attempt<T>(act: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
    try {
      return await act(await this.open());
    } catch {
      this.opened = undefined;
      return act(await this.open());
    }
  }

  private open(): Promise<IDBPDatabase<Schema>> {
    this.opened ??= openDB<Schema>(this.name, 1, {
      upgrade(db) {
        db.createObjectStore('about', { keyPath: 'owner' });
        db.createObjectStore('positions');
      },
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    });
    return this.opened;
  }
}
