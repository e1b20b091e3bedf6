import { expect, test } from 'vitest';
import { clipGradient, clippedCodes, narrowRange, stepOf, unsignedRange } from './clipped-codes';
import { scaleGrid } from './scale-grid';

const grid = scaleGrid([6], 'tensor');

test('weights, 3 bits: thirds of [−1, 1]; activations, 2 bits: thirds of [0, 1]', () => {
  const w = Float32Array.of(-2, -1, -0.5, 0.1, 0.2, 0.9);
  const { highest } = narrowRange(3);
  expect([...clippedCodes(w, Float32Array.of(stepOf(1, highest)), grid, narrowRange(3))]).toEqual([-3, -3, -2, 0, 1, 3]);
  expect([...clippedCodes(w, Float32Array.of(stepOf(1, 3)), grid, unsignedRange(2))]).toEqual([0, 0, 0, 0, 1, 3]);
});

test('2 bits in the paper’s range leave three values, and small weights vanish', () => {
  expect([...clippedCodes(Float32Array.of(-0.6, -0.4, 0, 0.05, 0.5, 0.7), Float32Array.of(1), grid, narrowRange(2))]).toEqual([
    -1, 0, 0, 0, 0, 1,
  ]);
});

test('the gradient is the one of clipping, by differences', () => {
  const x = Float32Array.of(-2, -0.7, -0.1, 0.1, 0.7, 2);
  const dy = Float32Array.of(1, 2, 3, 4, 5, 6);
  for (const from of [-1, 0] as const)
    for (const range of [1, 0.5]) {
      const clipped = (v: number) => Math.max(from * range, Math.min(range, v));
      const expected = [...x].map((v, i) => (dy[i]! * (clipped(v + 1e-3) - clipped(v - 1e-3))) / 2e-3);
      for (const [i, found] of clipGradient(x, range, from, dy).entries()) expect(found).toBeCloseTo(expected[i]!, 6);
    }
  expect([...clipGradient(Float32Array.of(-1, 0, 1), 1, 0, Float32Array.of(1, 1, 1))]).toEqual([0, 1, 1]);
});
