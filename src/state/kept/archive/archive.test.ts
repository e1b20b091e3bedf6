import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultExperiment } from '../../../experiment/program/defaults';
import type { KeptRun } from '../../../experiment/results/kept-run';
import { Archive, ArchiveError, type KeptSweep, storageQuota } from './archive';

let archive: Archive;
let databases = 0;

beforeEach(async () => {
  archive = await Archive.open(`test-${databases++}`);
});
afterEach(() => archive.close());

const run = (id: string, createdAt: string, sweep: KeptRun['sweep'] = null) => ({ id, createdAt, sweep, name: id }) as KeptRun;
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
    await archive.keepRun(run('b', '2026-01-02T00:00:00Z'));
    await archive.keepRun(run('a', '2026-01-01T00:00:00Z'));
    await archive.keepRun({ ...run('b', '2026-01-02T00:00:00Z'), note: 'again' });
    expect((await archive.runs()).map(({ id, note }) => [id, note])).toEqual([
      ['a', undefined],
      ['b', 'again'],
    ]);
    await archive.removeRun('a');
    expect((await archive.runs()).length).toBe(1);
  });

  test('removes a sweep with its runs and no others', async () => {
    await archive.keepSweep(sweep('s'));
    await archive.keepSweep(sweep('t'));
    await archive.keepRun(run('a', '1', { id: 's', index: 0 }));
    await archive.keepRun(run('b', '2', { id: 't', index: 0 }));
    await archive.keepRun(run('c', '3'));
    expect((await archive.runsOf('s')).map(({ id }) => id)).toEqual(['a']);
    await archive.removeSweep('s');
    expect((await archive.sweeps()).map(({ id }) => id)).toEqual(['t']);
    expect((await archive.runs()).map(({ id }) => id)).toEqual(['b', 'c']);
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
    const [kept] = await later.sweeps();
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
    await expect(archive.keepRun(unkeepable)).rejects.toThrow(/^The run is not saved: .+\.$/);
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
    await expect(Archive.open('x')).rejects.toThrow('Runs cannot be saved in this browser: blocked.');
    Object.defineProperty(globalThis, 'indexedDB', { value: indexedDB, configurable: true, writable: true });
  });

  test('knows no quota where the browser reports none', async () => {
    expect(await storageQuota()).toBeNull();
  });
});
