import 'fake-indexeddb/auto';
import { forceCloseDatabase } from 'fake-indexeddb';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultExperiment } from '../../../experiment/program/defaults';
import type { KeptRun } from '../../../experiment/results/kept-run';
import { keptRunOf } from '../../../experiment/testing/kept-run';
import { Archive, storageQuota } from './archive';
import { ArchiveError } from './archive-error';
import type { KeptSweep } from './kept-sweep';

let archive: Archive;
let databases = 0;

beforeEach(async () => {
  archive = await Archive.open(`test-${databases++}`);
});
afterEach(() => archive.close());

const run = (id: string, day: string, sweep: KeptRun['sweep'] = null) =>
  keptRunOf({ id, createdAt: `2026-01-0${day}T00:00:00.000Z`, sweep, name: id });
const runsIn = async (from: Archive) => (await from.runs()).found;
const sweepsIn = async (from: Archive) => (await from.sweeps()).found;
const sweep = (id: string): KeptSweep => ({
  id,
  createdAt: '2026-01-01T00:00:00Z',
  sweep: { name: '', experiment: defaultExperiment(), axes: [] },
  note: '',
  state: 'running',
  failed: {},
});

describe('the archive', () => {
  test('gives runs back, the oldest first, and keeps one of each id', async () => {
    await archive.keepRun(run('b', '2'));
    await archive.keepRun(run('a', '1'));
    await archive.keepRun({ ...run('b', '2'), note: 'again' });
    expect((await runsIn(archive)).map(({ id, note }) => [id, note])).toEqual([
      ['a', ''],
      ['b', 'again'],
    ]);
    await archive.removeRun('a');
    expect((await runsIn(archive)).length).toBe(1);
  });

  test('removes a sweep with its runs and no others', async () => {
    await archive.keepSweep(sweep('s'));
    await archive.keepSweep(sweep('t'));
    await archive.keepRun(run('a', '1', { id: 's', index: 0 }));
    await archive.keepRun(run('b', '2', { id: 't', index: 0 }));
    await archive.keepRun(run('c', '3'));
    expect((await archive.runsOf('s')).map(({ id }) => id)).toEqual(['a']);
    await archive.removeSweep('s');
    expect((await sweepsIn(archive)).map(({ id }) => id)).toEqual(['t']);
    expect((await runsIn(archive)).map(({ id }) => id)).toEqual(['b', 'c']);
  });

  test('reads a sweep that an earlier version saved, and saves it in the same form', async () => {
    const { name, experiment } = sweep('s').sweep;
    const bits = { paths: ['2.bits'], places: [['2'], ['4']] };
    const seeds = { paths: ['seed'], ticks: [['1'], ['2'], ['3']] };
    const db = await openDB('earlier', 1, {
      upgrade(database) {
        database.createObjectStore('runs', { keyPath: 'id' }).createIndex('sweep', 'sweep.id');
        database.createObjectStore('sweeps', { keyPath: 'id' });
      },
    });
    await db.put('sweeps', { ...sweep('s'), sweep: { name, experiment, axes: [bits, seeds] } });
    const later = await Archive.open('earlier');
    const [kept] = await sweepsIn(later);
    expect(kept?.sweep.axes).toEqual([
      { paths: ['2.bits'], ticks: [['2'], ['4']] },
      { paths: ['seed'], ticks: [['1'], ['2'], ['3']] },
    ]);
    await later.keepSweep(kept as KeptSweep);
    expect((await db.get('sweeps', 's')).sweep.axes).toEqual([bits, { paths: ['seed'], places: seeds.ticks }]);
    later.close();
    db.close();
  });

  test('says in a sentence what cannot be kept', async () => {
    const unkeepable = { ...run('a', '1'), name: () => '' } as unknown as KeptRun;
    await expect(archive.keepRun(unkeepable)).rejects.toThrow(ArchiveError);
    await expect(archive.keepRun(unkeepable)).rejects.toThrow('The run is not saved: it contains something that the browser cannot store.');
  });

  test('says so where there is no database', async () => {
    const { indexedDB } = globalThis;
    Object.defineProperty(globalThis, 'indexedDB', {
      value: {
        open: () => {
          throw new Error('blocked');
        },
      },
      configurable: true,
      writable: true,
    });
    await expect(Archive.open('x')).rejects.toThrow(/^Runs cannot be saved in this browser: it gives this page no database.*\.$/);
    Object.defineProperty(globalThis, 'indexedDB', { value: indexedDB, configurable: true, writable: true });
  });

  test('knows no quota where the browser reports none', async () => {
    expect(await storageQuota()).toBeNull();
  });
});

/** A database with these stores and records, made by something else. */
async function handMade(name: string, version: number, stores: Readonly<Record<string, readonly object[]>>) {
  const db = await openDB(name, version, {
    upgrade(database) {
      for (const store of Object.keys(stores)) database.createObjectStore(store, { keyPath: 'id' });
    },
  });
  for (const [store, records] of Object.entries(stores)) for (const record of records) await db.put(store, record);
  db.close();
}

describe('a connection that dies', () => {
  test.each([
    ['the browser closes it', (db: IDBDatabase) => forceCloseDatabase(db as never)],
    ['it is closed without a word', (db: IDBDatabase) => db.close()],
  ])('%s: the next write opens it again, and what was saved is there', async (_name, end) => {
    const opened: IDBDatabase[] = [];
    const open = indexedDB.open.bind(indexedDB);
    indexedDB.open = (...args) => {
      const request = open(...args);
      request.addEventListener('success', () => opened.push(request.result));
      return request;
    };
    const mine = await Archive.open(`dies-${databases++}`);
    await mine.keepRun(run('a', '1'));
    end(opened[0]!);
    await mine.keepRun(run('b', '2'));
    end(opened[1]!);
    await mine.keepSweep(sweep('s'));
    expect((await runsIn(mine)).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(await sweepsIn(mine)).toHaveLength(1);
    expect(opened).toHaveLength(3);
    indexedDB.open = open;
    mine.close();
  });

  test('the database is deleted: the next write makes it anew', async () => {
    const name = `deleted-${databases++}`;
    const mine = await Archive.open(name);
    await mine.keepRun(run('a', '1'));
    await new Promise((resolve) => {
      indexedDB.deleteDatabase(name).onsuccess = resolve;
    });
    await mine.keepRun(run('b', '2'));
    expect((await runsIn(mine)).map(({ id }) => id)).toEqual(['b']);
    mine.close();
  });

  test('another tab has a newer version: the sentence asks for a reload, of this page and of the next', async () => {
    const name = `newer-${databases++}`;
    const mine = await Archive.open(name);
    const newer = await openDB(name, 2);
    await expect(mine.keepRun(run('a', '1'))).rejects.toThrow(/^A newer version of this page .* Reload this page/);
    await expect(mine.runs()).rejects.toThrow(ArchiveError);
    newer.close();
    await expect(Archive.open(name)).rejects.toThrow(/Reload this page/);
  });
});

describe('records that are damaged', () => {
  test('are told one by one, and do not hide the others; they can be removed', async () => {
    const name = `damaged-${databases++}`;
    const mine = await Archive.open(name);
    await mine.keepRun(run('good', '1'));
    await mine.keepSweep(sweep('s'));
    const db = await openDB(name);
    const { name: _, ...nameless } = run('nameless', '2');
    await db.put('runs', nameless);
    await db.put('runs', { id: 7 });
    await db.put('sweeps', { id: 'bad', sweep: {} });
    db.close();
    const { found, broken } = await mine.runs();
    expect(found.map(({ id }) => id)).toEqual(['good']);
    expect(broken).toEqual([
      { store: 'runs', key: 7, reason: 'This is not a run of Fewbits: its format is invalid.', raw: { id: 7 } },
      { store: 'runs', key: 'nameless', reason: 'This is not a run of Fewbits: its name is invalid.', raw: nameless },
    ]);
    const sweeps = await mine.sweeps();
    expect(sweeps.found).toHaveLength(1);
    expect(sweeps.broken.map(({ key, reason }) => [key, reason])).toEqual([
      ['bad', 'This is not a sweep of Fewbits: its createdAt is invalid.'],
    ]);
    for (const record of [...broken, ...sweeps.broken]) await mine.removeBroken(record);
    expect((await mine.runs()).broken).toEqual([]);
    expect((await mine.sweeps()).broken).toEqual([]);
    expect(await mine.run('nameless')).toBeUndefined();
    mine.close();
  });

  test('a loss that overflowed is a run like others', async () => {
    const lost = {
      ...run('nan', '1'),
      curves: { loss: { step: [1, 2], value: [Number.NaN, Number.POSITIVE_INFINITY] }, validation: { step: [], value: [] } },
    };
    await archive.keepRun({ ...lost, record: { ...lost.record, trainLoss: Number.NaN } });
    expect((await runsIn(archive)).map(({ curves }) => curves.loss.value)).toEqual([[Number.NaN, Number.NaN]]);
  });

  test('a database without its stores is made whole, with what it has', async () => {
    const name = `bare-${databases++}`;
    await handMade(name, 1, {});
    const bare = await Archive.open(name);
    await bare.keepRun(run('a', '1'));
    expect(await runsIn(bare)).toHaveLength(1);
    bare.close();
    const half = `half-${databases++}`;
    await handMade(half, 1, { runs: [run('b', '2', { id: 's', index: 0 })] });
    const whole = await Archive.open(half);
    await whole.keepSweep(sweep('s'));
    expect((await whole.runsOf('s')).map(({ id }) => id)).toEqual(['b']);
    whole.close();
  });
});
