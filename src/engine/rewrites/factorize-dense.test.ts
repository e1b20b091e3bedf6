import { beforeAll, describe, expect, test } from 'vitest';
import { buildModel } from '../../experiment/methods/models/registry';
import { shapedLayers } from '../../experiment/operators/layers';
import { svd } from '../../numerics/linear-algebra/svd';
import { fillNormal } from '../../numerics/random/rng';
import { lowRankMatrix } from '../../numerics/structures/low-rank';
import { notTraining } from '../device/step-context';
import { Network } from '../network/network';
import { tinyDataset } from '../testing/tiny-dataset';
import { model, tinyCnn } from '../testing/tiny-run';
import { normal, on, openTestBackends } from '../testing/wasm-test-backend';
import { factorizable, factorizeDense } from './factorize-dense';

beforeAll(openTestBackends);

const { shape: input } = tinyDataset();
const small = model('mlp', { widths: [12] });
const layersOf = (of: typeof small) => shapedLayers(buildModel(of, input, 4), input).map(({ layer }) => layer);
const rank = (r: number, from: 'project' | 'init' = 'project') => ({ structure: 'low-rank', settings: { rank: r }, from });

function random(count: number, stream: number): Float32Array {
  const values = new Float32Array(count);
  fillNormal(values, 3, 1, stream);
  return values;
}

describe('factorizing dense layers', () => {
  test('keeps the function of a network whose matrices have that rank', async () => {
    const network = new Network(layersOf(small), input, 1);
    const values = {
      'fc1/kernel': lowRankMatrix(random(128, 1), random(24, 2), 64, 2, 12),
      'fc1/bias': random(12, 3),
      'fc2/kernel': lowRankMatrix(random(24, 4), random(8, 5), 12, 2, 4),
      'fc2/bias': random(4, 6),
    };
    network.write(values);
    const images = normal([5, 64], 1);
    const logits = async () => (await on('wasm', () => [network.forward(images, notTraining)]))[0]!;
    const before = await logits();
    const rewritten = factorizeDense({ layers: network.layers, input, values }, rank(2));
    network.rebuild(rewritten.layers, rewritten.values);
    expect(network.layers.filter(({ type }) => type === 'lowRank')).toHaveLength(2);
    const largest = Math.max(...before.map(Math.abs));
    for (const [i, logit] of (await logits()).entries()) expect(Math.abs(logit - before[i]!)).toBeLessThan(1e-5 * largest);
    // Biases are the same arrays, untouched.
    expect((await network.read())['fc1/bias']).toEqual(values['fc1/bias']);
    images.dispose();
    network.dispose();
  });

  test('of other matrices, the factors are as near as a product of that rank can be', () => {
    const kernel = random(768, 7);
    const { values } = factorizeDense({ layers: layersOf(small), input, values: { 'fc1/kernel': kernel } }, rank(3));
    const product = lowRankMatrix(values['fc1/left']!, values['fc1/right']!, 64, 3, 12);
    const error = kernel.reduce((sum, w, i) => sum + (w - product[i]!) ** 2, 0);
    const { s } = svd(kernel, 64, 12);
    const least = s.slice(3).reduce((sum, value) => sum + value * value, 0);
    expect(error / least).toBeCloseTo(1, 5);
  });

  test('leaves layers that would not get smaller, convolutions and random streams alone', () => {
    const layers = layersOf(tinyCnn);
    expect(factorizable({ layers, input }, rank(2)).map(({ layer }) => layer.name)).toEqual(['fc1', 'fc2']);
    expect(factorizable({ layers, input }, rank(3)).map(({ layer }) => layer.name)).toEqual(['fc1']);
    const rewritten = factorizeDense({ layers, input, values: {} }, rank(3)).layers;
    expect(rewritten.map(({ key }) => key)).toEqual(layers.map(({ key }) => key));
    expect(rewritten.filter((layer, i) => layer.type !== layers[i]?.type).map(({ type }) => type)).toEqual(['lowRank']);
  });

  test('a fresh start gives products of the variance of dense weights', async () => {
    const wide = layersOf(model('mlp', { widths: [200] }));
    const { layers, values } = factorizeDense({ layers: wide, input, values: { 'fc1/kernel': random(12_800, 8) } }, rank(20, 'init'));
    expect(values).toEqual({});
    const network = new Network(layers, input, 1);
    const held = await network.read();
    const factor = (part: string) => held[`fc1/${part}`]!;
    const product = lowRankMatrix(factor('left'), factor('right'), 64, 20, 200);
    const variance = product.reduce((sum, value) => sum + value * value, 0) / product.length;
    expect(variance / (2 / 264)).toBeGreaterThan(0.8);
    expect(variance / (2 / 264)).toBeLessThan(1.2);
    network.dispose();
  });
});
