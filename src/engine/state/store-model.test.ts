import { beforeAll, describe, expect, test } from 'vitest';
import { architectureOf } from '../../experiment/methods/models/architecture';
import { decodeTensor, readModelFile } from '../../numerics/container/model-file';
import { EagerEvaluator } from '../evaluation/create-evaluator';
import { test as measure } from '../evaluation/evaluate';
import { Feeder } from '../images/feeder';
import { inspectLayers, weightTiles } from '../inspection/inspect-layers';
import { Network } from '../network/network';
import { steParametrization } from '../parametrizations/quantizers/ste';
import { parametrizationSetup } from '../testing/parametrization-setup';
import { tinyDataset } from '../testing/tiny-dataset';
import { finish, quantize, tinyCnn, tinyExperiment, train } from '../testing/tiny-run';
import { openTestBackends } from '../testing/wasm-test-backend';
import { codeUse, storeModel } from './store-model';

beforeAll(openTestBackends);

const dataset = tinyDataset();

describe('the file is what is measured', () => {
  for (const [name, stages] of [
    ['float', [train()]],
    ['quantized', [train(), quantize(3)]],
    ['trained through the quantizer', [quantize(4), train()]],
  ] as const)
    test(`${name}: as many bits as the ledger says, and read back it predicts as the report says`, async () => {
      const experiment = tinyExperiment(stages, { model: tinyCnn });
      const { models, record, events } = await finish(experiment, dataset);
      expect(models).toHaveLength(stages.length);
      const file = models.at(-1) ?? new Uint8Array();
      expect(record?.ledger.totalBits).toBe(file.length * 8);
      expect(record?.ledger.parts.reduce((sum, part) => sum + part.bits, 0)).toBe(file.length * 8);
      expect(record?.stages.at(-1)?.totalBits).toBe(file.length * 8);

      const { tensors, meta } = readModelFile(file);
      expect(meta).toMatchObject({ model: 'cnn', values: { channels: [3] }, classes: 4 });
      const kernels = tensors.filter(({ role }) => role === 'weight').flatMap((tensor) => [...decodeTensor(tensor)]);
      expect(record?.nonZeros).toBe(kernels.filter((value) => value !== 0).length);
      expect(record?.nonZeros).toBeGreaterThan(0);
      expect(record?.inferenceMs).toBeGreaterThan(0);

      // Another network, of another seed, built from the file alone: only the file can make it predict the same.
      const { layers, input } = architectureOf(meta);
      const network = new Network(layers, input, 999);
      const decoded = Object.fromEntries(tensors.map((tensor) => [tensor.name, decodeTensor(tensor)]));
      network.write(decoded);
      const { affine } = new Feeder(dataset, experiment.data.normalize, experiment.seed);
      const { report } = await measure(new EagerEvaluator(network, affine), dataset.test, 4, {});
      network.dispose();
      const told = events.flatMap((event) => (event.type === 'test' ? [event.report] : [])).at(-1);
      expect(report).toEqual(told);
      expect(report.accuracy).toBe(record?.testAccuracy);
    });

  test('dense bits: 32 for every number, whatever is quantized', async () => {
    const [float, quantized] = [
      await finish(tinyExperiment([train({ steps: 1 })]), dataset),
      await finish(tinyExperiment([train({ steps: 1 }), quantize(2)]), dataset),
    ];
    const numbers = 64 * 12 + 12 + 12 * 4 + 4;
    expect(float.record?.ledger).toMatchObject({ denseBits: 32 * numbers, weights: 64 * 12 + 12 * 4 });
    expect(quantized.record?.ledger.denseBits).toBe(32 * numbers);
    expect(quantized.record?.ledger.totalBits).toBeLessThan(float.record?.ledger.totalBits ?? 0);
    const codes = quantized.record?.ledger.parts.filter((part) => part.kind === 'codes');
    expect(codes?.map(({ tensor, bits }) => [tensor, bits])).toEqual([
      ['fc1/kernel', 2 * 64 * 12],
      ['fc2/kernel', 2 * 12 * 4],
    ]);
  });

  for (const bits of [2, 4, 8])
    test(`${bits}-bit codes stay within ± (2^(b − 1) − 1), and the summary counts them`, async () => {
      const { models, record } = await finish(tinyExperiment([train(), quantize(bits)]), dataset);
      const limit = 2 ** (bits - 1) - 1;
      const tensors = readModelFile(models.at(-1) ?? new Uint8Array()).tensors;
      const all = new Set<number>();
      for (const { name, role, encoding } of tensors) {
        expect(encoding.kind).toBe(role === 'weight' ? 'uniform' : 'float32');
        if (encoding.kind !== 'uniform') continue;
        const codes = new Set(encoding.codes);
        for (const code of codes) all.add(code);
        // The largest weight has the largest code.
        expect(Math.max(...[...codes].map(Math.abs))).toBe(limit);
        expect(record?.codes?.tensors[name]).toEqual({
          uniqueCodes: codes.size,
          codeMin: Math.min(...codes),
          codeMax: Math.max(...codes),
        });
      }
      expect(Object.keys(record?.codes?.tensors ?? {})).toEqual(['fc1/kernel', 'fc2/kernel']);
      expect(record?.codes).toMatchObject({ uniqueCodes: all.size, codeMin: Math.min(...all), codeMax: Math.max(...all) });
      expect(all.size).toBeGreaterThan(2);
    });

  test('without a quantizer there are no codes to count', async () => {
    const { record } = await finish(tinyExperiment([train({ steps: 1 })]), dataset);
    expect(record).not.toBeUndefined();
    expect(record?.codes).toBeUndefined();
  });
});

test('codes of several tensors are counted together, negative before positive', () => {
  const tensor = (name: string, codes: number[]) =>
    ({
      name,
      role: 'weight',
      shape: [codes.length],
      encoding: { kind: 'uniform', bits: 8, codes: Int32Array.from(codes), scales: Float32Array.of(1) },
    }) as const;
  expect(codeUse([tensor('a', [-100, 5, 5, -9]), tensor('b', [20, -9]), tensor('c', [0])])).toEqual({
    uniqueCodes: 5,
    codeMin: -100,
    codeMax: 20,
    tensors: {
      a: { uniqueCodes: 3, codeMin: -100, codeMax: 5 },
      b: { uniqueCodes: 2, codeMin: -9, codeMax: 20 },
      c: { uniqueCodes: 1, codeMin: 0, codeMax: 0 },
    },
  });
});

describe('looking at weights', () => {
  const experiment = tinyExperiment([]);
  const input = { height: 2, width: 3, channels: 1 };
  const layers = [
    { type: 'flatten' },
    { type: 'dense', name: 'fc1', units: 2, init: 'glorotNormal' },
    { type: 'dense', name: 'fc2', units: 1, init: 'glorotNormal' },
  ] as const;
  const values = {
    'fc1/kernel': Float32Array.of(0, 1, 2, 3, 4, 5, 6, -7, 0, 0, 0, 1),
    'fc1/bias': Float32Array.of(0, 0),
    'fc2/kernel': Float32Array.of(0, 0),
    'fc2/bias': Float32Array.of(0),
  };

  test('histograms are symmetric about 0; levels are values with their counts', async () => {
    const network = new Network(layers, input, 1);
    network.weights[0]?.parametrizations.push(steParametrization(parametrizationSetup({ bits: 3 })));
    const [first, second] = inspectLayers(network, values, await storeModel(experiment, network, values));
    network.dispose();
    expect(first).toMatchObject({ layer: 'fc1', shape: [6, 2], latent: { min: -7, max: 7 } });
    expect(first?.latent.counts.length).toBe(121);
    expect(first?.latent.counts.reduce((a, b) => a + b, 0)).toBe(12);
    // The middle one of 121 bins holds the four zeros.
    expect(first?.latent.counts[60]).toBe(4);
    expect(first?.latent.counts[0]).toBe(1);
    // Scale 7 / 3: 0 → 0; 1 → 0; 2, 3 → 1; 4, 5 → 2; 6 → 3 (2.57); −7 → −3; 1 → 0.
    const scale = Math.fround(7 / 3);
    expect(first?.stored).toMatchObject({ bits: 3, scale });
    expect([...(first?.stored?.values ?? [])]).toEqual([-3, 0, 1, 2, 3].map((code) => Math.fround(code * scale)));
    expect([...(first?.stored?.counts ?? [])]).toEqual([1, 6, 2, 2, 1]);
    // All zeros: a histogram all the same. Not quantized: no levels.
    expect(second).toMatchObject({ latent: { min: -1, max: 1 }, stored: null });
    expect(second?.latent.counts[60]).toBe(2);
  });

  test('one tile for each unit: its weights in the order of the pixels', () => {
    const network = new Network(layers, input, 1);
    const tiles = weightTiles(network, values);
    network.dispose();
    expect(tiles).toMatchObject({ layer: 'fc1', width: 3, height: 2, channels: 1, count: 2 });
    expect([...(tiles?.values ?? [])]).toEqual([0, 2, 4, 6, 0, 0, 1, 3, 5, -7, 0, 1]);
  });

  test('at most 64 tiles; none where a filter is not a grey or colour picture', () => {
    const wide = new Network([{ type: 'flatten' }, { type: 'dense', name: 'fc', units: 70, init: 'glorotNormal' }], input, 1);
    expect(weightTiles(wide, { 'fc/kernel': new Float32Array(6 * 70) })?.count).toBe(64);
    wide.dispose();
    const two = new Network(
      [{ type: 'flatten' }, { type: 'dense', name: 'fc', units: 1, init: 'glorotNormal' }],
      { ...input, channels: 2 },
      1,
    );
    expect(weightTiles(two, { 'fc/kernel': new Float32Array(12) })).toBeNull();
    two.dispose();
  });
});
