import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readNumber } from '../numerics/measures/typed-number';
import { nudged, numberText, rangeProblem } from './number-text';

describe('numbers in fields', () => {
  test.each([
    [0, '0'],
    [2000, '2000'],
    [20_000, '20,000'],
    [0.0012, '0.0012'],
    [1e-7, '1e-7'],
    [-0.5, '-0.5'],
    [0.1 + 0.2, '0.3'],
  ])('%d is written %s', (value, text) => expect(numberText(value)).toBe(text));

  test('what is written is read back', () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer(), fc.double({ min: -1e9, max: 1e9, noNaN: true })), (value) => {
        const back = readNumber(numberText(value), Number.isInteger(value));
        expect(back).toHaveProperty('value');
        expect(Math.abs(('value' in back ? back.value : 0) - value)).toBeLessThanOrEqual(Math.abs(value) * 1e-11);
      }),
    );
  });

  test('a range explains itself', () => {
    expect(rangeProblem(9, { min: 2, max: 8, step: 1 })).toBe('Between 2 and 8.');
    expect(rangeProblem(2.5, { min: 2, max: 8, step: 1, integer: true })).toBe('Enter a whole number.');
    expect(rangeProblem(8, { min: 2, max: 8, step: 1, integer: true })).toBe('');
  });
});

describe('nudged', () => {
  const log = { min: 1e-7, max: 10, step: 1, scale: 'log' } as const;
  test.each([
    [0.001, 1, 0.002],
    [0.002, 1, 0.005],
    [0.005, 1, 0.01],
    [0.0012, 1, 0.002],
    [0.0012, -1, 0.001],
    [0.001, -1, 0.0005],
    [10, 1, 10],
    [1e-7, -1, 1e-7],
  ] as const)('%d by %d is %d on a logarithmic scale', (from, by, to) => expect(nudged(from, by, log)).toBe(to));

  test('linear steps stay on short decimals and in range', () => {
    expect(nudged(0.2, 1, { min: 0, max: 1, step: 0.1 })).toBe(0.3);
    expect(nudged(1, 1, { min: 0, max: 1, step: 0.1 })).toBe(1);
    expect(nudged(64, -1, { min: 1, max: 1024, step: 1, integer: true })).toBe(63);
  });
});
