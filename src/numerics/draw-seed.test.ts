import { expect, test } from 'vitest';
import { drawSeed } from './draw-seed';

test('the first draw has the seed itself, the others have seeds of 32 bits of their own', () => {
  expect(drawSeed(42, 1)).toBe(42);
  expect(drawSeed(0, 2)).toBe(0x9e3779b9);
  const seeds = Array.from({ length: 1000 }, (_, i) => drawSeed(2 ** 32 - 1, i + 1));
  expect(new Set(seeds).size).toBe(1000);
  for (const seed of seeds) expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32).toBe(true);
});
