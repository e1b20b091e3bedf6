import { expect, test } from 'vitest';
import { type Descent, descend } from '../../numerics/training/low-precision-descent';
import { manyEnds, rateRows, stagnation, stepText } from './descent-story';

const settings: Descent = { x0: 1, rate: 0.05, format: 'e5m2', rounding: 'nearest-even', rounded: 'all', steps: 200 };
const story = (change: Partial<Descent>) => stagnation({ ...settings, ...change }, descend({ ...settings, ...change }));

test('why it stops', () => {
  expect(story({})).toBe(
    'Rounded to nearest, x stops at 512 after 7 steps: the next number above is 128 away, and the step of 48 is less than half of it, 64.',
  );
  expect(story({ rate: 0.25 })).toBe('Rounded to nearest, x arrives at 1024 after 4 steps.');
  expect(story({ steps: 3 })).toBe('Rounded to nearest, x still moves after 3 steps, at x = 256.');
  expect(story({ rate: 100 })).toContain('leaves the range');
  expect(story({ rate: 0.05, x0: 0.1, format: 'e2m1' })).toContain('Rounded to nearest');
});

test('many stochastic runs, and a table of rates', () => {
  expect(manyEnds(settings)).toEqual({ mean: 1024, arrived: 1 });
  expect(rateRows(settings, [0.1])).toEqual([{ rate: 0.1, end: '768 after 6', arrived: '100\u00a0%' }]);
});

test('a step in words', () => {
  expect(stepText(descend(settings)[0], 0)).toBe('Step 1: x 1, gradient −2048, times the rate −96, next x 96.');
});
