import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, test } from 'vitest';
import { type SweepFile, sweepFileText } from '../../experiment/sweep/sweep-file';
import { keptRunOf } from '../../experiment/testing/kept-run';
import { sweepFileOf } from '../../experiment/testing/sweep-file';
import { Archive } from '../kept/archive/archive';
import { ArchiveError } from '../kept/archive/archive-error';
import { removeRuns, setArchive, useRuns } from '../kept/runs-store';
import { importRuns } from './import-runs';
import { holdSweep, newSweep, sweepById, useSweeps } from './sweep-store';

let archive: Archive;
let name = 0;
const file = sweepFileOf(['quantize.bits:2,99', 'seed:1,2']);
const nothingKept = async () => {};
const take = async (...files: readonly (SweepFile | object)[]) => {
  const texts = files.map((one) => ('runs' in one ? sweepFileText(one as SweepFile) : JSON.stringify(one)));
  await importRuns(
    texts.map((text, i) => ({ name: `${i}.json`, text: async () => text })),
    nothingKept,
  );
  return useRuns.getState().imported;
};
const results = (id = 's') => Object.entries(sweepById(id)?.runs ?? {}).map(([index, run]) => [Number(index), run.record.digest.at(-1)]);

beforeEach(async () => {
  archive = await Archive.open(`imports-${name++}`);
  setArchive(async () => archive);
  useSweeps.setState({ ready: true, sweeps: [], shown: '' });
});

describe('a sweep from a file', () => {
  test('is shown, with the same points, and kept', async () => {
    expect(await take(file)).toEqual({ message: '2 runs imported. They form a sweep.', problems: [], sweep: 's' });
    expect(useSweeps.getState().shown).toBe('s');
    expect(results()).toEqual([
      [0, '0'],
      [1, '1'],
    ]);
    const { sweep, createdAt, note, failed } = file;
    expect((await archive.sweeps()).found).toEqual([{ id: 's', sweep, createdAt, note, failed, state: 'done' }]);
    expect((await archive.runsOf('s')).map(({ id, origin }) => [id, origin])).toEqual([
      ['s-0', 'imported'],
      ['s-1', 'imported'],
    ]);
    expect(await take(file)).toMatchObject({ message: 'Nothing new: 2 runs already saved. They form a sweep.' });
    expect(useSweeps.getState().sweeps).toHaveLength(1);
  });

  test('that is not complete can continue, and is completed by another file', async () => {
    await take({ ...file, runs: file.runs.slice(0, 1) });
    expect(sweepById('s')?.kept.state).toBe('paused');
    expect(await take(file)).toMatchObject({ message: '1 run imported. 1 run already saved. They form a sweep.' });
    expect(results()).toHaveLength(2);
    expect((await archive.sweeps()).found[0]?.state).toBe('done');
  });

  test('takes a failure away where the file has a result, and gives back what was removed', async () => {
    holdSweep({ ...newSweep(file.sweep, 's', file.createdAt), failed: { ...file.failed, 0: 'It burst.' }, state: 'done' }, []);
    await take(file);
    expect(sweepById('s')?.kept.failed).toEqual(file.failed);
    await removeRuns(new Set(['s-1']));
    await take(file);
    expect(await archive.runsOf('s')).toHaveLength(2);
  });

  test('brings runs together that were imported without it', async () => {
    const [first, second] = file.runs;
    await take({ ...first, name: 'my words', sweep: null }, second!);
    const imported = await take(file);
    expect(imported.message).toMatch(/^1 run imported\. 1 run already saved\./);
    expect(useRuns.getState().runs).toHaveLength(2);
    expect(sweepById('s')?.runs[0]).toMatchObject({ name: 'my words', sweep: { id: 's', index: 0 } });
    expect(results()).toHaveLength(2);
  });

  test('does not take the place of anything that has its ids', async () => {
    await take(keptRunOf({ id: 's-0', name: 'mine' }));
    await take(file);
    expect(useRuns.getState().runs?.map(({ id }) => id)).toContain('s-0');
    expect(sweepById('s')?.runs[0]?.id).toBe('s-0-1');
    const otherwise = file.runs.map((run) => ({ ...run, record: { ...run.record, digest: 'f'.repeat(64) } }));
    expect((await take({ ...file, runs: otherwise })).problems).toEqual(['2 runs of a sweep differ from the saved ones, which stay.']);
    const another = sweepFileOf(['quantize.bits:3,4']);
    expect((await take(another)).problems).toEqual(['A sweep is not imported: a different one with the same id is already saved.']);
    expect(results()).toHaveLength(2);
  });

  test('waits for another time where a part of the page is missing; runs of their own are taken', async () => {
    const files = [sweepFileText(file), JSON.stringify(keptRunOf({ id: 'own' }))];
    const lost = () => Promise.reject(new Error('offline'));
    await importRuns(
      files.map((text) => ({ name: 'x.json', text: async () => text })),
      lost,
    );
    expect(useRuns.getState().imported).toMatchObject({ message: '1 run imported.', sweep: '' });
    expect(useRuns.getState().imported.problems).toEqual([expect.stringMatching(/^Sweeps are not imported/)]);
  });

  test('is in the page only where nothing can be kept', async () => {
    setArchive(async () => {
      throw new ArchiveError('Runs cannot be saved in this browser: blocked.');
    });
    await take(file);
    expect(results()).toHaveLength(2);
    expect(sweepById('s')?.trouble).toContain('blocked');
    expect(useRuns.getState()).toMatchObject({ trouble: expect.stringContaining('blocked'), unsaved: new Set(['s-0', 's-1']) });
  });
});

test('whatever a file says, its runs are imported: recorded is what comes with the page', async () => {
  await take(keptRunOf({ id: 'cli', origin: 'recorded' }));
  expect(useRuns.getState().runs?.[0]?.origin).toBe('imported');
});
