import { expect, test } from 'vitest';
import { layerRates } from './layer-rates';
import { keepMasks, keptCount } from './mask';

const lenet300 = [
  { layer: 'fc1', shape: [784, 300] },
  { layer: 'fc2', shape: [300, 100] },
  { layer: 'fc3', shape: [100, 10] },
];
const conv2 = [
  { layer: 'conv1', shape: [3, 3, 3, 64] },
  { layer: 'fc1', shape: [4096, 256] },
  { layer: 'out', shape: [256, 10] },
];

test('the output layer and convolutions lose their part of the amount', () => {
  expect(layerRates(lenet300, { conv: 100, output: 50 })).toEqual([1, 1, 0.5]);
  expect(layerRates(conv2, { conv: 50, output: 50 })).toEqual([0.5, 1, 0.5]);
});

test('LeNet-300-100 after k rounds of 20 %, output at half: the remaining weights of the paper', () => {
  const scores = lenet300.map(({ shape }, t) => Float32Array.from({ length: shape[0]! * shape[1]! }, (_, i) => (i * 7919 + t) % 100_003));
  const rates = layerRates(lenet300, { conv: 100, output: 50 });
  let kept: (Uint8Array | undefined)[] = [undefined, undefined, undefined];
  const remaining: number[] = [];
  for (let round = 0; round < 7; round++) {
    kept = keepMasks(scores, kept, { amount: 20, scope: 'layer', share: 'left', rates });
    const left = kept.reduce((sum, mask, t) => sum + keptCount(mask, scores[t]!.length), 0);
    remaining.push(Math.round((10_000 * left) / 266_200) / 100);
  }
  expect(remaining).toEqual([80.04, 64.06, 51.28, 41.05, 32.87, 26.33, 21.1].map((v) => expect.closeTo(v, 1)));
});
