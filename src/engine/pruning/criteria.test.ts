/** The engine's criteria against their twins, and in whole runs. */
import { beforeAll, describe, expect, test } from 'vitest';
import { pruningCriteria } from '../../experiment/methods/pruning/registry';
import type { LayerSpec } from '../../experiment/operators/layers';
import { denseCurvature, obdScores } from '../../numerics/pruning/obd';
import { randomScores } from '../../numerics/pruning/random';
import { initialValues } from '../network/initialize';
import { scoringData as dataset, expectClose, imagesOf, layersOf, scored } from '../testing/scored';
import { tinyDataset } from '../testing/tiny-dataset';
import { everyStep, finish, model, stage, tinyCnn, tinyExperiment, tinyMlp, train } from '../testing/tiny-run';
import { openTestBackends } from '../testing/wasm-test-backend';

beforeAll(openTestBackends);

test('random: the twin, with the seed of the network and the step of the program', async () => {
  const { network, values, score } = await scored(layersOf(tinyMlp));
  const sizes = values.map(({ length }) => length);
  expect(await score({ criterion: 'random', draw: 2 })).toEqual(randomScores(sizes, 7, 2, 3));
  network.dispose();
});

test('OBD: the twin, over two batches of images of different sizes', async () => {
  const { network, feeder, values, score } = await scored(layersOf(tinyMlp));
  const { images } = imagesOf(feeder);
  const layers = values.map((weights) => ({ weights, biases: new Float32Array(weights === values[0] ? 12 : 4) }));
  const expected = denseCurvature(layers, images, 64).map((h, i) => obdScores(values[i] as Float32Array, h));
  const found = await score({ criterion: 'obd' });
  for (const [i, own] of expected.entries()) expectClose(found[i], own);
  network.dispose();
});

test('OBD of a convolution: the sum over the places where a dense layer has its own copy of the weight', async () => {
  const init = 'heNormal' as const;
  const [side, filters, kernel] = [8, 2, 7];
  const layers: LayerSpec[] = [
    { type: 'conv', name: 'conv1', filters, kernel, padding: 'valid', init },
    { type: 'activation', fn: 'relu' },
    { type: 'flatten' },
    { type: 'dense', name: 'fc1', units: 4, init },
  ];
  const { network, feeder, values, score } = await scored(layers);
  const [conv, dense] = values as [Float32Array, Float32Array];
  const places = side - kernel + 1;
  const units = places * places * filters;
  const unrolled = new Float32Array(side * side * units);
  /** Where the copy of conv[r, c, filter] at place (y, x) is in the dense matrix. */
  const copies = (r: number, c: number, f: number) =>
    Array.from({ length: places * places }, (_, p) => ((Math.floor(p / places) + r) * side + (p % places) + c) * units + p * filters + f);
  const each = (visit: (at: number, places: readonly number[]) => void) => {
    for (let r = 0; r < kernel; r++)
      for (let c = 0; c < kernel; c++) for (let f = 0; f < filters; f++) visit((r * kernel + c) * filters + f, copies(r, c, f));
  };
  each((at, own) => {
    for (const place of own) unrolled[place] = conv[at] as number;
  });
  const twin = [
    { weights: unrolled, biases: new Float32Array(units) },
    { weights: dense, biases: new Float32Array(4) },
  ];
  const [first = new Float32Array(), second = new Float32Array()] = denseCurvature(twin, imagesOf(feeder).images, side * side);
  const shared = new Float32Array(conv.length);
  each((at, own) => {
    shared[at] = own.reduce((sum, place) => sum + (first[place] as number), 0);
  });
  const found = await score({ criterion: 'obd' });
  expectClose(found[0], obdScores(conv, shared));
  expectClose(found[1], obdScores(dense, second));
  network.dispose();
});

test('OBD says which layers it does not cover', async () => {
  const { network, score } = await scored(layersOf(model('resnet', { groups: [2, 3] })));
  await expect(score({ criterion: 'obd' })).rejects.toThrow(/^OBD does not cover layers of the type \w+: it covers dense/);
  network.dispose();
});

describe('Taylor and SNIP', () => {
  /** Mean cross-entropy of a network with one layer, whose biases are 0. */
  const lossOf = (weights: Float64Array, { images, labels }: ReturnType<typeof imagesOf>) => {
    let sum = 0;
    labels.forEach((label, n) => {
      const y = [0, 1, 2, 3].map((o) => {
        let value = 0;
        for (let i = 0; i < 64; i++) value += images[n * 64 + i]! * weights[i * 4 + o]!;
        return value;
      });
      sum += Math.log(y.reduce((total, value) => total + Math.exp(value), 0)) - y[label]!;
    });
    return sum / labels.length;
  };

  test('|w g| of the mean loss, by differences', async () => {
    const { network, feeder, values, score } = await scored([
      { type: 'flatten' },
      { type: 'dense', name: 'fc1', units: 4, init: 'heNormal' as const },
    ]);
    const [weights] = values as [Float32Array];
    const batch = imagesOf(feeder);
    const at = Float64Array.from(weights);
    const expected = weights.map((weight, i) => {
      const moved = (by: number) =>
        lossOf(
          at.map((value, k) => (k === i ? value + by : value)),
          batch,
        );
      return Math.abs(weight * ((moved(1e-4) - moved(-1e-4)) / 2e-4));
    });
    expectClose((await score({ criterion: 'taylor' }))[0], expected);
    const sum = expected.reduce((total, value) => total + value, 0);
    const others = weights.map((value) => value + 1);
    // SNIP looks at the initial weights, whatever they are now.
    expectClose(
      (await score({ criterion: 'snip' }, [others]))[0],
      expected.map((value) => value / sum),
    );
    network.dispose();
  });

  test('SNIP reads the initial values of biases too', async () => {
    const { network, score } = await scored(layersOf(tinyMlp));
    const before = await score({ criterion: 'snip' });
    network.write({ 'fc2/bias': Float32Array.of(3, 0, -3, 1), 'fc1/kernel': initialValues(network.parameter('fc1/kernel').spec, 0, 99) });
    expect(await score({ criterion: 'snip' })).toEqual(before);
    expect(await score({ criterion: 'taylor' })).not.toEqual(before);
    network.dispose();
  });
});

describe('in a run', () => {
  for (const { id } of pruningCriteria)
    for (const block of [tinyMlp, tinyCnn])
      test(`${id} prunes twice a ${block.id}, leaves exact counts and resumes`, async () => {
        const prune = stage('prune', { criterion: id, amount: 50 });
        const experiment = tinyExperiment([prune, train({ steps: 3 }), prune, train({ steps: 2 })], { model: block });
        const whole = await finish(experiment, dataset, { control: everyStep() });
        expect(whole.record).toBeDefined();
        const from = whole.checkpoints.find((checkpoint) => checkpoint.stage === 1 && checkpoint.step === 2);
        expect(from).toBeDefined();
        if (from) expect((await finish(experiment, dataset, { from: structuredClone(from) })).record?.digest).toBe(whole.record?.digest);
      });
});

test('a criterion that does not cover a layer fails with a sentence, and the run stops', async () => {
  const residual = model('resnet', { groups: [2] });
  const experiment = tinyExperiment([train({ steps: 1 }), stage('prune', { criterion: 'obd' })], { model: residual });
  const { events, record } = await finish(experiment, tinyDataset({ train: 60, test: 30 }));
  expect(record).toBeUndefined();
  expect(events.find(({ type }) => type === 'failed')).toMatchObject({ message: expect.stringContaining('OBD does not cover') });
});
