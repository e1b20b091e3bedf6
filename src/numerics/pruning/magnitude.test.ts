import { expect, test } from 'vitest';
import { magnitudeScores } from './magnitude';
import { keepMask } from './mask';

test('the magnitude of a weight is its score; the weights stay as they are', () => {
  const weights = Float32Array.of(-2, 0, -0, 0.5, -0.25);
  expect([...magnitudeScores(weights)]).toEqual([2, 0, 0, 0.5, 0.25]);
  expect([...weights]).toEqual([-2, 0, -0, 0.5, -0.25]);
});

test('the weights nearest to 0 go, whatever their sign', () => {
  expect([...keepMask(magnitudeScores(Float32Array.of(-2, 0.1, -0.1, 1, -0.05)), undefined, 2)]).toEqual([1, 0, 1, 1, 0]);
});

test('a weight that is no number cannot be ranked', () => {
  expect(() => keepMask(magnitudeScores(Float32Array.of(1, Number.NaN)), undefined, 1)).toThrow('Score 1 is NaN; it cannot be ranked.');
});
