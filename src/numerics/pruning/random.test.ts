import { expect, test } from 'vitest';
import { fillUniform, Purpose } from '../random/rng';
import { keepMasks } from './mask';
import { randomScores } from './random';

test('the scores are the stream of the seed: each draw, step and tensor has its own', () => {
  const own = new Float32Array(5);
  fillUniform(own, 42, Purpose.scores, 2 * 4096 + 1);
  expect(randomScores([3, 5], 42, 1, 2)[1]).toEqual(own);
  const all = [randomScores([5], 42, 1, 2), randomScores([5], 42, 2, 2), randomScores([5], 42, 1, 3), randomScores([5], 43, 1, 2), [own]];
  expect(new Set(all.map(([scores]) => [...(scores ?? [])].join())).size).toBe(5);
});

test('each part of a tensor loses about the same: 1,000 of 2,000, ± 5 standard deviations of 16', () => {
  const [mask = new Uint8Array()] = keepMasks(randomScores([4000], 1, 1, 0), [undefined], { amount: 50, scope: 'layer', share: 'left' });
  const kept = mask.subarray(0, 2000).reduce((sum, value) => sum + value, 0);
  expect(Math.abs(kept - 1000)).toBeLessThan(80);
});
