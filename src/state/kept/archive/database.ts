import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { KeptRun } from '../../../experiment/results/kept-run';
import type { StoredSweep } from './kept-sweep';

interface Schema extends DBSchema {
  runs: { key: string; value: KeptRun; indexes: { sweep: string } };
  sweeps: { key: string; value: StoredSweep };
}

export type Database = IDBPDatabase<Schema>;

const VERSION = 1;

interface Ends {
  /** The browser has closed it: it was cleared or evicted. */
  readonly lost: () => void;
  /** Another tab has a newer version of the page, and changes the database. */
  readonly outdated: () => void;
}

/** Opens the database, with the stores that it must have. @throws DOMException as the browser gives it */
export async function openDatabase(name: string, ends: Ends): Promise<Database> {
  const db = await open(name, ends);
  if (isWhole(db)) return db;
  // Made by something else, or cut short: built again from what is there.
  const saved = await Promise.all(STORES.map(async (store) => (db.objectStoreNames.contains(store) ? db.getAll(store) : [])));
  db.close();
  await remove(name);
  const again = await open(name, ends);
  const work = again.transaction(STORES, 'readwrite');
  for (const [i, store] of STORES.entries()) for (const record of saved[i] ?? []) await work.objectStore(store).put(record as never);
  await work.done;
  return again;
}

const STORES = ['runs', 'sweeps'] as const;

function open(name: string, { lost, outdated }: Ends): Promise<Database> {
  return openDB<Schema>(name, VERSION, {
    upgrade(database) {
      database.createObjectStore('runs', { keyPath: 'id' }).createIndex('sweep', 'sweep.id');
      database.createObjectStore('sweeps', { keyPath: 'id' });
    },
    blocking(_current, next, event) {
      (event.target as IDBDatabase).close();
      // Without a next version it is deleted, not changed.
      if (next === null) lost();
      else outdated();
    },
    terminated: lost,
  });
}

function isWhole(db: Database): boolean {
  if (!STORES.every((store) => db.objectStoreNames.contains(store))) return false;
  return db.transaction('runs').store.indexNames.contains('sweep');
}

function remove(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });
}
