import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { defaultExperiment } from '../../experiment/program/defaults';
import { parseAxis } from '../../experiment/sweep/axis';
import type { Sweep } from '../../experiment/sweep/sweep';
import { keptRunOf } from '../../experiment/testing/kept-run';
import type { Command } from '../../worker/protocol';
import { Archive } from '../kept/archive/archive';
import { ArchiveError } from '../kept/archive/archive-error';
import { type SweepContext, SweepKeeper } from './sweep-keeper';
import { missingPoints, sweepById, useSweeps } from './sweep-store';

const sweep: Sweep = { name: '', experiment: defaultExperiment(), axes: ['quantize.bits:2,4', 'seed:1,2'].map(parseAxis) };
const ID = 's';
let databases = 0;
let database = '';
const archives: Archive[] = [];

beforeEach(() => {
  database = `sweeps-${databases++}`;
  useSweeps.setState({ ready: false, sweeps: [], shown: '' });
});
afterEach(() => {
  for (const archive of archives.splice(0)) archive.close();
});

/** A page with a worker that only listens. */
function page(change: Partial<SweepContext> = {}) {
  const sent: Command[] = [];
  const notify = vi.fn();
  const keepRuns = vi.fn(async () => {});
  const dropRuns = vi.fn();
  const keeper = new SweepKeeper({
    send: (command) => sent.push(command),
    notify,
    archive: async () => {
      const archive = await Archive.open(database);
      archives.push(archive);
      return archive;
    },
    keepRuns,
    dropRuns,
    claim: async () => true,
    newId: () => ID,
    ...change,
  });
  return { keeper, sent, notify, keepRuns, dropRuns };
}

const runOf = (index: number) =>
  keptRunOf({ id: `${ID}-${index}`, createdAt: `2026-01-01T00:00:0${index}.000Z`, sweep: { id: ID, index } });
const ran = (index: number) => ({ type: 'sweepPoint', id: ID, index, result: { run: runOf(index), seconds: 1 } }) as const;
const ended = { type: 'sweepEnded', id: ID, start: 1, cancelled: false, problem: '' } as const;
const indices = (sent: readonly Command[]) => sent.flatMap((c) => (c.type === 'sweep' ? [c.points.map(({ index }) => index)] : []));
const state = () => sweepById(ID)?.kept.state;
/** What is written is written after the message that caused it. */
const kept = async (runs: number) => {
  const archive = await Archive.open(database);
  archives.push(archive);
  await vi.waitFor(async () => expect(await archive.runsOf(ID)).toHaveLength(runs));
  return archive;
};

test('runs its points by branches and keeps each at once; a reload runs what is missing', async () => {
  const first = page();
  await first.keeper.open();
  await first.keeper.start(sweep);
  expect(indices(first.sent)).toEqual([[0, 2, 1, 3]]);
  first.keeper.hear({ type: 'sweepProgress', id: ID, index: 0, step: 3, steps: 9, waiting: '' });
  expect(sweepById(ID)?.active).toEqual({ 0: { step: 3, steps: 9, waiting: '' } });
  first.keeper.hear(ran(0));
  expect(sweepById(ID)?.active).toEqual({});
  first.keeper.hear({ type: 'sweepPoint', id: ID, index: 2, result: { failed: 'It burst.', seconds: 1 } });
  const archive = await kept(1);
  await vi.waitFor(async () => expect((await archive.sweeps()).found[0]?.failed).toEqual({ 2: 'It burst.' }));

  useSweeps.setState({ ready: false, sweeps: [], shown: '' });
  const second = page();
  await second.keeper.open();
  expect(indices(second.sent)).toEqual([[1, 3]]);
  expect(useSweeps.getState()).toMatchObject({ ready: true, shown: ID });
  second.keeper.hear(ran(1));
  second.keeper.hear(ran(3));
  second.keeper.hear(ended);
  expect(state()).toBe('done');
  await kept(3);
  await vi.waitFor(async () => expect((await archive.sweeps()).found[0]?.state).toBe('done'));

  await second.keeper.retry(ID);
  expect(indices(second.sent)).toEqual([[1, 3], [2]]);
});

test('pauses in the middle of a point; paused, cancelled and crashed ones continue when asked only', async () => {
  const { keeper, sent } = page();
  await keeper.open();
  await keeper.start(sweep);
  keeper.pause(ID);
  expect(state()).toBe('paused');
  await keeper.resume(ID);
  expect(sent.map(({ type }) => type)).toEqual(['sweep', 'pauseSweep', 'resumeSweep']);
  keeper.cancel(ID);
  keeper.hear({ ...ended, cancelled: true });
  expect(state()).toBe('cancelled');
  await keeper.resume(ID);
  keeper.hear(ran(0));
  keeper.hear({ type: 'fatal', message: 'gone' });
  expect(state()).toBe('paused');
  await kept(1);
  useSweeps.setState({ ready: false, sweeps: [], shown: '' });
  const reloaded = page();
  await reloaded.keeper.open();
  expect(reloaded.sent).toEqual([]);
  await reloaded.keeper.resume(ID);
  expect(indices(reloaded.sent)).toEqual([[2, 1, 3]]);
});

test('the end of a start before the last is skipped: the worker still has the sweep', async () => {
  const { keeper, sent } = page();
  await keeper.open();
  await keeper.start(sweep);
  keeper.cancel(ID);
  await keeper.resume(ID);
  expect(sent.flatMap((command) => (command.type === 'sweep' ? [command.start] : []))).toEqual([1, 2]);
  keeper.hear({ ...ended, start: 1, cancelled: true });
  expect(state()).toBe('running');
  keeper.pause(ID);
  expect(sent.at(-1)).toEqual({ type: 'pauseSweep' });
  await keeper.resume(ID);
  keeper.hear({ ...ended, start: 2 });
  expect(state()).toBe('done');
});

test('a point that cannot be has failed before it runs', async () => {
  const { keeper, sent } = page();
  await keeper.open();
  await keeper.start({ ...sweep, axes: [parseAxis('quantize.bits:99,3')] });
  expect(indices(sent)).toEqual([[1]]);
  expect(sweepById(ID)?.kept.failed[0]).toMatch(/^Bits must be/);
});

test('where nothing can be kept it continues in memory, and says so', async () => {
  const { keeper, sent, notify, keepRuns } = page({
    archive: async () => {
      throw new ArchiveError('Runs cannot be saved in this browser: blocked.');
    },
  });
  await keeper.open();
  expect(notify).not.toHaveBeenCalled();
  await keeper.start(sweep);
  expect(notify).toHaveBeenCalledWith('warning', 'Runs cannot be saved in this browser: blocked.', expect.any(String));
  keeper.hear(ran(0));
  expect(indices(sent)).toHaveLength(1);
  expect(sweepById(ID)?.runs[0]).toBeDefined();
  expect(sweepById(ID)?.trouble).toBe('Runs cannot be saved in this browser: blocked.');
  await vi.waitFor(() => expect(keepRuns).toHaveBeenCalledWith([runOf(0)]));
});

test('a full disk is said; what runs stays in the page', async () => {
  const full = new ArchiveError('The disk is full.');
  const { keeper, notify, keepRuns } = page({
    archive: async () =>
      ({
        sweeps: async () => ({ found: [], broken: [] }),
        keepSweep: () => Promise.reject(full),
        keepRun: () => Promise.reject(full),
      }) as never,
  });
  await keeper.open();
  await keeper.start(sweep);
  keeper.hear(ran(2));
  await vi.waitFor(() => expect(notify).toHaveBeenCalledWith('warning', 'The disk is full.', expect.any(String)));
  expect(sweepById(ID)?.runs[2]).toBeDefined();
  expect(sweepById(ID)?.trouble).toBe('The disk is full.');
  await vi.waitFor(() => expect(keepRuns).toHaveBeenCalledWith([runOf(2)]));
});

test('without its data it pauses and says why; another tab’s sweep is left alone', async () => {
  const { keeper, notify } = page();
  await keeper.open();
  await keeper.start(sweep);
  keeper.hear({ ...ended, problem: 'Open the files.' });
  expect(state()).toBe('paused');
  expect(notify).toHaveBeenCalledWith('warning', 'The sweep has paused: Open the files.', expect.any(String));
  useSweeps.setState({ ready: false, sweeps: [], shown: '' });
  const other = page({ claim: async () => false });
  await other.keeper.open();
  await other.keeper.resume(ID);
  expect(other.sent).toEqual([]);
  expect(state()).toBe('paused');
});

test('name and note are kept; removed, nothing is left and the worker stops', async () => {
  const { keeper, sent, keepRuns, dropRuns } = page();
  await keeper.open();
  await keeper.start(sweep);
  keeper.hear(ran(0));
  const archive = await kept(1);
  expect(keepRuns).not.toHaveBeenCalled();
  expect(sweepById(ID)?.trouble).toBeUndefined();
  keeper.describe(ID, { name: 'Bits', note: 'first try' });
  await vi.waitFor(async () => expect((await archive.sweeps()).found[0]).toMatchObject({ note: 'first try', sweep: { name: 'Bits' } }));
  const held = sweepById(ID);
  expect(held && missingPoints(held)).toHaveLength(3);
  await keeper.remove(ID);
  keeper.hear(ran(1));
  expect(sent.at(-1)).toEqual({ type: 'cancelSweep' });
  expect(useSweeps.getState().sweeps).toEqual([]);
  expect(dropRuns).toHaveBeenCalledWith(new Set([runOf(0).id]));
  await kept(0);
  expect((await archive.sweeps()).found).toEqual([]);

  await keeper.undoRemove();
  expect(keepRuns).toHaveBeenCalledWith([runOf(0)]);
  expect(state()).toBe('paused');
  expect((await archive.sweeps()).found[0]).toMatchObject({ note: 'first try', sweep: { name: 'Bits' }, state: 'paused' });
  expect(useSweeps.getState()).toMatchObject({ shown: ID, removed: null });
  await keeper.resume(ID);
  expect(indices(sent).at(-1)).toEqual([2, 1, 3]);
});

test('an archive that could not be opened is asked for again when there is something to keep', async () => {
  let blocked = true;
  const { keeper, notify } = page({
    archive: async () => {
      if (blocked) throw new ArchiveError('Runs cannot be saved in this browser.');
      const archive = await Archive.open(database);
      archives.push(archive);
      return archive;
    },
  });
  await keeper.open();
  blocked = false;
  await keeper.start(sweep);
  keeper.hear(ran(0));
  await kept(1);
  expect(notify).not.toHaveBeenCalled();
});
