import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { tinyDataset } from '../testing/tiny-dataset';
import { everyStep, finish, model, quantize, quiet, tinyCnn, tinyExperiment, train } from '../testing/tiny-run';
import { openTestBackends } from '../testing/wasm-test-backend';

beforeAll(openTestBackends);

const dataset = tinyDataset();

describe('the order of events', () => {
  test('train, then quantize', async () => {
    const { events } = await finish(tinyExperiment([train(), quantize(4)]), dataset);
    // Turns are as long as the machine is fast: metrics and progress come in pairs, however many.
    const kinds = events.map((event) => event.type).filter((type) => type !== 'metrics' && type !== 'progress');
    const measured = ['inspection', 'evaluation', 'test', 'stageDone', 'snapshot'];
    expect(kinds).toEqual(['started', 'stageStarted', ...measured, 'stageStarted', ...measured, 'done']);
  });

  test('every turn tells its metrics, then how far it is', async () => {
    const { events } = await finish(tinyExperiment([train({ steps: 3 })]), dataset, { control: { ...quiet(), maxSteps: 1 } });
    const kinds = events.map((event) => event.type).slice(0, 10);
    const turn = ['metrics', 'progress'];
    expect(kinds).toEqual(['started', 'stageStarted', 'progress', 'progress', ...turn, ...turn, ...turn]);
    const progress = events.flatMap((event) => (event.type === 'progress' ? [event] : []));
    expect(progress.map(({ step }) => step)).toEqual([0, 0, 1, 2, 3]);
    expect(progress.map(({ waiting }) => waiting !== '')).toEqual([true, false, false, false, false]);
    // 180 training images, batches of 16.
    expect(progress.at(-1)?.epoch).toBeCloseTo((3 * 16) / 180, 12);
  });

  test('inspections and checkpoints come between turns when asked for', async () => {
    const { events, checkpoints } = await finish(tinyExperiment([train({ steps: 2 })]), dataset, { control: everyStep() });
    const kinds = events.map((event) => event.type).slice(4, 12);
    expect(kinds.slice(0, 4)).toEqual(['metrics', 'progress', 'inspection', 'snapshot']);
    // An inspection that took long puts off the next one.
    expect(
      kinds
        .slice(4)
        .filter((type) => type !== 'inspection')
        .slice(0, 3),
    ).toEqual(['metrics', 'progress', 'snapshot']);
    expect(checkpoints.map(({ stage, step }) => [stage, step])).toEqual([
      [0, 1],
      [0, 2],
      [1, 0],
    ]);
  });
});

describe('inspections at fixed steps', () => {
  const inspectionsOf = async (maxSteps: number) => {
    const control = { ...quiet(), maxSteps, inspectEverySteps: 5 };
    const stages = [train({ steps: 12 }), quantize(4), train({ steps: 5 })];
    const { events, losses, record } = await finish(tinyExperiment(stages), dataset, { control });
    const inspections = events.flatMap((event) => (event.type === 'inspection' ? [event] : []));
    return { inspections, losses, digest: record?.digest };
  };

  test('are the same however long the turns are, and change nothing', async () => {
    const [long, short] = [await inspectionsOf(1000), await inspectionsOf(2)];
    expect(long.inspections.map(({ stage, globalStep }) => [stage, globalStep])).toEqual([
      [0, 0],
      [0, 5],
      [0, 10],
      [0, 12],
      [1, 12],
      [2, 12],
      [2, 17],
    ]);
    expect(short).toEqual(long);
    const { losses, record } = await finish(tinyExperiment([train({ steps: 12 }), quantize(4), train({ steps: 5 })]), dataset);
    expect(losses).toEqual(long.losses);
    expect(record?.digest).toBe(long.digest);
  });
});

describe('programs', () => {
  test('steps are counted over all stages that are on', async () => {
    const stages = [train({ steps: 5 }), quantize(4), train({ steps: 7 }), train({ steps: 9, on: false })];
    const { events, losses, record } = await finish(tinyExperiment(stages), dataset);
    const started = events.flatMap((event) => (event.type === 'started' ? [event] : []));
    expect(started).toHaveLength(1);
    expect(started[0]).toMatchObject({ totalSteps: 12, layers: [{ weights: 64 * 12 }, { weights: 12 * 4 }] });
    const stageStarted = events.flatMap((event) => (event.type === 'stageStarted' ? [event] : []));
    expect(stageStarted.map(({ stage, kind, steps, stepsBefore }) => [stage, kind, steps, stepsBefore])).toEqual([
      [0, 'train', 5, 0],
      [1, 'quantize', 0, 5],
      [2, 'train', 7, 5],
    ]);
    expect(losses).toHaveLength(12);
    expect(record).toMatchObject({ steps: 12, seed: 1, stages: [{ steps: 5 }, { steps: 0 }, { steps: 7 }] });
    expect(record?.trainLoss).toBeCloseTo(losses.reduce((a, b) => a + b, 0) / 12, 6);
    const metrics = events.flatMap((event) => (event.type === 'metrics' ? [event] : []));
    let next = 0;
    for (const { firstStep, loss, accuracy } of metrics) {
      expect(firstStep).toBe(next);
      expect(accuracy.length).toBe(loss.length);
      next += loss.length;
    }
    expect(events.flatMap((event) => (event.type === 'test' ? [event.globalStep] : []))).toEqual([5, 5, 12]);
  });

  test('it learns, and 8 bits cost little', async () => {
    const { record } = await finish(tinyExperiment([train({ steps: 60 }), quantize(8)]), dataset);
    expect(record?.stages[0]?.testAccuracy).toBeGreaterThan(0.9);
    expect(record?.testAccuracy).toBeGreaterThan(0.9);
    expect(record?.testAccuracy).toBe(record?.stages[1]?.testAccuracy);
  });

  test('without any stage that is on, the untrained network is measured', async () => {
    for (const stages of [[], [train({ on: false }), quantize(4, false)]]) {
      const { events, record } = await finish(tinyExperiment(stages), dataset);
      expect(events.map((event) => event.type)).toContain('test');
      expect(record).toMatchObject({ steps: 0, trainLoss: null, stages: [{ kind: 'start', steps: 0 }] });
      expect(record?.digest).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  test('a stage that is off is as good as absent', async () => {
    const with_ = await finish(tinyExperiment([quantize(2, false), train(), train({ on: false }), quantize(4)]), dataset);
    const without = await finish(tinyExperiment([train(), quantize(4)]), dataset);
    expect(with_.losses).toEqual(without.losses);
    expect(with_.record?.digest).toBe(without.record?.digest);
  });

  test('a later quantizer replaces an earlier one', async () => {
    const { record } = await finish(tinyExperiment([quantize(2), quantize(4)]), dataset);
    const plain = await finish(tinyExperiment([quantize(4)]), dataset);
    expect(record?.digest).toBe(plain.record?.digest);
  });
});

describe('the same numbers', () => {
  const program = [train({ steps: 8 }), quantize(3), train({ steps: 6, optimizer: 'momentum' })];

  for (const backendName of ['wasm', 'cpu'] as const)
    test(`twice the same experiment on ${backendName}`, async () => {
      await tf.setBackend(backendName);
      const experiment = tinyExperiment(program, { model: tinyCnn });
      const [first, second] = [await finish(experiment, dataset, { backendName }), await finish(experiment, dataset, { backendName })];
      expect(second.losses).toEqual(first.losses);
      expect(second.record?.digest).toBe(first.record?.digest);
      expect(new Set(first.losses).size).toBe(14);
      await tf.setBackend('wasm');
    });

  test('wasm and cpu agree closely', async () => {
    const experiment = tinyExperiment([train({ steps: 8 })], { model: tinyCnn });
    const wasm = await finish(experiment, dataset);
    await tf.setBackend('cpu');
    const cpu = await finish(experiment, dataset);
    await tf.setBackend('wasm');
    for (const [i, loss] of wasm.losses.entries()) expect(loss).toBeCloseTo(cpu.losses[i] ?? Number.NaN, 4);
  });

  test('another seed, other numbers', async () => {
    const [one, two] = [await finish(tinyExperiment([train()]), dataset), await finish(tinyExperiment([train()], { seed: 2 }), dataset)];
    expect(two.losses[0]).not.toBe(one.losses[0]);
    expect(two.record?.digest).not.toBe(one.record?.digest);
  });

  test('another order seed: same initial weights, other batches', async () => {
    const start = async (orderSeed: number) => {
      const { losses, checkpoints } = await finish(tinyExperiment([train({ steps: 2, orderSeed, lr: 0 })]), dataset);
      return { losses, parameters: checkpoints[0]?.model.parameters };
    };
    const [one, two] = [await start(0), await start(77)];
    expect(two.parameters).toEqual(one.parameters);
    expect(two.losses).not.toEqual(one.losses);
    // 0 follows the seed of the experiment, which is 1.
    expect((await start(1)).losses).toEqual(one.losses);
  });

  test('a quantize stage behind the training changes nothing before it', async () => {
    const [float, after] = [
      await finish(tinyExperiment([train(), train()]), dataset),
      await finish(tinyExperiment([train(), quantize(2), train()]), dataset),
    ];
    expect(after.losses.slice(0, 12)).toEqual(float.losses.slice(0, 12));
    expect(after.losses[12]).not.toBe(float.losses[12]);
  });

  test('a quantize stage in front: same initial weights and batches', async () => {
    // Without learning, 16 bits differ from float by their rounding only: the same weights met the same images.
    const [float, before] = [
      await finish(tinyExperiment([train({ lr: 0 })]), dataset),
      await finish(tinyExperiment([quantize(8), train({ lr: 0 })]), dataset),
    ];
    expect(before.checkpoints.at(-1)?.model.parameters).toEqual(float.checkpoints.at(-1)?.model.parameters);
    for (const [i, loss] of before.losses.entries()) expect(Math.abs(loss - (float.losses[i] ?? 0))).toBeLessThan(0.05);
    expect(before.losses).not.toEqual(float.losses);
  });

  test('how long a turn is does not matter', async () => {
    const experiment = tinyExperiment([train({ steps: 13, evaluateEvery: 5 }), quantize(4), train({ steps: 9 })], { model: tinyCnn });
    const reference = await finish(experiment, dataset);
    for (const control of [
      { ...quiet(), maxSteps: 1 },
      { ...quiet(), maxSteps: 3, turnMs: 1e6 },
      { ...quiet(), turnMs: 1e6 },
      everyStep(),
    ]) {
      const other = await finish(experiment, dataset, { control });
      expect(other.losses).toEqual(reference.losses);
      expect(other.record?.digest).toBe(reference.record?.digest);
    }
  });
});

describe('validation', () => {
  const steps = (events: readonly { type: string; globalStep?: number }[]) =>
    events.flatMap((event) => (event.type === 'evaluation' ? [event.globalStep] : []));

  test('every so many steps, and at the end', async () => {
    const { events } = await finish(tinyExperiment([train({ steps: 10, evaluateEvery: 4 })]), dataset);
    expect(steps(events)).toEqual([4, 8, 10]);
  });

  test('0 means at the end only', async () => {
    const { events } = await finish(tinyExperiment([train({ steps: 10, evaluateEvery: 0 })]), dataset);
    expect(steps(events)).toEqual([10]);
  });

  test('of the images kept apart', async () => {
    const { events } = await finish(tinyExperiment([train({ steps: 1 })]), dataset);
    expect(events.find((event) => event.type === 'evaluation')).toMatchObject({ evaluation: { count: 20 } });
  });

  test('reaching the target ends the stage, and the next one begins', async () => {
    const { events, record, losses } = await finish(
      tinyExperiment([train({ steps: 500, evaluateEvery: 5, target: 90 }), train({ steps: 2 })]),
      dataset,
    );
    const done = record?.stages[0]?.steps ?? 0;
    expect(done).toBeLessThan(500);
    expect(done % 5).toBe(0);
    expect(losses).toHaveLength(done + 2);
    const reached = events.flatMap((event) => (event.type === 'evaluation' && event.stage === 0 ? [event] : []));
    for (const { evaluation, globalStep } of reached) expect(evaluation.accuracy >= 0.9).toBe(globalStep === done);
    expect(record?.stages[0]?.valAccuracy).toBeGreaterThanOrEqual(0.9);
  });
});

describe('sizes', () => {
  test('a batch larger than the training set, and many epochs', async () => {
    const few = tinyDataset({ train: 20, test: 12 });
    const { losses, record, events } = await finish(tinyExperiment([train({ steps: 6, batch: 50 })]), few);
    expect(losses).toHaveLength(6);
    expect(record?.steps).toBe(6);
    const last = events.flatMap((event) => (event.type === 'progress' ? [event.epoch] : [])).at(-1);
    expect(last).toBeCloseTo(300 / 18, 10);
  });

  test('colour images', async () => {
    const colour = tinyDataset({ channels: 3, train: 100, test: 40 });
    const { record, events } = await finish(tinyExperiment([train({ steps: 4 }), quantize(4)], { model: tinyCnn }), colour);
    expect(record?.steps).toBe(4);
    const tiles = events.flatMap((event) => (event.type === 'inspection' ? [event.tiles] : []))[0];
    expect(tiles).toMatchObject({ width: 3, height: 3, channels: 3, count: 3 });
  });

  test('too few images to keep any apart: the validation says that it counted none', async () => {
    const few = tinyDataset({ train: 9, test: 5 });
    const { events, record } = await finish(tinyExperiment([train({ steps: 2, batch: 4 })]), few);
    expect(events.find((event) => event.type === 'evaluation')).toMatchObject({ evaluation: { count: 0, accuracy: 0, loss: 0 } });
    expect(record?.valAccuracy).toBe(0);
  });
});

describe('failure', () => {
  for (const optimizer of ['sgd', 'adam'])
    test(`${optimizer} with a huge learning rate: one sentence that names the step, and nothing after it`, async () => {
      const experiment = tinyExperiment([train({ steps: 200, optimizer, lr: 1e30, evaluateEvery: 10 }), quantize(4)]);
      const { events, record } = await finish(experiment, dataset, { control: everyStep() });
      expect(events.filter((event) => event.type === 'failed')).toHaveLength(1);
      const last = events.at(-1);
      expect(last).toMatchObject({ type: 'failed', message: expect.stringMatching(/ at step \d+/) });
      expect(record).toBeUndefined();
      if (last?.type !== 'failed') return;
      expect(last.advice).toContain('1e+30');
      const named = Number(/step (\d+)/.exec(last.message)?.[1]);
      const losses = events.flatMap((event) => (event.type === 'metrics' ? [...event.loss] : []));
      expect(losses.slice(0, named - 1).every(Number.isFinite)).toBe(true);
      expect(named).toBeGreaterThan(1);
      expect(named).toBeLessThanOrEqual(losses.length + 1);
    });

  test('images that do not fit the model: one sentence, and nothing is thrown', async () => {
    const { events } = await finish(tinyExperiment([train()], { model: model('lenet-5', {}) }), dataset);
    expect(events).toEqual([
      { type: 'failed', message: expect.stringContaining('8 × 8 are too small for LeNet-5'), advice: expect.stringContaining('model') },
    ]);
  });

  test('weights that burst in the last step are noticed before they are stored', async () => {
    // One step: its loss is that of the initial weights and finite.
    const float = await finish(tinyExperiment([train({ steps: 1, optimizer: 'sgd', lr: 1e39 })]), dataset);
    expect(float.losses.every(Number.isFinite)).toBe(true);
    expect(float.events.at(-1)).toMatchObject({ type: 'failed', message: expect.stringContaining('step 1') });
    const quantized = await finish(tinyExperiment([quantize(4), train({ steps: 1, optimizer: 'sgd', lr: 1e39 })]), dataset);
    expect(quantized.events.at(-1)).toMatchObject({ type: 'failed', message: expect.stringContaining('step 1') });
    expect(quantized.events.filter((event) => event.type === 'test')).toHaveLength(1);
  });
});
