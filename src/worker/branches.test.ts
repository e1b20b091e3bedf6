import { beforeAll, describe, expect, test } from 'vitest';
import { breakAfter, switchBackend } from '../engine/testing/test-backends';
import { finish, quantize, tinyExperiment, train } from '../engine/testing/tiny-run';
import { openTestBackends } from '../engine/testing/wasm-test-backend';
import { toFragment } from '../experiment/link/url';
import { defaultStage } from '../experiment/program/defaults';
import { setStageValue, wrapInRepeat } from '../experiment/program/edit';
import { prefixKey } from '../experiment/program/prefix';
import { type InspectionHistory, withInspection } from '../experiment/results/inspection-history';
import type { RunEvent } from '../experiment/types/events';
import type { Experiment } from '../experiment/types/experiment';
import type { Message } from './protocol';
import { dataset, digestOf, eventsOf, isStatus, type Lab, lab, loadedOf, lossesOf, playToEnd, statuses } from './testing/lab';

beforeAll(openTestBackends);

async function whole(experiment: Experiment) {
  await switchBackend('cpu');
  return finish(experiment, dataset, { backendName: 'cpu' });
}

const program = (bits: number, seed = 1) =>
  tinyExperiment([train({ steps: 20, evaluateEvery: 8 }), quantize(bits), train({ steps: 10 })], { seed });

const replays = (messages: readonly Message[]) => messages.flatMap((message) => (message.type === 'replay' ? [message] : []));
const replayed = (messages: readonly Message[]): RunEvent[] => replays(messages).flatMap(({ events }) => [...events]);
const lossesIn = (events: readonly RunEvent[]) => events.flatMap((event) => (event.type === 'metrics' ? [...event.loss] : []));
const withoutTimes = (event: RunEvent) =>
  event.type === 'stageDone' ? { ...event, summary: { ...event.summary, seconds: 0, inferenceMs: 0 } } : event;
/** What was drawn of a stage: all but the course of time, and the inspections that followed each other. */
const drawn = (events: readonly RunEvent[]) =>
  events.filter(({ type }) => ['stageStarted', 'evaluation', 'test', 'stageDone'].includes(type)).map(withoutTimes);
const checkpoints = ({ messages }: Lab) => {
  const held = new Set<string>();
  for (const message of messages) {
    if (message.type !== 'checkpoints') continue;
    for (const key of message.removed) held.delete(key);
    for (const key of message.added) held.add(key);
  }
  return held;
};

async function run(opened: Lab, experiment: Experiment): Promise<void> {
  await opened.runner.load(experiment);
  await playToEnd(opened);
}

describe('going back to a branch', () => {
  test('that finished: nothing is trained, and all of it is reported to the page again', async () => {
    const opened = await lab();
    await run(opened, program(4));
    const first = eventsOf(opened.messages);
    await run(opened, program(2));
    const before = opened.messages.length;
    await opened.runner.load(program(4));
    const messages = opened.messages.slice(before);
    expect(loadedOf(opened).at(-1)).toEqual([1, 20]);
    expect(eventsOf(messages)).toEqual([]);
    expect(statuses(opened).at(-1)).toBe('done');
    // The first stage stayed on the page; the others are reported as they were then.
    const again = replayed(messages);
    const [{ losses, record }] = [await whole(program(4))];
    expect(lossesIn(again)).toEqual(losses.slice(20));
    expect(drawn(again)).toEqual(
      drawn(first.filter((event) => event.type !== 'stageDone' || event.summary.stage > 0)).filter(
        (event) => 'summary' in event || ('stage' in event && event.stage > 0),
      ),
    );
    const inspections = (events: readonly RunEvent[]) => events.filter((event) => event.type === 'inspection');
    expect(inspections(again).at(-1)).toEqual(inspections(first).at(-1));
    const lastInspections = (history: InspectionHistory) =>
      Object.fromEntries(Object.entries(history).map(([layer, points]) => [layer, points.at(-1)]));
    const seen = first.reduce<InspectionHistory>(
      (history, event) => (event.type === 'inspection' ? withInspection(history, event) : history),
      {},
    );
    expect(Object.keys(seen)).toHaveLength(2);
    expect(lastInspections(replays(messages)[1]!.history)).toEqual(lastInspections(seen));
    expect(again.at(-1)).toMatchObject({ type: 'done', record: { digest: record?.digest, url: `#${toFragment(program(4))}` } });
    expect(replays(messages).at(-1)).toMatchObject({ totalSteps: 30, layers: [{ weights: expect.any(Number) }, {}] });
  });

  test('of another seed and back: every stage is reported again', async () => {
    const opened = await lab();
    await run(opened, program(4));
    await run(opened, program(4, 2));
    const before = opened.messages.length;
    await opened.runner.load(program(4));
    const messages = opened.messages.slice(before);
    expect(loadedOf(opened).at(-1)).toEqual([0, 0]);
    const { losses, record, events } = await whole(program(4));
    expect(eventsOf(messages)).toEqual([]);
    expect(lossesIn(replayed(messages))).toEqual(losses);
    expect(drawn(replayed(messages))).toEqual(drawn(events));
    expect(replayed(messages).at(-1)).toMatchObject({ type: 'done', record: { digest: record?.digest } });
    // Play measures it again, and says the same.
    await opened.until(isStatus('done'));
    await playToEnd(opened);
    expect(digestOf(opened)).toBe(record?.digest);
    expect(lossesOf(opened.messages.slice(before))).toEqual([]);
  });

  test('a new branch from its stages continues bit for bit', async () => {
    const opened = await lab();
    await run(opened, program(4));
    await run(opened, program(2, 2));
    const branch = tinyExperiment([...program(4).stages.slice(0, 2), train({ steps: 7, lr: 0.02 })]);
    const before = opened.messages.length;
    await opened.runner.load(branch);
    expect(statuses(opened).at(-1)).toBe('idle');
    await playToEnd(opened);
    const { losses, record } = await whole(branch);
    expect(lossesIn(replayed(opened.messages.slice(before)))).toEqual(losses.slice(0, 20));
    expect(lossesOf(opened.messages.slice(before))).toEqual(losses.slice(20));
    expect(digestOf(opened)).toBe(record?.digest);
  });

  test('the model file is that of the branch', async () => {
    const opened = await lab();
    await run(opened, program(4));
    await run(opened, program(2));
    const model = () => {
      opened.runner.path.tellModel(7);
      const last = opened.messages.at(-1);
      return last?.type === 'model' ? last.bytes : undefined;
    };
    await opened.runner.load(program(4));
    const { models } = await whole(program(4));
    expect(model()).toEqual(models[2]);
    await opened.runner.load(tinyExperiment(program(4).stages.slice(0, 2)));
    expect(model()).toEqual(models[1]);
  });

  test('while it plays: the branch is done at once, or plays on', async () => {
    const opened = await lab();
    const long = tinyExperiment([...program(4).stages, train({ steps: 100_000 })]);
    await run(opened, program(4));
    await opened.runner.load(long);
    opened.runner.play();
    await opened.until((message) => message.type === 'events' && lossesIn(message.events).length > 0);
    await opened.runner.load(program(4));
    expect(statuses(opened).at(-1)).toBe('done');
    await opened.runner.pause();
    const before = opened.messages.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(opened.messages).toHaveLength(before);
  });

  test('a stage that was paused, edited later, and continued in its middle is whole', async () => {
    const opened = await lab();
    await opened.runner.load(program(4));
    for (const bits of [3, 2]) {
      opened.runner.step(5);
      await opened.until(isStatus('paused'));
      opened.runner.step(1);
      // The edit comes while it runs: it continues from this very step.
      await opened.runner.load(program(bits));
    }
    await playToEnd(opened);
    await opened.runner.load(program(2, 2));
    const before = opened.messages.length;
    await opened.runner.load(program(2));
    const { losses, events } = await whole(program(2));
    expect(lossesIn(replayed(opened.messages.slice(before)))).toEqual(losses);
    expect(drawn(replayed(opened.messages.slice(before)))).toEqual(drawn(events));
  });
});

describe('programs that go back to earlier weights', () => {
  const going = (to: number, on = true) =>
    tinyExperiment([
      train({ steps: 12 }),
      { ...defaultStage('prune'), amount: 0.2 },
      { ...defaultStage('rewind'), to, on },
      train({ steps: 8 }),
    ]);

  /** Runs it to its end. Gives its digest and the losses of the steps that were trained. */
  async function ran(opened: Lab, experiment: Experiment) {
    const before = opened.messages.length;
    await opened.runner.load(experiment);
    if (statuses(opened).at(-1) === 'done') {
      await opened.until(isStatus('done'));
      return { digest: endOf(opened.messages.slice(before)), trained: 0 };
    }
    await playToEnd(opened);
    return { digest: digestOf(opened), trained: lossesOf(opened.messages.slice(before)).length };
  }
  const endOf = (messages: readonly Message[]) =>
    replayed(messages).flatMap((event) => (event.type === 'done' ? [event.record.digest] : []))[0];

  test('branch to those that do not, or go back to the start, without training again; the other way they train once', async () => {
    const opened = await lab();
    const order = [going(5), going(5, false), going(0), going(5), going(7), going(5), going(7)];
    const trained: number[] = [];
    for (const experiment of order) {
      const { digest, trained: steps } = await ran(opened, experiment);
      trained.push(steps);
      expect(digest).toBe((await whole(experiment)).record?.digest);
    }
    // The first one with another moment trains all of it, and from then on both are remembered.
    expect(trained).toEqual([20, 8, 8, 0, 20, 0, 0]);
  });

  test('switched on while the run is in its first stage: before the moment it continues, after it it starts again', async () => {
    for (const [steps, kept] of [
      [3, 3],
      [9, 0],
    ]) {
      const opened = await lab();
      await opened.runner.load(going(5, false));
      opened.runner.step(steps!);
      await opened.until(isStatus('paused'));
      await opened.runner.load(going(5));
      expect(loadedOf(opened).at(-1)).toEqual([0, kept]);
      await playToEnd(opened);
      expect(digestOf(opened)).toBe((await whole(going(5))).record?.digest);
    }
  });

  test('another round trains that round only', async () => {
    const opened = await lab();
    const rounds = (count: number) => setStageValue(wrapInRepeat(going(5), 1, 3), 1, 'rounds', count);
    expect((await ran(opened, rounds(2))).trained).toBe(12 + 2 * 8);
    const three = await ran(opened, rounds(3));
    expect(three.trained).toBe(8);
    expect(three.digest).toBe((await whole(rounds(3))).record?.digest);
  });

  test('beside a run that does not, one goes back, and the other way round; measured and swept as if alone', async () => {
    for (const [main, beside, from] of [
      [going(5, false), going(5), [0, 0]],
      [going(5), going(5, false), [2, 12]],
      [going(5), going(0), [2, 12]],
    ] as const) {
      const opened = await lab();
      await opened.runner.load(main, beside);
      await playToEnd(opened);
      expect(digestOf(opened)).toBe((await whole(main)).record?.digest);
      expect(opened.messages.flatMap((message) => (message.type === 'besideFrom' ? [[message.stages, message.steps]] : []))).toEqual([
        from,
      ]);
      const events = opened.messages.flatMap((message) => (message.type === 'besideEvents' ? message.events : []));
      expect(events.at(-1)).toMatchObject({ type: 'done', record: { digest: (await whole(beside)).record?.digest } });
    }
    const opened = await lab();
    await run(opened, going(5, false));
    const points = [going(5), going(0), going(7)].map((experiment, index) => ({ index, experiment }));
    opened.runner.sweeper.start('s', points);
    await opened.until((message) => message.type === 'sweepEnded');
    const results = opened.messages.flatMap((message) => (message.type === 'sweepPoint' ? [message.result] : []));
    expect(results).toHaveLength(3);
    for (const [i, result] of results.entries())
      expect('run' in result && result.run.record.digest).toBe((await whole(points[i]!.experiment)).record?.digest);
  });
});

describe('what is not held', () => {
  test('a run whose loss bursts leaves the stages before it only', async () => {
    const opened = await lab();
    const bursting = tinyExperiment([train({ steps: 6 }), train({ steps: 20, optimizer: 'sgd', lr: 1e30 })]);
    await opened.runner.load(bursting);
    opened.runner.play();
    await opened.until(isStatus('failed'));
    expect([...checkpoints(opened)]).toEqual([prefixKey(bursting, 1)]);
    await opened.runner.load(program(4));
    await opened.runner.load(bursting);
    expect(replayed(opened.messages).some(({ type }) => type === 'failed' || type === 'done')).toBe(false);
    expect(statuses(opened).at(-1)).toBe('idle');
  });

  test('after a reset: it trains from the start, and other branches are there still', async () => {
    const opened = await lab();
    await run(opened, program(4));
    await run(opened, program(2));
    await opened.runner.reset();
    expect(loadedOf(opened).at(-1)).toEqual([0, 0]);
    expect(checkpoints(opened)).toEqual(new Set([1, 2, 3].map((count) => prefixKey(program(4), count))));
    let before = opened.messages.length;
    await playToEnd(opened);
    const { losses, record } = await whole(program(2));
    expect(lossesOf(opened.messages.slice(before))).toEqual(losses);
    expect(digestOf(opened)).toBe(record?.digest);
    before = opened.messages.length;
    await opened.runner.load(program(4));
    expect(eventsOf(opened.messages.slice(before))).toEqual([]);
    expect(statuses(opened).at(-1)).toBe('done');
  });
});

describe('others use it too', () => {
  test('a measurement and a sweep train nothing that was run before, and what they run is there', async () => {
    const opened = await lab();
    await run(opened, program(4));
    await run(opened, program(3, 2));
    const post = (bits: number) => tinyExperiment(program(4).stages.slice(0, 1).concat(quantize(bits)));
    const mend = breakAfter(0, 'cpu', 'it trained again');
    opened.runner.measurer.measure(1, [post(8), program(4)]);
    await opened.until((message) => message.type === 'measureEnded');
    opened.runner.sweeper.start('s', [{ index: 0, experiment: program(4) }]);
    await opened.until((message) => message.type === 'sweepEnded');
    mend();
    const measured = opened.messages.flatMap((message) => (message.type === 'measured' ? [message.result] : []));
    const { record, losses } = await whole(program(4));
    expect(measured[0]).toMatchObject({ testAccuracy: (await whole(post(8))).record?.testAccuracy });
    expect(measured[1]).toMatchObject({ testAccuracy: record?.testAccuracy, totalBits: record?.ledger.totalBits });
    const point = opened.messages.flatMap((message) => (message.type === 'sweepPoint' ? [message.result] : []))[0];
    if (!point || 'failed' in point) throw new Error('The point failed.');
    expect(point.run.record.digest).toBe(record?.digest);
    // The curve of the stages that it did not train is there.
    expect(point.run.curves.loss.step).toHaveLength(losses.length);
    const before = opened.messages.length;
    await opened.runner.load(post(8));
    expect(statuses(opened).at(-1)).toBe('done');
    expect(lossesIn(replayed(opened.messages.slice(before)))).toEqual(losses.slice(0, 20));
  });

  test('what ran beside the run is there when the person turns to it', async () => {
    const opened = await lab();
    await opened.runner.load(program(4), program(2));
    await playToEnd(opened);
    const before = opened.messages.length;
    await opened.runner.load(program(2));
    expect(statuses(opened).at(-1)).toBe('done');
    const { losses, record } = await whole(program(2));
    expect(lossesIn(replayed(opened.messages.slice(before)))).toEqual(losses.slice(20));
    expect(replayed(opened.messages.slice(before)).at(-1)).toMatchObject({ type: 'done', record: { digest: record?.digest } });
  });
});

test('checkpoints made on one backend are resumed on another', async () => {
  const opened = await lab('any');
  await run(opened, program(4));
  await opened.runner.load(program(2));
  const mend = breakAfter(3, 'wasm', 'broken');
  await playToEnd(opened);
  mend();
  const before = opened.messages.length;
  await opened.runner.load(program(4));
  expect(eventsOf(opened.messages.slice(before))).toEqual([]);
  // It says on which one it was made.
  expect(replayed(opened.messages.slice(before)).at(-1)).toMatchObject({ type: 'done', record: { backend: { name: 'wasm' } } });
  const branch = tinyExperiment([...program(4).stages, train({ steps: 4 })]);
  const branched = opened.messages.length;
  await opened.runner.load(branch);
  await opened.until(isStatus('done'));
  await playToEnd(opened);
  const losses = lossesOf(opened.messages.slice(branched));
  const expected = (await whole(branch)).losses.slice(30);
  expect(losses).toHaveLength(4);
  for (const [i, loss] of losses.entries()) expect(loss).toBeCloseTo(expected[i] ?? Number.NaN, 3);
});
