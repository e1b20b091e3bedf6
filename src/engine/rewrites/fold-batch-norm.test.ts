import { beforeAll, describe, expect, test } from 'vitest';
import { buildModel } from '../../experiment/methods/models/registry';
import { notTraining } from '../device/step-context';
import { Network } from '../network/network';
import { tinyDataset } from '../testing/tiny-dataset';
import { finish, model, quantize, tinyCnn, tinyExperiment, train } from '../testing/tiny-run';
import { normal, on, openTestBackends } from '../testing/wasm-test-backend';
import { foldable, foldBatchNorm, folded } from './fold-batch-norm';

beforeAll(openTestBackends);

describe('folding batch norm', () => {
  const place = { linear: 'fc1', part: 'kernel', norm: 'bn1', epsilon: 0.25 };

  test('by hand: γ / √(σ² + ε) times kernel and bias, the mean taken away', () => {
    const result = folded(place, {
      'fc1/kernel': Float32Array.of(1, 2, 3, 4),
      'fc1/bias': Float32Array.of(0.5, -1),
      'bn1/gamma': Float32Array.of(2, 3),
      'bn1/beta': Float32Array.of(10, 20),
      'bn1/mean': Float32Array.of(1, 1),
      'bn1/variance': Float32Array.of(0.75, 2),
    });
    // Factors 2 / 1 and 3 / 1.5.
    expect(result).toEqual({ 'fc1/kernel': Float32Array.of(2, 4, 6, 8), 'fc1/bias': Float32Array.of(9, 16) });
  });

  test('only a batch norm right after a linear can be merged', () => {
    const norm = { type: 'batchNorm', name: 'bn', momentum: 0.9, epsilon: 0.001 } as const;
    const linear = { type: 'dense', name: 'fc', units: 2, init: 'heNormal' } as const;
    expect(foldable([linear, norm])).toEqual([{ linear: 'fc', part: 'kernel', norm: 'bn', epsilon: 0.001 }]);
    expect(foldable([linear, { type: 'activation', fn: 'relu' }, norm])).toEqual([]);
  });

  test('leaves the function of the network as it is', async () => {
    const dataset = tinyDataset();
    const network = new Network(buildModel(tinyCnn, dataset.shape, dataset.classes.length), dataset.shape, 3);
    const values = await network.read();
    for (const [name, array] of Object.entries(values))
      if (!name.endsWith('kernel')) for (const i of array.keys()) array[i] = 1 + 0.5 * Math.sin(i + name.length);
    network.write(values);
    const images = normal([5, dataset.shape.height * dataset.shape.width], 1);
    const forward = async () => (await on('wasm', () => [network.forward(images, notTraining)]))[0]!;
    const before = await forward();
    const { layers, values: merged } = foldBatchNorm({ layers: network.layers, values: await network.read() });
    expect(network.layers.length - layers.length).toBe(2);
    network.rebuild(layers, merged);
    expect(Object.keys(await network.read()).filter((name) => name.includes('bn'))).toEqual([]);
    const after = await forward();
    for (const [i, logit] of before.entries()) expect(after[i]).toBeCloseTo(logit, 4);
    images.dispose();
    network.dispose();
  });
});

describe('a stage that folds', () => {
  const dataset = tinyDataset({ train: 100, test: 30 });
  const stages = [train({ steps: 6 }), { ...quantize(8), fold: true, biases: 'uniform', biasBits: 16 }, train({ steps: 4 })];

  test('stores no batch norm, trains on without it, and resumes to the same end', async () => {
    const experiment = tinyExperiment(stages, { model: tinyCnn });
    const whole = await finish(experiment, dataset);
    expect(whole.record?.ledger.parts.map(({ tensor }) => tensor).filter((name) => name.includes('bn'))).toEqual([]);
    expect(Math.abs((whole.record?.stages[1]?.testAccuracy ?? 0) - (whole.record?.stages[0]?.testAccuracy ?? 1))).toBeLessThan(0.2);
    for (const from of whole.checkpoints) {
      const resumed = await finish(experiment, dataset, { from: structuredClone(from) });
      expect(resumed.record?.digest, `stage ${from.stage}`).toBe(whole.record?.digest);
    }
  });

  test('does nothing to a model without batch norm', async () => {
    const plain = model('mlp', { widths: [5] });
    const [folding, not] = [true, false].map((fold) => tinyExperiment([{ ...quantize(4), fold }, train({ steps: 2 })], { model: plain }));
    expect((await finish(folding!, dataset)).record?.digest).toBe((await finish(not!, dataset)).record?.digest);
  });
});
