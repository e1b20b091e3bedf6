import 'fake-indexeddb/auto';
import { beforeAll, expect, test } from 'vitest';
import { wasmFolder } from '../../engine/testing/test-backends';
import { quantize, tinyExperiment, train } from '../../engine/testing/tiny-run';
import { openTestBackends } from '../../engine/testing/wasm-test-backend';
import type { Experiment } from '../../experiment/types/experiment';
import type { Message } from '../protocol';
import { Runner } from '../runner';
import { dataset, digestOf, eventsOf, hasEvent, isStatus, lab, loadedOf, lossesOf, playToEnd } from '../testing/lab';
import type { Locks } from './locks';
import { Positions } from './positions';
import { RunSaver } from './run-saver';

beforeAll(openTestBackends);

/** Two stages, and then one that is long enough to be left in its middle. */
const program = tinyExperiment([train({ steps: 8 }), quantize(4), train({ steps: 40, evaluateEvery: 10 })]);

/** The browser's locks: those of engines that still live. */
class LivingEngines {
  readonly names = new Set<string>();
  request = async (name: string) => {
    this.names.add(name);
  };
  query = async () => ({ held: [...this.names].map((name) => ({ name })), pending: [] });
}

/** An engine that saves under this name, with everything that it says; it checkpoints after every turn. */
function engine(name: string, owner: string, living: LivingEngines) {
  const positions = new Positions(name);
  const saver = new RunSaver(positions, living as unknown as Locks);
  saver.open(owner);
  const messages: Message[] = [];
  const waiting: { wanted: (message: Message) => boolean; resolve: () => void }[] = [];
  const post = (message: Message) => {
    messages.push(message);
    for (const { wanted, resolve } of waiting) if (wanted(message)) resolve();
  };
  const until = (wanted: (message: Message) => boolean) => new Promise<void>((resolve) => waiting.push({ wanted, resolve }));
  const shelf = { get: async () => dataset, forget: () => {} };
  const runner = new Runner(post, shelf, wasmFolder, { turnSteps: 5, reportMs: 0 }, saver);
  // A test cannot wait ten seconds for a checkpoint.
  (runner as unknown as { control: { checkpointEveryMs: number } }).control.checkpointEveryMs = 0;
  return { runner, saver, positions, messages, until };
}

/** Runs until it is inside the third stage, and leaves it there as a closed page does. */
async function interrupted(name: string, experiment: Experiment = program) {
  const living = new LivingEngines();
  const first = engine(name, 'first', living);
  await first.runner.open('cpu');
  await first.runner.load(experiment);
  const within = first.until((m) => m.type === 'events' && m.events.some((e) => e.type === 'progress' && e.stage === 2 && e.step >= 20));
  first.runner.play();
  await within;
  await first.runner.pause();
  await first.saver.settled();
  return { first, living };
}

async function uninterrupted() {
  const whole = await lab('cpu');
  await whole.runner.load(program);
  await playToEnd(whole);
  return whole;
}

test('a run that its page left goes on bit for bit, and the page is told all of it', async () => {
  const { first, living } = await interrupted('goes-on');
  const second = engine('goes-on', 'second', living);
  expect(await second.saver.interrupted()).toBeNull();
  living.names.delete('fewbits-engine-first');
  const about = await second.saver.interrupted();
  expect(about).toMatchObject({ owner: 'first', backend: 'cpu', stage: 2 });
  expect(about?.steps).toBeGreaterThan(8);
  expect(about?.steps).toBeLessThan(48);

  await second.runner.open('cpu');
  const done = second.until(isStatus('done'));
  await second.runner.load(program, undefined, false, 'first');
  await done;
  const whole = await uninterrupted();
  expect(digestOf({ messages: second.messages } as never)).toBe(digestOf(whole));
  expect(loadedOf({ messages: second.messages } as never).at(-1)).toEqual([2, about?.steps]);
  // Every stage from its first step, those that ran before too.
  const told = second.messages.flatMap((m) => (m.type === 'replay' || m.type === 'events' ? m.events : []));
  expect(told.flatMap((event) => (event.type === 'metrics' ? [...event.loss] : []))).toEqual(lossesOf(whole.messages));
  expect(told.filter(({ type }) => type === 'stageDone')).toHaveLength(3);
  expect(eventsOf(second.messages).filter(({ type }) => type === 'warning')).toEqual([]);
  // It is done: nothing is left to be offered.
  await second.saver.settled();
  expect(await first.positions.list()).toEqual([]);
});

test('one that ends before its next checkpoint is still saved, by the engine that took it over', async () => {
  const { living } = await interrupted('taken-over');
  living.names.clear();
  const second = engine('taken-over', 'second', living);
  await second.runner.open('cpu');
  expect(await second.saver.restore({ position: () => ({ done: [] }), restore: () => {} }, 'first', program)).toBe('');
  living.names.clear();
  const third = engine('taken-over', 'third', living);
  expect(await third.saver.interrupted()).toMatchObject({ owner: 'second', stage: 2 });
});

test.each([
  ['of another version', (saved: object) => ({ ...saved, version: 0 }), /saved by another version/],
  ['without its weights', (saved: { inside: object }) => ({ ...saved, inside: { ...saved.inside, model: {} } }), /is damaged/],
  ['that is no record', () => 'nonsense', /another version/],
  ['with text for stages', (saved: object) => ({ ...saved, done: 'two' }), /is damaged/],
  ['of another experiment', (saved: object) => ({ ...saved, fragment: 'v=1&d=mnist&m=mlp&train=steps:3' }), /another experiment/],
])('a position %s is dropped with a sentence, and the run starts anew', async (name, change, sentence) => {
  const { living, first } = await interrupted(name);
  living.names.clear();
  const about = (await first.positions.list())[0]!;
  await first.positions.put(about, change((await first.positions.position('first')) as never) as never);
  const second = engine(name, 'second', living);
  await second.runner.open('cpu');
  const done = second.until(isStatus('done'));
  const warned = second.until(hasEvent('warning'));
  await second.runner.load(program, undefined, false, 'first');
  await Promise.all([done, warned]);
  expect(eventsOf(second.messages).find(({ type }) => type === 'warning')).toMatchObject({
    message: expect.stringMatching(new RegExp(`${sentence.source}.* The run starts from the beginning\\.$`)),
  });
  expect(await first.positions.position('first')).toBeUndefined();
});

test('reset, discard, and the end of a run leave nothing to be offered', async () => {
  const { first, living } = await interrupted('forgotten');
  living.names.clear();
  const second = engine('forgotten', 'second', living);
  expect(await second.saver.interrupted()).not.toBeNull();
  await first.runner.reset();
  await first.saver.settled();
  expect(await second.saver.interrupted()).toBeNull();
});

test('without a database nothing is offered, and nothing breaks', async () => {
  const broken = async () => {
    throw new Error('The database is gone.');
  };
  const saver = new RunSaver({ put: broken, list: broken, position: broken, remove: broken }, undefined);
  saver.open('alone');
  expect(await saver.interrupted()).toBeNull();
  expect(await saver.restore({ position: () => ({ done: [] }), restore: () => {} }, 'first', program)).toMatch(/no longer saved/);
  saver.drop();
  await saver.settled();
});
