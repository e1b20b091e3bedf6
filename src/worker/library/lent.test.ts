import { beforeAll, describe, expect, test } from 'vitest';
import { switchBackend } from '../../engine/testing/test-backends';
import { tinyDataset } from '../../engine/testing/tiny-dataset';
import { finish, quantize, tinyExperiment, tinyMlp, train } from '../../engine/testing/tiny-run';
import { openTestBackends } from '../../engine/testing/wasm-test-backend';
import { prefixKey } from '../../experiment/program/prefix';
import type { RecordedStart, RunEvent } from '../../experiment/types/events';
import type { Experiment } from '../../experiment/types/experiment';
import { sha256Hex } from '../../numerics/coding/checksums';
import type { LentStart } from '../protocol';
import { digestOf, eventsOf, isStatus, lab as labWith, loadedOf, playToEnd, statuses } from '../testing/lab';

beforeAll(openTestBackends);

/** Of MNIST's shape: the layers of a recorded model are made without its images. */
const dataset = tinyDataset({ train: 100, test: 20, side: 28, classes: 10 });
const lab = () => labWith('cpu', async () => dataset);

const program = (bits: number, more: Parameters<typeof tinyExperiment>[0] = []) =>
  tinyExperiment([train({ steps: 20, evaluateEvery: 8 }), quantize(bits), ...more], { model: tinyMlp });
const origin: RecordedStart = { stages: 1, recordedAt: '2026-11-27T20:14:57.683Z', backend: 'wasm', commit: '1a2b3c4' };

/** What a recording of the program gives of its first stage. */
async function startOf(experiment: Experiment): Promise<LentStart> {
  await switchBackend('cpu');
  const { events, models } = await finish(experiment, dataset, { backendName: 'cpu' });
  const [model = new Uint8Array()] = models;
  const layers = events.flatMap((event) => (event.type === 'started' ? event.layers : []));
  const end = events.findIndex(({ type }) => type === 'stageDone');
  const own = events.slice(0, end + 1).filter(({ type }) => !['started', 'snapshot', 'progress'].includes(type));
  return { experiment, origin, layers, events: own, model, sha256: sha256Hex(model) };
}

const recordOf = (events: readonly RunEvent[]) => events.flatMap((event) => (event.type === 'done' ? [event.record] : [])).at(-1);

describe('a recorded first stage', () => {
  test('is drawn again under another program, and what does not train runs after it at once, to the bits of a whole run', async () => {
    const start = await startOf(program(4));
    const other = program(2);
    const whole = await finish(other, dataset, { backendName: 'cpu' });
    const opened = await lab();
    await opened.runner.load(program(4), undefined, true);
    await opened.runner.lend(start);
    expect(statuses(opened)).not.toContain('running');
    await opened.runner.load(other, undefined, true);
    await opened.until(isStatus('done'));
    const replays = opened.messages.flatMap((message) => (message.type === 'replay' ? [message] : []));
    expect(replays.map(({ recorded }) => recorded)).toEqual([origin]);
    expect(replays[0]?.events.map(({ type }) => type)).toEqual(start.events.map(({ type }) => type));
    expect(eventsOf(opened.messages).some(({ type }) => type === 'metrics')).toBe(false);
    const record = recordOf(eventsOf(opened.messages));
    expect(record?.digest).toBe(whole.record?.digest);
    expect(record?.trainLoss).toBeCloseTo(whole.record?.trainLoss ?? 0, 6);
    // Bit for bit what was trained, and yet not trained here: whatever is made of it says so.
    expect(record?.recorded).toEqual(origin);
    expect(record?.stages.map(({ steps }) => steps)).toEqual([20, 0]);
  });

  test('may be looked at under the recorded program itself, as long as that has not run', async () => {
    const start = await startOf(program(4));
    const opened = await lab();
    const models = async () => {
      await opened.runner.path.tellModels(1, [], opened.shelf);
      return opened.messages.flatMap((message) => (message.type === 'models' ? [message.models] : [])).at(-1);
    };
    await opened.runner.load(program(4));
    expect(await models()).toEqual({ float: null, squeezed: null });
    await opened.runner.lend(start);
    expect(opened.messages.some(({ type }) => type === 'checkpoints')).toBe(true);
    expect(await models()).toMatchObject({ float: { step: 0, recorded: true, bytes: start.model }, squeezed: null });
    // Another program continues from it: what comes after is made here.
    await opened.runner.load(program(2), undefined, true);
    await opened.until(isStatus('done'));
    expect(await models()).toMatchObject({ float: { step: 0, recorded: true }, squeezed: { step: 1, recorded: false } });
    await opened.runner.load(program(4));
    opened.runner.play();
    await opened.until(isStatus('done'));
    expect(await models()).toMatchObject({ float: { step: 0, recorded: false }, squeezed: { step: 1, recorded: false } });
  });

  test('that comes after the edit starts it then; a program that trains on waits for Play, and says in the end how it began', async () => {
    const start = await startOf(program(4));
    const opened = await lab();
    await opened.runner.load(program(2, [train({ steps: 10 })]), undefined, true);
    await opened.runner.lend(start);
    expect(loadedOf(opened)).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(opened.messages.filter(({ type }) => type === 'replay')).toHaveLength(1);
    expect(statuses(opened)).not.toContain('running');
    await playToEnd(opened);
    expect(recordOf(eventsOf(opened.messages))).toMatchObject({ steps: 30, recorded: origin });
  });

  test('is not used for the recorded program itself: Play trains it, and from then on it is forgotten', async () => {
    const start = await startOf(program(4));
    const opened = await lab();
    await opened.runner.load(program(4), undefined, true);
    await opened.runner.lend(start);
    await opened.runner.load(program(2), undefined, true);
    await opened.until(isStatus('done'));
    await opened.runner.load(program(4), undefined, true);
    expect(loadedOf(opened).at(-1)).toEqual([0, 0]);
    await playToEnd(opened);
    expect(recordOf(eventsOf(opened.messages))?.recorded).toBeUndefined();
    const before = opened.messages.length;
    await opened.runner.load(program(2), undefined, true);
    await opened.until(isStatus('done'));
    const record = recordOf(eventsOf(opened.messages.slice(before)));
    expect(record?.recorded).toBeUndefined();
    expect(record?.digest).toBe(digestOf(opened));
  });

  test('is not what a sweep begins with', async () => {
    const start = await startOf(program(4));
    const opened = await lab();
    await opened.runner.load(program(2), undefined, true);
    await opened.runner.lend(start);
    await opened.until(isStatus('done'));
    opened.runner.sweeper.start('sweep', [{ index: 0, experiment: program(3) }]);
    const point = await opened.until(({ type }) => type === 'sweepPoint');
    expect(point).toMatchObject({ result: { run: { record: { steps: 20 } } } });
    expect(JSON.stringify(point)).not.toContain('recordedAt');
    const added = opened.messages.flatMap((message) => (message.type === 'checkpoints' ? message.added : []));
    expect(added.filter((key) => key === prefixKey(program(3), 1))).toHaveLength(2);
  });

  const damages: readonly (readonly [string, (start: LentStart) => LentStart])[] = [
    ['no weights', (start) => ({ ...start, model: new Uint8Array() })],
    ['another checksum', (start) => ({ ...start, sha256: '0'.repeat(64) })],
    ['a bit of the weights', (start) => ({ ...start, model: start.model.map((byte, i) => (i === 400 ? byte ^ 1 : byte)) })],
    ['no model file', (start) => ({ ...start, model: Uint8Array.of(1, 2, 3), sha256: sha256Hex(Uint8Array.of(1, 2, 3)) })],
    ['the weights of another model', (start) => ({ ...start, experiment: { ...start.experiment, model: { ...tinyMlp, widths: [13] } } })],
    ['no end of the stage', (start) => ({ ...start, events: start.events.slice(0, -1) })],
  ];
  test.each(damages)('with %s is as if there were none', async (_, damage) => {
    const start = damage(await startOf(program(4)));
    const opened = await lab();
    const other = { ...program(2), model: start.experiment.model };
    await opened.runner.load(other, undefined, true);
    await opened.runner.lend(start);
    expect(loadedOf(opened)).toEqual([[0, 0]]);
    expect(statuses(opened).at(-1)).toBe('idle');
  });
});
