import { beforeAll, describe, expect, test } from 'vitest';
import { buildModel } from '../../experiment/methods/models/registry';
import { parametersOf, shapedLayers } from '../../experiment/operators/layers';
import { size } from '../../experiment/operators/operator';
import { fillNormal } from '../../numerics/random/rng';
import { notTraining } from '../device/step-context';
import { Network } from '../network/network';
import { tinyDataset } from '../testing/tiny-dataset';
import { model } from '../testing/tiny-run';
import { normal, on, openTestBackends } from '../testing/wasm-test-backend';
import { factorizeDense } from './factorize-dense';
import { constantOutputs, removeUnits, withoutWeights } from './remove-units';
import type { Model } from './rewrite';
import { unitGroups } from './unit-groups';

beforeAll(openTestBackends);

const { shape: input } = tinyDataset();

/** The model with random values everywhere, so that no bias and no entry of batch norm is 0 or 1. */
function random(id: string, values: Parameters<typeof model>[1]): Model {
  const layers = shapedLayers(buildModel(model(id, values), input, 4), input).map(({ layer }) => layer);
  return { input, layers, values: randomValues(layers) };
}

function randomValues(layers: Model['layers']): Model['values'] {
  const entries = parametersOf(layers, input).map(({ name, shape, role }, i) => {
    const array = new Float32Array(size(shape));
    fillNormal(array, 5, 1, i);
    return [name, role === 'variance' ? array.map((x) => 0.5 + x * x) : array] as const;
  });
  return Object.fromEntries(entries);
}

async function logits(layers: Model['layers'], values: Model['values']): Promise<Float32Array> {
  const network = new Network(layers, input, 1);
  network.write(values);
  const images = normal([6, size([input.height, input.width, input.channels])], 9);
  const [found] = await on('wasm', () => [network.forward(images, notTraining)]);
  images.dispose();
  network.dispose();
  return found as Float32Array;
}

/** The largest difference of logits, masked against removed, as a share of the largest logit. */
async function difference(whole: Model, kept: Record<string, Uint32Array>): Promise<number> {
  const { layers, values, elements = {} } = removeUnits(whole, kept);
  const left = { ...whole.values };
  for (const [name, places] of Object.entries(elements))
    left[name] = Float32Array.from(places, (i) => whole.values[name]?.[i] ?? Number.NaN);
  const after = await logits(
    shapedLayers(layers, input).map(({ layer }) => layer),
    { ...left, ...values },
  );
  const before = await logits(whole.layers, withoutWeights(whole, kept));
  const largest = Math.max(...before.map(Math.abs));
  return Math.max(...before.map((logit, i) => Math.abs(logit - (after[i] ?? Number.NaN)))) / largest;
}

const units = (...list: number[]) => Uint32Array.from(list);

describe('which units can be removed', () => {
  test('all but those of the output layer', () => {
    const groups = unitGroups(random('cnn', { channels: [3, 5], dense: [6], batchNorm: true, dropout: 0.1 }));
    expect(groups.map(({ layer, kind, units: n, next, padded }) => [layer, kind, n, next, padded])).toEqual([
      ['conv1', 'filters', 3, 'conv2', true],
      ['conv2', 'filters', 5, 'fc1', false],
      ['fc1', 'neurons', 6, 'fc2', false],
    ]);
    expect(unitGroups(random('mlp', { widths: [] }))).toEqual([]);
  });
});

describe('a network without units is the network with their weights masked', () => {
  test('dense layers, by hand: what a removed unit’s bias gave goes into the next bias', () => {
    const small = random('mlp', { widths: [2] });
    const values: Model['values'] = { ...small.values, 'fc1/bias': Float32Array.of(3, -1), 'fc2/bias': new Float32Array(4) };
    const { values: changed, elements, layers } = removeUnits({ ...small, values }, { fc1: units(1) });
    expect(changed['fc2/bias']).toEqual(values['fc2/kernel']?.slice(0, 4).map((w) => 3 * w));
    expect(elements?.['fc2/kernel']).toEqual(units(4, 5, 6, 7));
    expect(elements?.['fc1/bias']).toEqual(units(1));
    expect(layers.find((layer) => layer.type === 'dense')).toMatchObject({ name: 'fc1', units: 1 });
    // A unit that gives nothing leaves the biases alone.
    expect(removeUnits({ ...small, values }, { fc1: units(0) }).values).toEqual({});
  });

  test('the constant passes batch norm and activation: γ (b − μ) / √(σ² + ε) + β', () => {
    const between = [
      { type: 'batchNorm', name: 'bn', momentum: 0.9, epsilon: 0.25 },
      { type: 'activation', fn: 'relu' },
    ] as never;
    const values = {
      'fc/bias': Float32Array.of(5, 5),
      'bn/gamma': Float32Array.of(2, 2),
      'bn/mean': Float32Array.of(1, 1),
      'bn/variance': Float32Array.of(0.75, 0.75),
      'bn/beta': Float32Array.of(10, -10),
    };
    expect([...constantOutputs({ layer: 'fc', units: 2, between }, values)]).toEqual([18, 0]);
  });

  test.each(['relu', 'tanh', 'sigmoid'])('dense layers with batch norm and %s', async (activation) => {
    const whole = random('mlp', { widths: [7, 6], batchNorm: true, activation });
    expect(await difference(whole, { fc1: units(0, 3, 6), fc2: units(1, 2) })).toBeLessThan(1e-5);
  });

  test('filters before a dense layer: a channel is as many rows as the image has pixels', async () => {
    const whole = random('cnn', { channels: [5], dense: [6], batchNorm: true });
    expect(removeUnits(whole, { conv1: units(1, 4) }).elements?.['fc1/kernel']).toHaveLength(
      (2 * 16 * 6 * input.height * input.width) / 64,
    );
    expect(await difference(whole, { conv1: units(1, 4), fc1: units(0, 5) })).toBeLessThan(1e-5);
  });

  test('convolutions without padding, one after the other', async () => {
    const whole = random('cnn', { channels: [4, 5], dense: [], batchNorm: true, pool: 'none' });
    const valid = whole.layers.map((layer) => (layer.type === 'conv' ? { ...layer, padding: 'valid' as const } : layer));
    const model = { ...whole, layers: valid, values: randomValues(valid) };
    expect(await difference(model, { conv1: units(0, 2), conv2: units(1, 3, 4) })).toBeLessThan(1e-5);
  });

  test('with padding it differs where a removed channel gave a constant, and only then', async () => {
    const whole = random('cnn', { channels: [4, 5], dense: [6], batchNorm: true });
    const [beta = ''] = Object.keys(whole.values).filter((name) => name.endsWith('/beta'));
    const shifted = (by: number) => ({ ...whole, values: { ...whole.values, [beta]: new Float32Array(4).fill(by) } });
    expect(await difference(shifted(5), { conv1: units(0, 2) })).toBeGreaterThan(1e-3);
    expect(await difference(shifted(-100), { conv1: units(0, 2) })).toBeLessThan(1e-5);
  });

  test('low-rank layers on either side', async () => {
    const whole = random('mlp', { widths: [12, 10] });
    const { layers } = factorizeDense(whole, { structure: 'low-rank', settings: { rank: 3 }, from: 'init' });
    const shaped = shapedLayers(layers, input).map(({ layer }) => layer);
    expect(shaped.filter(({ type }) => type === 'lowRank').length).toBeGreaterThan(1);
    const low = { ...whole, layers: shaped, values: randomValues(shaped) };
    expect(await difference(low, { fc1: units(1, 5, 7), fc2: units(0, 9) })).toBeLessThan(1e-5);
  });
});
