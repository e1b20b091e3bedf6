import { beforeAll, describe, expect, test } from 'vitest';
import { Arrivals } from '../../datasets/arrivals';
import type { Dataset } from '../../datasets/types';
import { tinyDataset } from '../testing/tiny-dataset';
import { finish, quiet, tinyExperiment, train } from '../testing/tiny-run';
import { openTestBackends } from '../testing/wasm-test-backend';
import { Feeder } from './feeder';

beforeAll(openTestBackends);

const shards = [50, 30, 70, 50];
const dataset = tinyDataset({ shards });
const feeder = (seed = 1) => new Feeder(dataset, 'unit', seed);

/** The first `count` image numbers of the stream, asked for in steps of `batch`. */
function stream(from: Feeder, count: number, batch: number, ordinal = 0, seed = 1): number[] {
  const found: number[] = [];
  for (let step = 0; found.length < count; step++) found.push(...from.indices(step, batch, ordinal, seed));
  return found.slice(0, count);
}

describe('calibration images', () => {
  test('of own files, which may be sorted by class, they are drawn from everywhere; the seed decides', () => {
    const chosen = feeder().calibration(60);
    expect(new Set(chosen).size).toBe(60);
    for (const image of chosen) expect(feeder().train.includes(image)).toBe(true);
    const perQuarter = [0, 1, 2, 3].map((quarter) => chosen.filter((image) => Math.floor(image / 50) === quarter).length);
    for (const found of perQuarter) expect(found).toBeGreaterThan(5);
    expect(feeder().calibration(60)).toEqual(chosen);
    expect(feeder(2).calibration(60)).not.toEqual(chosen);
    expect(feeder().calibration(1000)).toHaveLength(180);
  });

  test('of prepared files, which are mixed, they are the first, which arrive first', () => {
    const prepared = new Feeder({ ...dataset, id: 'mnist' }, 'unit', 1);
    expect(prepared.calibration(60)).toEqual(prepared.train.subarray(0, 60));
  });
});

describe('the order of the images', () => {
  test('training and validation images are all images, none in both', () => {
    const { train: trained, validation } = feeder();
    expect(validation).toHaveLength(20);
    expect([...trained, ...validation].sort((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, i) => i));
    expect(feeder(2).validation).not.toEqual(validation);
  });

  test('every epoch shows every training image once, whatever the batch', () => {
    for (const batch of [1, 16, 180, 64]) {
      const indices = stream(feeder(), 3 * 180, batch);
      for (const epoch of [0, 1, 2]) {
        const seen = indices.slice(epoch * 180, (epoch + 1) * 180).sort((a, b) => a - b);
        expect(seen).toEqual([...feeder().train]);
      }
    }
  });

  test('the first epoch goes from shard to shard, later ones through all', () => {
    const shardOf = (image: number) => [50, 80, 150, 200].findIndex((end) => image < end);
    const indices = stream(feeder(), 360, 7).map(shardOf);
    const first = indices.slice(0, 180);
    expect(first).toEqual([...first].sort((a, b) => a - b));
    const second = indices.slice(180);
    expect(second).not.toEqual([...second].sort((a, b) => a - b));
    // Inside a shard the first epoch is shuffled.
    const images = stream(feeder(), 180, 7).filter((image) => image < 50);
    expect(images).not.toEqual([...images].sort((a, b) => a - b));
  });

  test('batches are cuts of one stream; any step can be asked for first', () => {
    const whole = stream(feeder(), 500, 50);
    expect(stream(feeder(), 500, 13)).toEqual(whole);
    const backwards = feeder();
    for (const step of [9, 3, 4, 0]) expect([...backwards.indices(step, 50, 0, 1)]).toEqual(whole.slice(step * 50, (step + 1) * 50));
  });

  test('another epoch, stage or seed is another order, for large seeds too', () => {
    for (const seed of [1, 65_535, 4_294_967_295]) {
      const one = feeder();
      const orders = [
        stream(one, 180, 180, 0, seed),
        [...one.indices(1, 180, 0, seed)],
        [...one.indices(2, 180, 0, seed)],
        stream(one, 180, 180, 1, seed),
        stream(one, 180, 180, 0, seed - 1),
      ].map(String);
      expect(new Set(orders).size).toBe(5);
    }
  });
});

test('pixels are normalized as asked for, labels go with their images', () => {
  const raw = new Feeder(dataset, 'raw', 1);
  const [images, labels] = [new Float32Array(2 * 64), new Int32Array(2)];
  raw.fill(Uint32Array.of(7, 150), images, labels);
  expect([...labels]).toEqual([7 % 4, 150 % 4]);
  expect([...images.subarray(0, 64)]).toEqual([...dataset.train.pixels.subarray(7 * 64, 8 * 64)]);
  expect([...images.subarray(64)]).toEqual([...dataset.train.pixels.subarray(150 * 64, 151 * 64)]);

  const standard = new Feeder(dataset, 'standard', 1);
  const all = new Float32Array(200 * 64);
  standard.fill(
    Uint32Array.from({ length: 200 }, (_, i) => i),
    all,
    new Int32Array(200),
  );
  const mean = all.reduce((a, b) => a + b, 0) / all.length;
  const variance = all.reduce((a, b) => a + (b - mean) ** 2, 0) / all.length;
  expect(mean).toBeCloseTo(0, 4);
  expect(variance).toBeCloseTo(1, 4);
});

/** A dataset whose shards come when `arrive` is called; before, their bytes are nonsense. */
function arriving(whole: Dataset): { dataset: Dataset; arrive: (shard: number) => void; asked: number[] } {
  const arrivals = new Arrivals(whole.shards);
  const area = 64;
  const pixels = new Uint8Array(whole.train.pixels.length).fill(137);
  const labels = new Uint8Array(whole.train.labels.length).fill(3);
  const asked: number[] = [];
  const ready = (count: number) => {
    asked.push(count);
    return arrivals.first(count);
  };
  const arrive = (shard: number) => {
    const start = whole.shards.slice(0, shard).reduce((a, b) => a + b, 0);
    const end = start + (whole.shards[shard] ?? 0);
    pixels.set(whole.train.pixels.subarray(start * area, end * area), start * area);
    labels.set(whole.train.labels.subarray(start, end), start);
    arrivals.arrived(shard);
  };
  return { dataset: { ...whole, train: { count: whole.train.count, pixels, labels }, ready }, arrive, asked };
}

describe('images that are still arriving', () => {
  test('are waited for, only as far as a batch needs them', async () => {
    const { dataset: late, arrive, asked } = arriving(dataset);
    const one = new Feeder(late, 'unit', 1);
    arrive(0);
    await one.ready(one.indices(0, 20, 0, 1));
    expect(asked.at(-1)).toBeLessThanOrEqual(50);
    let there = false;
    const waiting = one.ready(one.indices(2, 20, 0, 1)).then(() => {
      there = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(there).toBe(false);
    arrive(1);
    await waiting;
    expect(there).toBe(true);
  });

  test('make a run wait, say so, and give the same run', async () => {
    const experiment = tinyExperiment([train({ steps: 20, evaluateEvery: 8 })]);
    const reference = await finish(experiment, dataset);
    const { dataset: late, arrive } = arriving(dataset);
    arrive(0);
    for (const shard of [1, 2, 3]) setTimeout(() => arrive(shard), 30 * shard);
    const run = await finish(experiment, late, { control: { ...quiet(), maxSteps: 2 } });
    expect(run.losses).toEqual(reference.losses);
    expect(run.record?.digest).toBe(reference.record?.digest);
    const waits = run.events.flatMap((event) => (event.type === 'progress' ? [event.waiting] : []));
    expect(waits).toContain('reading images');
    expect(reference.events.some((event) => event.type === 'progress' && event.waiting === 'reading images')).toBe(false);
  });

  test('that never come end the run with the reason', async () => {
    const failing: Dataset = {
      ...dataset,
      ready: async (count) => (count > 50 ? Promise.reject(new Error('Shard 2 is gone.')) : undefined),
    };
    await expect(finish(tinyExperiment([train({ steps: 20 })]), failing)).rejects.toThrow('Shard 2 is gone.');
  });
});
