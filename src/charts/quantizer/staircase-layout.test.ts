import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  anatomySummary,
  errorPath,
  isMonotone,
  levelTicks,
  nearestPair,
  pairReadout,
  type Staircase,
  staircaseDomain,
  tableRows,
  treadPath,
  treads,
} from './staircase-layout';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const identity = (value: number) => value;

/** Five weights through codes −1, 0, 1 at scale 1. */
const staircase: Staircase = {
  latent: [-1.25, -0.25, 0.1, 0.75, 1.5],
  stored: [-1, 0, 0, 1, 1],
  gradient: [0, 1, 1, 1, 0],
  weights: 200,
  levels: [-1, 0, 1],
  levelCount: 3,
  clip: [-1, 1],
  clipped: 40,
  error: 0.09,
};

describe('the staircase', () => {
  test('has its borders in the middle of two levels, where the weights allow it', () => {
    expect(treads(staircase)).toEqual([
      { to: -0.5, value: -1 },
      { to: 0.5, value: 0 },
      { to: Number.POSITIVE_INFINITY, value: 1 },
    ]);
  });

  test('has them between the two weights where rounding is another one', () => {
    // Rounding down: 0.9 is stored as 0 and 1.1 as 1.
    expect(treads({ latent: [0.9, 1.1], stored: [0, 1], levels: [0, 1] })[0]).toEqual({ to: 1, value: 0 });
  });

  test('shows levels that no weight of the sample has', () => {
    expect(treads({ latent: [-1, 1], stored: [-1, 1], levels: [-1, 0, 1] }).map(({ to, value }) => [to, value])).toEqual([
      [-0.5, -1],
      [0.5, 0],
      [Number.POSITIVE_INFINITY, 1],
    ]);
  });

  test('is a function: borders ascend, whatever the quantizer', () => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(pairs, (list) => {
        const latent = list.map(([w]) => w).sort((a, b) => a - b);
        let level = 0;
        const stored = list.map(([, up]) => (level += up));
        const levels = [...new Set(stored)];
        const borders = treads({ latent, stored, levels }).map(({ to }) => to);
        expect(borders).toEqual([...borders].sort((a, b) => a - b));
      }),
    );
  });

  test('is drawn from end to end, and its error closed along the diagonal', () => {
    const steps = treads(staircase);
    expect(treadPath(steps, [-2, 2], identity, identity)).toBe('M-2 -1H-0.5V0H0.5V1H2');
    expect(errorPath(steps, [-2, 2], identity, identity)).toBe('M-2 -1H-0.5V0H0.5V1H2L2 2L-2 -2Z');
    expect(errorPath([], [-2, 2], identity, identity)).toBe('');
  });

  test('is none for stochastic rounding', () => {
    expect(isMonotone([0, 1, 0])).toBe(false);
    expect(isMonotone([-1, 0, 0, 2])).toBe(true);
  });
});

test('the domain holds weights and levels, and is never empty', () => {
  const [low, high] = staircaseDomain(staircase);
  expect(low).toBeLessThan(-1.25);
  expect(high).toBeGreaterThan(1.5);
  expect(staircaseDomain({ latent: [0, 0], stored: [0, 0], levels: [0] })).toEqual([-1, 1]);
});

test('levels are marked if they are far enough apart', () => {
  expect(levelTicks([0, 1, 2], (v) => 10 * v, 8)).toEqual([0, 1, 2]);
  expect(levelTicks([0, 1, 1.5], (v) => 10 * v, 8)).toEqual([]);
});

describe('in words', () => {
  test('levels, clipping and error', () => {
    expect(plain(anatomySummary(staircase, 1))).toBe(
      '3 levels in use, 1.00 apart. 20.0 % of the weights lie beyond the outermost levels and are clipped. Root mean square error 0.300.',
    );
    expect(anatomySummary({ ...staircase, clipped: 0 }, 1)).toContain('No weight is clipped.');
    expect(anatomySummary({ ...staircase, clip: null, levels: [-1, 0, 0.5] }, null)).toBe(
      '3 levels in use, unevenly spaced. Root mean square error 0.300.',
    );
    expect(anatomySummary({ ...staircase, levels: [], levelCount: Number.NaN, clip: null }, null)).toContain('More than 65,536 levels.');
  });

  test('a pair', () => {
    expect(pairReadout(staircase, 0)).toBe('latent w −1.25 · stored ŵ −1.00 · error +0.25');
  });
});

test('the nearest weight is found', () => {
  const sorted = fc.array(fc.integer({ min: -99, max: 99 }), { minLength: 1, maxLength: 40 }).map((list) => list.sort((a, b) => a - b));
  fc.assert(
    fc.property(sorted, fc.integer({ min: -120, max: 120 }), (latent, at) => {
      const distance = Math.abs(latent[nearestPair(latent, at)]! - at);
      expect(distance).toBe(Math.min(...latent.map((w) => Math.abs(w - at))));
    }),
  );
});

test('a table has the first and the last row, and no more than its limit', () => {
  const items = Array.from({ length: 803 }, (_, i) => i);
  const rows = tableRows(items, 60);
  expect([rows.length, rows[0], rows.at(-1)]).toEqual([60, 0, 802]);
  expect(tableRows([1, 2], 60)).toEqual([1, 2]);
});
