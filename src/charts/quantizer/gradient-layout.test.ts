import { describe, expect, test } from 'vitest';
import { deadStretches, gradientDomain, gradientPath, gradientReadout, gradientSummary, jumps } from './gradient-layout';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const pairs = (gradient: readonly number[]) => ({
  latent: gradient.map((_, i) => i),
  stored: gradient.map(() => 0),
  gradient,
});
const identity = (value: number) => value;

test('the axis always has 0 and 1, and leaves a lone peak out', () => {
  const flat = gradientDomain(new Float32Array(100).fill(1));
  expect(flat[0]).toBeCloseTo(0);
  expect(flat[1]).toBeCloseTo(1.15);
  expect(gradientDomain([0, 2, 4])[1]).toBeCloseTo(4.6);
  const lone = Array.from({ length: 200 }, (_, i) => (i === 7 ? 90 : 1.5));
  expect(gradientDomain(lone)[1]).toBeLessThan(2);
});

test('stretches without a gradient reach half of the way to their neighbours; a single weight is none', () => {
  expect(deadStretches(pairs([0, 0, 1, 0, 1, 0, 0, 0]))).toEqual([
    [0, 1.5],
    [4.5, 7],
  ]);
  expect(deadStretches(pairs([1, 1]))).toEqual([]);
});

test('few values are drawn in steps, many as a line', () => {
  expect(gradientPath(pairs([0, 0, 1, 1, 0]), identity, identity)).toBe('M0.0 0.0H1.5V1.0H3.5V0.0H4.0');
  expect(gradientPath(pairs([0, 1, 2, 3, 4]), identity, identity)).toBe('M0.0 0.0L1.0 1.0L2.0 2.0L3.0 3.0L4.0 4.0');
});

test('the true gradient fails at every border but the end', () => {
  expect(
    jumps([
      { to: 1, value: 0 },
      { to: 2, value: 1 },
      { to: Number.POSITIVE_INFINITY, value: 2 },
    ]),
  ).toEqual([1, 2]);
});

describe('in words', () => {
  test('a straight-through gradient', () => {
    expect(plain(gradientSummary([1, 1], 10, 0))).toBe(
      'The true gradient is 0 wherever it exists. The surrogate is 1.00; every weight receives a gradient.',
    );
  });

  test('a clipped one, and one that varies', () => {
    expect(plain(gradientSummary([0, 1, 1], 1000, 125))).toContain(
      'is 1.00 where it is not 0; 12.5 % of the layer’s weights receive no gradient',
    );
    expect(plain(gradientSummary([0.1, 2], 10, 0))).toContain('lies between 0.10 and 2.0; every weight receives a gradient.');
  });

  test('none at all', () => {
    expect(gradientSummary([0, 0], 10, 10)).toContain('the loss moves no weight');
  });

  test('a weight', () => {
    expect(gradientReadout(pairs([0.5]), 0)).toBe('latent w 0 · surrogate 0.500 · true gradient 0');
  });
});
