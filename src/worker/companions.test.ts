import { beforeAll, describe, expect, test } from 'vitest';
import { breakAfter, switchBackend, tensorsHeld } from '../engine/testing/test-backends';
import { finish, quantize, tinyExperiment, train } from '../engine/testing/tiny-run';
import { openTestBackends } from '../engine/testing/wasm-test-backend';
import type { RunEvent } from '../experiment/types/events';
import type { Experiment } from '../experiment/types/experiment';
import type { Measured, Message } from './protocol';
import { closeLab, dataset, digestOf, eventsOf, hasEvent, isStatus, lab, lossesOf, playToEnd, statuses } from './testing/lab';

beforeAll(openTestBackends);

async function whole(experiment: Experiment) {
  await switchBackend('cpu');
  return finish(experiment, dataset, { backendName: 'cpu' });
}

const besideOf = (messages: readonly Message[]): RunEvent[] =>
  messages.flatMap((message) => (message.type === 'besideEvents' ? [...message.events] : []));
const besideLosses = (messages: readonly Message[]) =>
  besideOf(messages).flatMap((event) => (event.type === 'metrics' ? [...event.loss] : []));
const fromOf = (messages: readonly Message[]) =>
  messages.flatMap((message) => (message.type === 'besideFrom' ? [[message.stages, message.steps]] : []));
const resultsOf = (messages: readonly Message[]): Measured[] =>
  messages.flatMap((message) => (message.type === 'measured' ? [message.result] : []));
const measureEnded = (message: Message) => message.type === 'measureEnded';

const program = (bits: number, steps = 30) => tinyExperiment([train({ steps: 20 }), quantize(bits), train({ steps })]);

describe('a run beside the run', () => {
  test('starts where the two part, and ends as it would alone', async () => {
    const opened = await lab();
    await opened.runner.load(program(4), program(2));
    await playToEnd(opened);
    const [main, beside] = [await whole(program(4)), await whole(program(2))];
    expect(lossesOf(opened.messages)).toEqual(main.losses);
    expect(digestOf(opened)).toBe(main.record?.digest);
    expect(fromOf(opened.messages)).toEqual([[1, 20]]);
    expect(besideLosses(opened.messages)).toEqual(beside.losses.slice(20));
    expect(besideOf(opened.messages).at(-1)).toMatchObject({ type: 'done', record: { digest: beside.record?.digest } });
    expect(besideOf(opened.messages).some(({ type }) => type === 'inspection')).toBe(false);
    expect(statuses(opened).filter((status) => status === 'done')).toHaveLength(1);
  });

  test('beside a finished run it runs alone to its own end; then play measures the run again, and only that', async () => {
    const opened = await lab();
    await opened.runner.load(program(4));
    await playToEnd(opened);
    let before = opened.messages.length;
    opened.runner.accompany(program(2));
    await playToEnd(opened);
    expect(eventsOf(opened.messages.slice(before))).toEqual([]);
    expect(besideLosses(opened.messages)).toEqual((await whole(program(2))).losses.slice(20));
    before = opened.messages.length;
    await playToEnd(opened);
    expect(besideOf(opened.messages.slice(before))).toEqual([]);
    expect(eventsOf(opened.messages.slice(before)).at(-1)?.type).toBe('done');
  });

  test('is taken up, replaced and put away while the run plays, which is not disturbed', async () => {
    const opened = await closeLab();
    const long = (bits: number) => tinyExperiment([quantize(bits), train({ steps: 200 })]);
    const besideSteps = (message: Message) => message.type === 'besideEvents' && message.events.some(({ type }) => type === 'metrics');
    await opened.runner.load(long(4));
    opened.runner.play();
    await opened.until(hasEvent('metrics'));
    opened.runner.accompany(long(2));
    await opened.until(besideSteps);
    const before = opened.messages.length;
    opened.runner.accompany(long(3));
    await opened.until(besideSteps);
    const third = (await opened.until(isStatus('done'))) && opened.messages.slice(before);
    expect(lossesOf(opened.messages)).toEqual((await whole(long(4))).losses);
    expect(digestOf(opened)).toBe((await whole(long(4))).record?.digest);
    expect(besideLosses(third)).toEqual((await whole(long(3))).losses);
    opened.runner.accompany(undefined);
    const end = opened.messages.length;
    await playToEnd(opened);
    expect(besideOf(opened.messages.slice(end))).toEqual([]);
  });

  test('put away while it runs alone, the run is done', async () => {
    const opened = await lab();
    await opened.runner.load(program(4));
    await playToEnd(opened);
    opened.runner.accompany(program(2, 100_000));
    opened.runner.play();
    await opened.until((message) => message.type === 'besideEvents');
    opened.runner.accompany(undefined);
    await opened.until(isStatus('done'));
  });

  test('pause stops both, steps are steps of both, play continues with both', async () => {
    const opened = await closeLab();
    const long = (bits: number) => tinyExperiment([quantize(bits), train({ steps: 100 })]);
    await opened.runner.load(long(4), long(2));
    opened.runner.step(1);
    await opened.until(isStatus('paused'));
    for (const steps of [1, 7]) {
      opened.runner.step(steps);
      await opened.until(isStatus('paused'));
    }
    expect(lossesOf(opened.messages)).toHaveLength(8);
    expect(besideLosses(opened.messages)).toHaveLength(8);
    opened.runner.play();
    await opened.until(hasEvent('metrics'));
    await opened.runner.pause();
    const count = opened.messages.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(opened.messages).toHaveLength(count);
    await playToEnd(opened);
    expect(besideLosses(opened.messages)).toEqual((await whole(long(2))).losses);
    expect(lossesOf(opened.messages)).toEqual((await whole(long(4))).losses);
  });

  test('one that fails says so, and the run continues; a run that fails leaves the one beside', async () => {
    const bursting = tinyExperiment([train({ steps: 30, optimizer: 'sgd', lr: 1e30 })]);
    const calm = tinyExperiment([train({ steps: 30 })]);
    const opened = await lab();
    await opened.runner.load(calm, bursting);
    await playToEnd(opened);
    expect(besideOf(opened.messages).at(-1)).toMatchObject({ type: 'failed', message: expect.stringMatching(/at step/) });
    await opened.runner.load(bursting, calm);
    opened.runner.play();
    await opened.until(isStatus('failed'));
    expect(besideOf(opened.messages).at(-1)?.type).toBe('done');
  });

  test('a backend that breaks under both: both continue, on the next', async () => {
    const opened = await lab('any');
    await opened.runner.load(program(4), program(2));
    const mend = breakAfter(30, 'wasm', 'broken');
    await playToEnd(opened);
    mend();
    const expected = [await whole(program(4)), await whole(program(2))];
    expect(lossesOf(opened.messages).at(-1)).toBeCloseTo(expected[0]?.losses.at(-1) ?? Number.NaN, 3);
    expect(besideLosses(opened.messages).at(-1)).toBeCloseTo(expected[1]?.losses.at(-1) ?? Number.NaN, 3);
  });

  test('gives its memory back', async () => {
    await switchBackend('cpu');
    const start = tensorsHeld();
    const opened = await closeLab();
    await opened.runner.load(program(4, 200), program(2, 200));
    opened.runner.play();
    await opened.until((message) => message.type === 'besideEvents' && message.events.some(({ type }) => type === 'metrics'));
    await opened.runner.reset();
    expect(tensorsHeld()).toBe(start);
  });
});

describe('measuring variations', () => {
  const post = (bits: number) => tinyExperiment([train({ steps: 20 }), quantize(bits)]);
  const measure = async (opened: Awaited<ReturnType<typeof lab>>, experiments: readonly Experiment[]) => {
    opened.runner.measurer.measure(1, experiments);
    return opened.until(measureEnded);
  };

  test('gives what each run alone gives, from the checkpoint that they share', async () => {
    const opened = await lab();
    await opened.runner.load(post(8));
    await playToEnd(opened);
    const mend = breakAfter(0, 'cpu', 'it trained again');
    await measure(opened, [post(2), post(3), post(8)]);
    mend();
    const results = resultsOf(opened.messages);
    for (const [i, bits] of [2, 3, 8].entries()) {
      const { record } = await whole(post(bits));
      expect(results[i]).toMatchObject({ testAccuracy: record?.testAccuracy, totalBits: record?.ledger.totalBits });
    }
    // The run itself is as it was.
    expect(statuses(opened).at(-1)).toBe('done');
  });

  test('trains what they share once, where the run has not done it', async () => {
    const opened = await lab();
    await opened.runner.load(post(8));
    const reported = () =>
      opened.messages.flatMap((message) => (message.type === 'measuring' && message.step === 20 ? [message.index] : []));
    await measure(opened, [post(2), post(3), post(4)]);
    expect(resultsOf(opened.messages).map((result) => 'failed' in result)).toEqual([false, false, false]);
    expect(new Set(reported())).toEqual(new Set([0]));
  });

  test('a failure is a result, and the next are measured', async () => {
    const opened = await lab();
    const bursting = tinyExperiment([train({ steps: 20, optimizer: 'sgd', lr: 1e30 })]);
    await opened.runner.load(post(8));
    await measure(opened, [bursting, post(4)]);
    const [first, second] = resultsOf(opened.messages);
    expect(first).toMatchObject({ failed: expect.stringMatching(/Lower the learning rate/) });
    expect(second).toHaveProperty('testAccuracy');
  });

  test('waits while the run plays, and is the same then', async () => {
    const opened = await closeLab();
    const long = tinyExperiment([train({ steps: 200 }), quantize(8)]);
    const variation = tinyExperiment([train({ steps: 200 }), quantize(2)]);
    await opened.runner.load(long);
    opened.runner.play();
    await opened.until(hasEvent('metrics'));
    const before = opened.messages.length;
    await measure(opened, [variation]);
    const after = opened.messages.slice(before);
    expect(after.findIndex(isStatus('done'))).toBeLessThan(after.findIndex(({ type }) => type === 'measured'));
    expect(after.some((message) => message.type === 'measuring' && message.waiting === 'the run')).toBe(true);
    expect(resultsOf(opened.messages)[0]).toMatchObject({ testAccuracy: (await whole(variation)).record?.testAccuracy });
  });

  test('is cancelled at once, by hand, by another measurement, by an edit; memory comes back', async () => {
    await switchBackend('cpu');
    const start = tensorsHeld();
    const opened = await lab();
    const long = (bits: number) => tinyExperiment([train({ steps: 100_000 }), quantize(bits)]);
    const cancels = [
      () => opened.runner.measurer.cancel(),
      () => opened.runner.measurer.measure(9, []),
      () => opened.runner.load(tinyExperiment([train({ steps: 5 })])),
    ];
    for (const [i, cancel] of cancels.entries()) {
      await opened.runner.load(long(8));
      opened.runner.measurer.measure(i, [long(2), long(3)]);
      await opened.until((message) => message.type === 'measuring' && message.step > 0);
      void cancel();
      expect(
        await opened.until((message) => measureEnded(message) && message.type === 'measureEnded' && message.request === i),
      ).toMatchObject({
        cancelled: true,
      });
    }
    await opened.runner.measurer.ended();
    await opened.runner.pause();
    expect(resultsOf(opened.messages)).toEqual([]);
    expect(tensorsHeld()).toBe(start);
  });

  test('while the run trains beside its companion, nothing mixes', async () => {
    const opened = await lab();
    await opened.runner.load(program(4), program(2));
    opened.runner.measurer.measure(1, [program(3)]);
    opened.runner.play();
    await opened.until(measureEnded);
    await opened.runner.pause();
    expect(lossesOf(opened.messages)).toEqual((await whole(program(4))).losses);
    expect(besideLosses(opened.messages)).toEqual((await whole(program(2))).losses.slice(20));
    expect(resultsOf(opened.messages)[0]).toMatchObject({ testAccuracy: (await whole(program(3))).record?.testAccuracy });
  });
});
