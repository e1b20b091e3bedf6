import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keptRunOf } from '../../experiment/testing/kept-run';
import { Archive } from './archive/archive';
import { pinBaseline, useBaseline } from './baseline-store';
import { describeRun, keepRuns, readBaseline, readKeptRuns, removeRuns, setArchive, undoRemove } from './runs-store';

const [a, b] = [keptRunOf({ id: 'a' }), keptRunOf({ id: 'b' })];
const storage = new Map<string, string>();
let database = 0;

beforeEach(() => {
  storage.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => storage.get(key) ?? null,
    setItem: (key: string, value: string) => storage.set(key, value),
    removeItem: (key: string) => storage.delete(key),
  });
  const name = `baseline-${database++}`;
  setArchive(() => Archive.open(name));
  pinBaseline(null);
});

afterEach(() => {
  vi.unstubAllGlobals();
});

test('a pinned run is remembered, and read again without the others', async () => {
  await keepRuns([a, b]);
  pinBaseline(b);
  expect([...storage]).toEqual([['fewbits.baseline', 'b']]);
  useBaseline.setState({ run: null });
  await readBaseline();
  expect(useBaseline.getState()).toEqual({ id: 'b', run: b });
  pinBaseline(null);
  expect(storage.size).toBe(0);
  await readBaseline();
  expect(useBaseline.getState()).toEqual({ id: null, run: null });
});

test('it goes when it is removed, comes back when that is undone, and has the name that a person gave it', async () => {
  await keepRuns([a, b]);
  pinBaseline(a);
  await removeRuns(new Set(['b']));
  expect(useBaseline.getState().run).toEqual(a);
  await removeRuns(new Set(['a']));
  expect(useBaseline.getState().run).toBeNull();
  await undoRemove();
  expect(useBaseline.getState().run).toEqual(a);
  await describeRun('a', { name: 'float' });
  expect(useBaseline.getState().run?.name).toBe('float');
});

test('one that was remembered is found when the runs are read', async () => {
  await keepRuns([a, b]);
  useBaseline.setState({ id: 'a', run: null });
  await readKeptRuns();
  expect(useBaseline.getState().run).toEqual(a);
});

test('where nothing can be kept, nothing is pinned and nothing is thrown', async () => {
  useBaseline.setState({ id: 'a', run: null });
  setArchive(async () => {
    throw new Error('blocked');
  });
  await readBaseline();
  expect(useBaseline.getState().run).toBeNull();
});
