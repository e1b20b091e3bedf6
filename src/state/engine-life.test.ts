import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { fromFragment } from '../experiment/link/url';
import type { Command, InterruptedRun, Message } from '../worker/protocol';
import { continueInterrupted, discardInterrupted, watchEngine } from './engine-life';
import { currentFragment, edit, setAddress, useExperiment } from './experiment/experiment-store';
import { openLab, play } from './lab';
import { answerCostly, useCostly } from './run/costly';
import { useInterrupted } from './run/interrupted';
import { initialRunState } from './run/run-state';
import { useRun } from './run/run-store';

/** A worker that says what the test tells it to. */
class FakeWorker {
  static all: FakeWorker[] = [];
  readonly heard: Command[] = [];
  ended = false;
  onmessage: ((event: { data: Message }) => void) | null = null;
  onerror = null;
  onmessageerror = null;
  constructor() {
    FakeWorker.all.push(this);
  }
  postMessage(command: Command) {
    this.heard.push(command);
  }
  terminate() {
    this.ended = true;
  }
  say(...messages: Message[]) {
    for (const data of messages) this.onmessage?.({ data });
  }
}

const newest = () => FakeWorker.all.at(-1)!;
const commands = (type: Command['type'], worker = newest()) => worker.heard.filter((command) => command.type === type);
const backend = { name: 'wasm', adapter: '', reasons: [] } as const;
const pageIs = (hidden: boolean) => vi.stubGlobal('document', { baseURI: 'http://localhost/', hidden });
let close = () => {};

vi.useFakeTimers();
vi.stubGlobal('Worker', FakeWorker);
vi.stubGlobal('window', { addEventListener: () => {}, removeEventListener: () => {} });
afterAll(() => vi.useRealTimers());

beforeEach(() => {
  close();
  pageIs(false);
  setAddress({ fragment: () => 'v=1&d=mnist&m=mlp,widths:8&train=steps:50', push: () => {}, replace: () => {} });
  useRun.setState({ ...initialRunState });
  useInterrupted.setState({ offer: null });
  close = openLab();
  newest().say({ type: 'backend', backend });
  watchEngine();
});

/** The engine says that it lives, for so many seconds. */
function live(seconds: number): void {
  for (let i = 0; i < seconds; i++) {
    newest().say({ type: 'alive' });
    vi.advanceTimersByTime(1000);
  }
}

test('an engine that falls silent in a run is started again, and goes on with what it had saved', () => {
  newest().say({ type: 'status', status: 'running', message: '' });
  live(120);
  expect(FakeWorker.all).toHaveLength(1);
  const first = newest();
  const { owner } = commands('init')[0] as Extract<Command, { type: 'init' }>;
  vi.advanceTimersByTime(30_000);
  expect(first.ended).toBe(true);
  expect(newest()).not.toBe(first);
  expect(commands('init')[0]).not.toMatchObject({ owner });
  expect(commands('resume')).toMatchObject([{ owner, experiment: useExperiment.getState().experiment }]);
  expect(useRun.getState().queued).toBe(true);
  expect(useRun.getState().notices.at(-1)).toMatchObject({
    message: 'The engine stopped answering and was started again.',
    detail: 'The run continues from its last checkpoint.',
  });
});

test('a slow step, a page in the background and an engine that is still loading are no silence', () => {
  const count = FakeWorker.all.length;
  const progress = { type: 'progress', stage: 0, step: 1, steps: 50, epoch: 0, msPerStep: 20_000, waiting: '' } as const;
  newest().say({ type: 'status', status: 'running', message: '' }, { type: 'events', events: [progress] });
  vi.advanceTimersByTime(190_000);
  expect(FakeWorker.all).toHaveLength(count);
  pageIs(true);
  vi.advanceTimersByTime(10_000_000);
  expect(FakeWorker.all).toHaveLength(count);
  pageIs(false);
  live(3);
  expect(FakeWorker.all).toHaveLength(count);
});

test('one that falls silent at rest does not start to run', () => {
  live(3);
  const before = newest();
  vi.advanceTimersByTime(30_000);
  expect(newest()).not.toBe(before);
  expect(commands('resume')).toEqual([]);
  expect(commands('findInterrupted')).toHaveLength(1);
});

const saved: InterruptedRun = {
  owner: 'an earlier page',
  fragment: 'v=1&d=mnist&m=mlp,widths:16&train=steps:2000',
  backend: 'wasm',
  stage: 0,
  steps: 1240,
  seconds: 9,
  savedAt: '2026-11-29T20:00:00.000Z',
};

test('an interrupted run is offered; continued it takes the screen, discarded it is forgotten', () => {
  newest().say({ type: 'interrupted', run: saved });
  expect(useInterrupted.getState().offer?.experiment).toEqual(fromFragment(saved.fragment).experiment);
  continueInterrupted();
  expect(useInterrupted.getState().offer).toBeNull();
  expect(commands('resume')).toMatchObject([{ owner: 'an earlier page' }]);
  expect(currentFragment()).toContain('widths:16');
  newest().say({ type: 'interrupted', run: saved });
  discardInterrupted();
  expect(commands('discardInterrupted')).toEqual([{ type: 'discardInterrupted', owner: 'an earlier page' }]);
});

test('a run of many hours starts when it is confirmed, and is asked about once', () => {
  edit(fromFragment('v=1&d=cifar10&m=conv-6&train=steps:200000,batch:1024').experiment);
  newest().say({ type: 'backend', backend: { ...backend, name: 'cpu' } });
  play();
  expect(commands('play')).toEqual([]);
  expect(useCostly.getState().asking).not.toBeNull();
  answerCostly(false);
  expect(commands('play')).toEqual([]);
  play();
  answerCostly(true);
  expect(commands('play')).toHaveLength(1);
  play();
  expect(useCostly.getState().asking).toBeNull();
  expect(commands('play')).toHaveLength(2);
});

test('an engine that falls silent again and again is not started for ever', () => {
  for (let i = 0; i < 5; i++) {
    live(2);
    vi.advanceTimersByTime(30_000);
  }
  expect(useRun.getState().fatal).toBe('The engine stopped answering again and again. The browser may be short of memory.');
  const count = FakeWorker.all.length;
  vi.advanceTimersByTime(600_000);
  expect(FakeWorker.all).toHaveLength(count);
});
