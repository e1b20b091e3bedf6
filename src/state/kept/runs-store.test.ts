import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { beforeEach, describe, expect, test } from 'vitest';
import { defaultExperiment } from '../../experiment/program/defaults';
import { keptRunOf } from '../../experiment/testing/kept-run';
import type { TestReport } from '../../experiment/types/events';
import { initialRunState } from '../run/run-state';
import { useRun } from '../run/run-store';
import { importRuns } from '../sweep/import-runs';
import { Archive } from './archive/archive';
import { ArchiveError } from './archive/archive-error';
import { keepFinished } from './keep-finished';
import { describeRun, keepRuns, readKeptRuns, removeBroken, removeRuns, setArchive, undoRemove, useRuns } from './runs-store';

let name = 0;
const state = useRuns.getState;
const ids = () => state().runs?.map(({ id }) => id);
const run = (id: string, day = 1) => keptRunOf({ id, createdAt: `2026-11-0${day}T00:00:00.000Z` });
const file = (fileName: string, content: unknown) => ({ name: fileName, text: async () => JSON.stringify(content) });
/** As after a reload of the page. */
const reload = async () => {
  const database = `runs-${name}`;
  setArchive(() => Archive.open(database));
  await readKeptRuns();
};

beforeEach(async () => {
  name += 1;
  useRun.setState(initialRunState);
  await reload();
});

describe('saved runs', () => {
  test('are there after a reload, the newest first, with name and note', async () => {
    expect(await keepRuns([run('a', 1), run('b', 2)])).toBe(true);
    await describeRun('a', { name: 'first' });
    await describeRun('a', { note: 'slow' });
    await reload();
    expect(ids()).toEqual(['b', 'a']);
    expect(state().runs?.[1]).toEqual({ ...run('a'), name: 'first', note: 'slow' });
  });

  test('come back when their removal is undone', async () => {
    await keepRuns([run('a', 1), run('b', 2), run('c', 3)]);
    await removeRuns(new Set(['a', 'c']));
    expect(ids()).toEqual(['b']);
    await undoRemove();
    expect(ids()).toEqual(['c', 'b', 'a']);
    await removeRuns(new Set(['b']));
    await reload();
    expect(ids()).toEqual(['c', 'a']);
    await undoRemove();
    expect(ids()).toEqual(['c', 'a']);
  });

  test('are imported once, and what was said of them here stays', async () => {
    await keepRuns([run('a')]);
    await describeRun('a', { name: 'mine' });
    await importRuns([file('two.json', [run('a'), run('b', 2)]), file('one.json', run('b', 2)), file('bad.json', 7)]);
    expect(ids()).toEqual(['b', 'a']);
    expect(state().runs?.map((one) => [one.name, one.origin])).toEqual([
      ['', 'imported'],
      ['mine', 'live'],
    ]);
    expect(state().imported.message).toBe('1 run imported. 1 run already saved.');
    expect(state().imported.problems).toEqual([
      expect.stringMatching(/^bad.json: This is not a run of Fewbits: it has another structure\. Only exports/),
    ]);
  });
});

describe('a record that is damaged', () => {
  test('is listed by itself, and goes when it is removed', async () => {
    await keepRuns([run('a', 1)]);
    const db = await openDB(`runs-${name}`);
    await db.put('runs', { id: 'bad' });
    db.close();
    await reload();
    expect(ids()).toEqual(['a']);
    expect(state().trouble).toBe('');
    const [broken] = state().broken;
    expect(broken).toMatchObject({ key: 'bad', raw: { id: 'bad' } });
    await removeBroken(broken!);
    expect(state().broken).toEqual([]);
    await reload();
    expect(state().broken).toEqual([]);
  });
});

describe('where nothing can be kept', () => {
  test('runs stay in the page, and it says so', async () => {
    setArchive(async () => {
      throw new ArchiveError('Runs cannot be saved in this browser: blocked.');
    });
    expect(await keepRuns([run('a')])).toBe(false);
    await readKeptRuns();
    expect(ids()).toEqual(['a']);
    expect([...state().unsaved]).toEqual(['a']);
    expect(state().trouble).toContain('blocked');
    await describeRun('a', { name: 'still here' });
    expect(state().runs?.[0]?.name).toBe('still here');
    await removeRuns(new Set(['a']));
    await undoRemove();
    expect(ids()).toEqual(['a']);
  });

  test('a full disk loses nothing, and what fits later is kept', async () => {
    const archive = await Archive.open(`runs-${name}`);
    let full = true;
    const keepRun = archive.keepRun.bind(archive);
    archive.keepRun = async (one) => {
      if (full) throw new ArchiveError('The disk is full: the run is not saved.');
      return keepRun(one);
    };
    setArchive(async () => archive);
    await keepRuns([run('a')]);
    expect(state()).toMatchObject({ trouble: 'The disk is full: the run is not saved.', unsaved: new Set(['a']) });
    full = false;
    expect(await keepRuns(state().runs ?? [])).toBe(true);
    expect(state()).toMatchObject({ trouble: '', unsaved: new Set() });
    await reload();
    expect(ids()).toEqual(['a']);
  });
});

describe('a run that finished', () => {
  const { record } = keptRunOf({}, { experiment: { ...defaultExperiment(), name: 'my title' } });
  const report: TestReport = {
    count: 10_000,
    accuracy: 0.5,
    loss: 1,
    confusion: new Uint32Array(100).with(0, 5000).with(10, 5000),
    predicted: new Uint8Array(10_000),
    wrong: [],
  };
  const finished = {
    done: { type: 'done', record } as const,
    losses: Float32Array.of(2, 1),
    evaluations: [{ stage: 0, step: 2, accuracy: 0.5, loss: 1 }],
    test: report,
    again: false,
    layers: [{ layer: 'fc1', shape: [1, 3], latent: { min: -1, max: 1, counts: Uint32Array.of(3) }, stored: null, quantizer: null }],
    at: new Date('2026-11-21T05:00:00Z'),
  };

  test('is kept with its curves, classes, predictions and weights', async () => {
    await keepFinished(finished);
    expect(state().runs).toEqual([
      expect.objectContaining({
        id: state().latest,
        name: 'my title',
        origin: 'live',
        createdAt: '2026-11-21T05:00:00.000Z',
        curves: { loss: { step: [1, 2], value: [2, 1] }, validation: { step: [2], value: [0.5] } },
        perClass: [1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        predicted: `${'A'.repeat(13_334)}==`,
        weights: [{ layer: 'fc1', latent: { min: -1, max: 1, counts: [3] }, stored: null }],
      }),
    ]);
    expect(state().latest).toMatch(/^[0-9a-f]{16}$/);
  });

  test('is kept once if it gave the same before, and again if it differs', async () => {
    await keepFinished(finished);
    const { latest } = state();
    await keepFinished({ ...finished, at: new Date() });
    expect(state()).toMatchObject({ latest });
    expect(state().runs).toHaveLength(1);
    await keepFinished({ ...finished, done: { type: 'done', record: { ...record, digest: 'b'.repeat(64) } } });
    expect(state().runs).toHaveLength(2);
    expect(state().latest).not.toBe(latest);
  });

  test('as a point of a sweep is kept as one of its own when it is run, and not when it is only gone back to', async () => {
    await keepFinished(finished);
    const [alone] = state().runs ?? [];
    await removeRuns(new Set([alone!.id]));
    await keepRuns([{ ...alone!, id: 's-0', sweep: { id: 's', index: 0 } }]);
    await keepFinished({ ...finished, again: true });
    expect([state().latest, state().runs?.length]).toEqual(['s-0', 1]);
    await keepFinished(finished);
    expect(state().runs).toHaveLength(2);
    expect(state().latest).not.toBe('s-0');
  });

  test('gets its weights where an older page kept it without', async () => {
    await keepFinished({ ...finished, layers: null });
    expect(state().runs?.[0]?.weights).toBeUndefined();
    await keepFinished(finished);
    expect(state().runs).toHaveLength(1);
    expect(state().runs?.[0]?.weights).toHaveLength(1);
  });

  test('beside the one on the screen is kept too, without a name, and is not the latest', async () => {
    await keepFinished(finished);
    const { latest } = state();
    const other = { type: 'done', record: { ...record, digest: 'c'.repeat(64) } } as const;
    await keepFinished({ ...finished, done: other, beside: true, at: new Date('2026-11-21T05:00:01Z') });
    expect(state().runs?.map(({ name: called }) => called)).toEqual(['', 'my title']);
    expect(state().latest).toBe(latest);
    await keepFinished({ ...finished, done: other, beside: true });
    expect(state().runs).toHaveLength(2);
  });

  test('is announced where it cannot be kept', async () => {
    setArchive(async () => {
      throw new ArchiveError('Runs cannot be saved in this browser: blocked.');
    });
    await keepFinished(finished);
    expect(state().runs).toHaveLength(1);
    expect(useRun.getState().notices).toEqual([
      expect.objectContaining({ tone: 'warning', message: 'Runs cannot be saved in this browser: blocked.' }),
    ]);
  });
});
