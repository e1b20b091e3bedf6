import { beforeAll, describe, expect, test } from 'vitest';
import { type Dataset, DatasetError } from '../datasets/types';
import { breakAfter, switchBackend, tensorsHeld } from '../engine/testing/test-backends';
import { finish, quantize, tinyExperiment, train } from '../engine/testing/tiny-run';
import { openTestBackends } from '../engine/testing/wasm-test-backend';
import type { RunEvent } from '../experiment/types/events';
import type { Experiment } from '../experiment/types/experiment';
import { closeLab, dataset, digestOf, eventsOf, hasEvent, isStatus, lab, loadedOf, lossesOf, playToEnd, statuses } from './testing/lab';

beforeAll(openTestBackends);

/** The run as the page should see it: on cpu, uninterrupted. */
async function whole(experiment: Experiment) {
  await switchBackend('cpu');
  return finish(experiment, dataset, { backendName: 'cpu' });
}

const program = tinyExperiment([train({ steps: 6, evaluateEvery: 4 }), quantize(4), train({ steps: 5 })]);

describe('a run from start to end', () => {
  test('load, play, done: every event arrives, once and in order', async () => {
    const opened = await lab();
    const { runner, messages } = opened;
    await runner.load(program);
    expect(messages.map(({ type }) => type)).toEqual(['backend', 'loaded', 'status', 'dataReady', 'status']);
    expect(statuses(opened)).toEqual(['loading', 'idle']);
    await playToEnd(opened);
    expect(statuses(opened)).toEqual(['loading', 'idle', 'running', 'done']);
    const expected = await whole(program);
    const kept = (events: readonly RunEvent[]) =>
      events.map(({ type }) => type).filter((type) => !['progress', 'inspection', 'snapshot', 'metrics'].includes(type));
    expect(kept(eventsOf(messages))).toEqual(kept(expected.events));
    expect(lossesOf(messages)).toEqual(expected.losses);
    expect(digestOf(opened)).toBe(expected.record?.digest);
    let next = 0;
    for (const event of eventsOf(messages)) {
      if (event.type !== 'metrics') continue;
      expect(event.firstStep).toBe(next);
      next += event.loss.length;
    }
    // The last word is the status; all events are reported before.
    expect(messages.at(-1)).toMatchObject({ type: 'status', status: 'done' });
    expect(messages.at(-2)).toMatchObject({ type: 'events' });
  });

  test('gives its memory back when it is done, when it fails, and at every reset', async () => {
    await switchBackend('cpu');
    const start = tensorsHeld();
    const opened = await lab();
    await opened.runner.load(program);
    await playToEnd(opened);
    await opened.runner.pause();
    expect(tensorsHeld()).toBe(start);
    await opened.runner.load(tinyExperiment([train({ steps: 50, optimizer: 'sgd', lr: 1e30 })]));
    opened.runner.play();
    await opened.until(isStatus('failed'));
    await opened.runner.pause();
    expect(tensorsHeld()).toBe(start);
    await opened.runner.reset();
    await opened.runner.reset();
    await opened.runner.retryData();
    expect(tensorsHeld()).toBe(start);
  });

  test('play after done measures again and ends the same', async () => {
    const opened = await lab();
    await opened.runner.load(program);
    await playToEnd(opened);
    const digest = digestOf(opened);
    let again = 0;
    // A page so quick that it answers before the loop has wound up.
    opened.react = (message) => {
      if (isStatus('done')(message) && again++ === 0) opened.runner.play();
    };
    opened.runner.play();
    await opened.until(isStatus('done'));
    await opened.until(isStatus('done'));
    expect(again).toBe(2);
    expect(digestOf(opened)).toBe(digest);
    expect(statuses(opened)).not.toContain('failed');
    expect(eventsOf(opened.messages).some((event) => event.type === 'warning')).toBe(false);
  });

  test('a program without training runs as well', async () => {
    const opened = await lab();
    await opened.runner.load(tinyExperiment([quantize(4)]));
    await playToEnd(opened);
    expect(digestOf(opened)).toBe((await whole(tinyExperiment([quantize(4)]))).record?.digest);
  });

  test('a loss that bursts fails the run with its sentence', async () => {
    const opened = await lab();
    await opened.runner.load(tinyExperiment([train({ steps: 50, optimizer: 'sgd', lr: 1e30 })]));
    opened.runner.play();
    const failed = await opened.until(isStatus('failed'));
    expect(failed).toMatchObject({ message: expect.stringMatching(/at step \d+.*Lower the learning rate/) });
    expect(eventsOf(opened.messages).filter((event) => event.type === 'failed')).toHaveLength(1);
  });
});

describe('pausing', () => {
  const long = tinyExperiment([train({ steps: 160, evaluateEvery: 40 }), quantize(4)]);

  test('pause holds it, play continues, nothing changes', async () => {
    const opened = await closeLab();
    const { runner, messages } = opened;
    await runner.load(long);
    for (let i = 0; i < 3; i++) {
      runner.play();
      await opened.until(hasEvent('metrics'));
      await runner.pause();
      expect(messages.at(-1)).toMatchObject({ type: 'status', status: 'paused' });
      const count = messages.length;
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(messages).toHaveLength(count);
    }
    await playToEnd(opened);
    const expected = await whole(long);
    expect(lossesOf(messages)).toEqual(expected.losses);
    expect(digestOf(opened)).toBe(expected.record?.digest);
  });

  test('pause before play says nothing', async () => {
    const opened = await closeLab();
    await opened.runner.load(long);
    await opened.runner.pause();
    expect(statuses(opened)).not.toContain('paused');
  });

  test('play while it plays changes nothing', async () => {
    const opened = await lab();
    await opened.runner.load(program);
    for (let i = 0; i < 3; i++) opened.runner.play();
    opened.react = (message) => {
      if ((message.type === 'events' && !hasEvent('done')(message)) || isStatus('running')(message)) opened.runner.play();
    };
    await opened.until(isStatus('done'));
    expect(lossesOf(opened.messages)).toEqual((await whole(program)).losses);
    expect(statuses(opened).filter((status) => status === 'running')).toHaveLength(1);
  });

  test('step does exactly as many steps', async () => {
    const opened = await lab();
    const { runner, messages } = opened;
    await runner.load(long);
    let done = 0;
    for (const steps of [1, 5, 1, 40, 3]) {
      runner.step(steps);
      await opened.until(isStatus('paused'));
      done += steps;
      expect(lossesOf(messages)).toHaveLength(done);
    }
    await playToEnd(opened);
    expect(digestOf(opened)).toBe((await whole(long)).record?.digest);
  });

  test('step by step through a whole program, asked for as fast as possible', async () => {
    const opened = await lab();
    await opened.runner.load(program);
    let steps = 1;
    opened.react = (message) => {
      if (!isStatus('paused')(message)) return;
      steps++;
      opened.runner.step(1);
    };
    opened.runner.step(1);
    await opened.until(isStatus('done'));
    // Eleven training steps, one stage without steps, and the last step's end.
    expect(steps).toBe(13);
    const expected = await whole(program);
    expect(lossesOf(opened.messages)).toEqual(expected.losses);
    expect(digestOf(opened)).toBe(expected.record?.digest);
    expect(eventsOf(opened.messages).filter((event) => event.type === 'stageDone')).toHaveLength(3);
  });

  test('reset goes back to the same start', async () => {
    const opened = await lab();
    await opened.runner.load(program);
    opened.runner.play();
    await opened.until(isStatus('running'));
    await opened.runner.reset();
    expect(statuses(opened).at(-1)).toBe('idle');
    expect(loadedOf(opened).at(-1)).toEqual([0, 0]);
    const before = opened.messages.length;
    await playToEnd(opened);
    const expected = await whole(program);
    expect(lossesOf(opened.messages.slice(before))).toEqual(expected.losses);
    expect(digestOf(opened)).toBe(expected.record?.digest);
  });
});

describe('editing', () => {
  const edited = (bits: number, steps = 5000, seed = 1) =>
    tinyExperiment([train({ steps: 20 }), quantize(bits), train({ steps })], { seed });

  test('of a later stage while it runs keeps the stages before', async () => {
    const opened = await lab();
    await opened.runner.load(edited(2));
    opened.runner.play();
    await opened.until(hasEvent('metrics', 2));
    await opened.runner.load(edited(4, 10));
    expect(loadedOf(opened).at(-1)).toEqual([1, 20]);
    const before = opened.messages.length;
    await opened.until(isStatus('done'));
    const expected = await whole(edited(4, 10));
    expect(digestOf(opened)).toBe(expected.record?.digest);
    expect(lossesOf(opened.messages.slice(before))).toEqual(expected.losses.slice(20));
    const record = eventsOf(opened.messages).find((event) => event.type === 'done');
    expect(record).toMatchObject({ record: { steps: 30, stages: [{ kind: 'train' }, { kind: 'quantize' }, { kind: 'train' }] } });
  });

  test('of a stage that is still to come continues in the middle of the one that runs', async () => {
    const opened = await closeLab();
    const program = (bits: number) => tinyExperiment([train({ steps: 150 }), quantize(bits)]);
    await opened.runner.load(program(2));
    opened.runner.play();
    await opened.until(hasEvent('metrics', 0));
    await opened.runner.load(program(4));
    const [stages, steps] = loadedOf(opened).at(-1) ?? [];
    expect(stages).toBe(0);
    expect(steps).toBeGreaterThan(0);
    expect(steps).toBeLessThan(150);
    await opened.until(isStatus('done'));
    const expected = await whole(program(4));
    expect(digestOf(opened)).toBe(expected.record?.digest);
    expect(lossesOf(opened.messages)).toEqual(expected.losses);
  });

  test('of the stage that runs starts it again, of the seed everything', async () => {
    const opened = await lab();
    await opened.runner.load(edited(4));
    opened.runner.play();
    await opened.until(hasEvent('metrics', 2));
    await opened.runner.load(edited(4, 4000));
    expect(loadedOf(opened).at(-1)).toEqual([2, 20]);
    await opened.until(hasEvent('metrics', 2));
    await opened.runner.load(edited(4, 7, 2));
    expect(loadedOf(opened).at(-1)).toEqual([0, 0]);
    await opened.until(isStatus('done'));
    expect(digestOf(opened)).toBe((await whole(edited(4, 7, 2))).record?.digest);
  });

  test('of a finished run: a stage added, changed and taken away', async () => {
    const opened = await lab();
    const first = tinyExperiment([train({ steps: 8 })]);
    await opened.runner.load(first);
    await playToEnd(opened);
    for (const [stages, status] of [
      [[train({ steps: 8 }), quantize(4)], 'idle'],
      [[train({ steps: 8 }), quantize(3)], 'idle'],
      // What is left came to its end before.
      [[train({ steps: 8 }), quantize(3, false)], 'done'],
      [[train({ steps: 8 }), quantize(3, false), train({ steps: 3 })], 'idle'],
      [[train({ steps: 8 })], 'done'],
    ] as const) {
      const experiment = tinyExperiment(stages);
      const before = opened.messages.length;
      await opened.runner.load(experiment);
      expect(loadedOf(opened).at(-1)).toEqual([1, 8]);
      expect(statuses(opened).at(-1)).toBe(status);
      if (status === 'done') await opened.until(isStatus('done'));
      await playToEnd(opened);
      const expected = await whole(experiment);
      expect(digestOf(opened)).toBe(expected.record?.digest);
      expect(lossesOf(opened.messages.slice(before))).toEqual(expected.losses.slice(8));
    }
  });

  test('while paused stays paused; while stepping continues for the steps that are left', async () => {
    const opened = await lab();
    await opened.runner.load(edited(4));
    opened.runner.step(30);
    await opened.until(isStatus('paused'));
    await opened.runner.load(edited(3));
    expect(statuses(opened).at(-1)).toBe('idle');
    opened.runner.step(1);
    await opened.until(isStatus('paused'));
    const summaries = eventsOf(opened.messages).flatMap((event) => (event.type === 'stageDone' ? [event.summary.stage] : []));
    expect(summaries).toEqual([0, 1, 1]);
  });

  test('the name alone loses nothing', async () => {
    const opened = await lab();
    await opened.runner.load(edited(4, 600));
    opened.runner.play();
    await opened.until(hasEvent('metrics', 2));
    await opened.runner.load({ ...edited(4, 600), name: 'mine' });
    const [stages, steps] = loadedOf(opened).at(-1) ?? [];
    expect([stages, (steps ?? 0) > 20]).toEqual([2, true]);
    await opened.until(isStatus('done'));
    expect(digestOf(opened)).toBe((await whole(edited(4, 600))).record?.digest);
  });

  test('the model file is always that of the last finished stage of this experiment', async () => {
    const opened = await lab();
    const model = () => {
      opened.runner.path.tellModel(7);
      const last = opened.messages.at(-1);
      return last?.type === 'model' && last.request === 7 ? last.bytes : undefined;
    };
    await opened.runner.load(tinyExperiment([train({ steps: 3 }), quantize(4)]));
    expect(model()).toHaveLength(0);
    await playToEnd(opened);
    const { models } = await whole(tinyExperiment([train({ steps: 3 }), quantize(4)]));
    expect(model()).toEqual(models[1]);
    await opened.runner.load(tinyExperiment([train({ steps: 3 }), quantize(2)]));
    expect(model()).toEqual(models[0]);
    await opened.runner.load(tinyExperiment([train({ steps: 4 })]));
    expect(model()).toHaveLength(0);
  });
});

describe('data', () => {
  test('that cannot be read: the reason, and a second try', async () => {
    let broken = true;
    const opened = await lab('cpu', async () => {
      if (broken) throw new DatasetError('The images are not there.');
      return dataset;
    });
    await opened.runner.load(program);
    expect(opened.messages.at(-2)).toEqual({ type: 'dataFailed', message: 'The images are not there.', wantsFiles: false });
    expect(opened.messages.at(-1)).toEqual({ type: 'status', status: 'failed', message: 'The images are not there.' });
    opened.runner.play();
    await opened.until(isStatus('failed'));
    await opened.until(isStatus('failed'));
    broken = false;
    await opened.runner.retryData();
    expect(opened.shelf.forget).toHaveBeenCalled();
    expect(statuses(opened).at(-1)).toBe('idle');
    await playToEnd(opened);
    expect(digestOf(opened)).toBe((await whole(program)).record?.digest);
    // It was never the backend's fault.
    expect(opened.messages.filter(({ type }) => type === 'backend')).toHaveLength(1);
  });

  test('that stop arriving in the middle: the reason, on the same backend, and a second try continues', async () => {
    const gone = async (count: number) => {
      if (count > 60) throw new DatasetError('The second shard is gone.');
    };
    const sharded = { ...dataset, shards: [60, 40] };
    let served: Dataset = { ...sharded, ready: gone };
    const opened = await lab('any', async () => served);
    const experiment = tinyExperiment([train({ steps: 12 })]);
    await opened.runner.load(experiment);
    opened.runner.play();
    expect(await opened.until(isStatus('failed'))).toMatchObject({ message: 'The second shard is gone.' });
    expect(opened.messages.filter(({ type }) => type === 'dataFailed')).toHaveLength(1);
    expect(opened.messages.filter(({ type }) => type === 'backend')).toHaveLength(1);
    expect(lossesOf(opened.messages).length).toBeGreaterThan(0);
    served = sharded;
    await opened.runner.retryData();
    await playToEnd(opened);
    await switchBackend('wasm');
    const expected = await finish(experiment, sharded);
    expect(digestOf(opened)).toBe(expected.record?.digest);
  });

  test('of a person that a link cannot carry: the files are asked for', async () => {
    const opened = await lab('cpu', async () => {
      throw new DatasetError('Open the same files.');
    });
    await opened.runner.load({ ...program, data: { ...program.data, dataset: 'own', checksum: 'ab' } });
    expect(opened.messages.at(-2)).toEqual({ type: 'dataFailed', message: 'Open the same files.', wantsFiles: true });
  });
});

describe('a backend that breaks', () => {
  // It breaks after 17 steps: 12 of stage 0, 5 of stage 2.
  const experiment = tinyExperiment([train({ steps: 12 }), quantize(4), train({ steps: 12 })]);

  test('the next one continues from the last checkpoint, and says why', async () => {
    const opened = await lab('any');
    await opened.runner.load(experiment);
    const mend = breakAfter(17, 'wasm', 'The memory is used up');
    opened.runner.play();
    await opened.until(isStatus('done'));
    mend();
    const backends = opened.messages.flatMap((message) => (message.type === 'backend' ? [message.backend] : []));
    expect(backends.map(({ name }) => name)).toEqual(['wasm', 'cpu']);
    expect(backends[1]?.reasons.at(-1)).toBe('wasm failed: The memory is used up.');
    const types = opened.messages.map((message) => message.type);
    const warned = opened.messages.findIndex(hasEvent('warning'));
    // Said last: `loaded` makes void what was said about the run before.
    expect(warned).toBeGreaterThan(types.indexOf('backend', 1));
    expect(warned).toBeGreaterThan(types.lastIndexOf('loaded'));
    expect(loadedOf(opened).at(-1)).toEqual([2, 12]);
    const [before, after] = [opened.messages.slice(0, warned + 1), opened.messages.slice(warned + 1)];
    expect(lossesOf(before).length).toBeGreaterThanOrEqual(12);
    expect(lossesOf(before).length).toBeLessThanOrEqual(17);
    const expected = await whole(experiment);
    const continued = lossesOf(after);
    expect(continued).toHaveLength(12);
    for (const [i, loss] of continued.entries()) expect(loss).toBeCloseTo(expected.losses[12 + i] ?? Number.NaN, 3);
    expect(statuses(opened)).not.toContain('failed');
    const record = eventsOf(opened.messages).find((event) => event.type === 'done');
    expect(record).toMatchObject({ record: { steps: 24, backend: { name: 'cpu' } } });
    // Still the same: it does not come back to the broken one.
    await opened.runner.reset();
    await playToEnd(opened);
    expect(digestOf(opened)).toBe(expected.record?.digest);
  });

  test('pause while it changes is obeyed', async () => {
    const opened = await lab('any');
    await opened.runner.load(experiment);
    const mend = breakAfter(17, 'wasm', 'broken');
    let pausing: Promise<void> | undefined;
    opened.react = (message) => {
      if (hasEvent('warning')(message)) pausing = opened.runner.pause();
    };
    opened.runner.play();
    await opened.until(isStatus('paused'));
    await pausing;
    mend();
    expect(opened.messages.at(-1)).toMatchObject({ status: 'paused' });
    await playToEnd(opened);
    expect(statuses(opened)).not.toContain('failed');
  });

  test('the last one that breaks fails the run; once it works again, play continues', async () => {
    const opened = await lab('any');
    await opened.runner.load(experiment);
    const mends = [breakAfter(17, 'wasm', 'broken'), breakAfter(2, 'cpu', 'broken too')];
    opened.runner.play();
    expect(await opened.until(isStatus('failed'))).toMatchObject({ message: 'broken too' });
    for (const mend of mends) mend();
    await playToEnd(opened);
    const losses = lossesOf(opened.messages);
    const expected = await whole(experiment);
    expect(losses.at(-1)).toBeCloseTo(expected.losses.at(-1) ?? Number.NaN, 3);
  });

  test('a forced one fails the run', async () => {
    const opened = await lab('cpu');
    await opened.runner.load(experiment);
    const mend = breakAfter(2, 'cpu', 'broken');
    opened.runner.play();
    expect(await opened.until(isStatus('failed'))).toMatchObject({ message: 'broken' });
    mend();
    expect(opened.messages.filter(({ type }) => type === 'backend')).toHaveLength(1);
  });
});
