import 'fake-indexeddb/auto';
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
