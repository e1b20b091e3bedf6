import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillUniform, Purpose } from '../random/rng';
import { isChosen, weightNoise } from './annealed';

test('by hand: half of the weights, scale 4', () => {
  expect([0, 0.25, 0.375, 0.5, 0.9].map((draw) => weightNoise(draw, 0.5, 4))).toEqual([-2, 0, 1, 0, 0]);
});

test.each([1, 0.5, 0.1])('share %d: mean 0, variance share × scale² / 12, and that share is disturbed', (share) => {
  const draws = new Float32Array(200_000);
  fillUniform(draws, 2, Purpose.noise, 0);
  const scale = 0.3;
  const errors = draws.map((draw) => weightNoise(draw, share, scale));
  const mean = errors.reduce((a, b) => a + b, 0) / errors.length;
  const square = errors.reduce((a, b) => a + b * b, 0) / errors.length;
  const variance = (share * scale ** 2) / 12;
  // Four standard errors.
  expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(variance / draws.length));
  expect(Math.abs(square / variance - 1)).toBeLessThan(4 * Math.sqrt((1.8 / share - 1) / draws.length));
  const chosen = draws.reduce((count, draw) => count + Number(isChosen(draw, share)), 0) / draws.length;
  expect(Math.abs(chosen - share)).toBeLessThan(0.005);
});

test('never more than half a scale; nothing without a share or a scale', () => {
  const draw = fc.integer({ min: 0, max: 2 ** 24 - 1 }).map((n) => n / 2 ** 24);
  fc.assert(
    fc.property(
      draw,
      fc.integer({ min: 5, max: 100 }).map((n) => n / 100),
      (u, share) => {
        expect(Math.abs(weightNoise(u, share, 2))).toBeLessThanOrEqual(1);
        expect(Math.abs(weightNoise(u, share, 0))).toBe(0);
        expect(weightNoise(u, 0, 2)).toBe(0);
      },
    ),
  );
});
