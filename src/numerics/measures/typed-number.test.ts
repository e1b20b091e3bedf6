import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readNumber } from './typed-number';

describe('a typed number', () => {
  test.each([
    ['2,000', 2000],
    ['12,345.5', 12_345.5],
    ['1,234,567', 1_234_567],
    ['0,01', 0.01],
    ['0,001', 0.001],
    ['0,5', 0.5],
    ['1,5', 1.5],
    [',5', 0.5],
    ['1.234,5', 1234.5],
    ['1.234.567', 1_234_567],
    ['12 345,5', 12_345.5],
    ['1\u202f000', 1000],
    ["2'000", 2000],
    ['1_000', 1000],
    ['12,3456', 12.3456],
    ['1,5e-3', 0.0015],
    ['1e-7', 1e-7],
    ['−0,5', -0.5],
    [' 42 ', 42],
    ['2.000', 2],
    ['.5', 0.5],
    ['5.', 5],
  ])('%s is %d', (text, value) => expect(readNumber(text)).toEqual({ value }));

  test.each(['', 'abc', '1e', '--1', '0x10', '1 5', '.', '-'])('%j is no number', (text) =>
    expect(readNumber(text)).toEqual({ problem: 'Enter a number.' }),
  );
  test.each(['1,2,3', '12,34,567', '1.2.3', '0,001,5', '1,5.2', ','])('%j is refused', (text) => {
    expect(readNumber(text)).toEqual({ problem: expect.any(String) });
  });
  test('1e999 is too large', () => expect(readNumber('1e999')).toEqual({ problem: 'This number is too large.' }));

  test('where a whole number is asked for, 2.000 is refused and 1,5 is no 15', () => {
    expect(readNumber('2.000', true)).toEqual({ problem: 'Write 2000 or 2: 2.000 could be either.' });
    expect(readNumber('2,000', true)).toEqual({ value: 2000 });
    expect(readNumber('1,5', true)).toEqual({ value: 1.5 });
  });

  test('English and German spellings of a number are the same number', () => {
    fc.assert(
      fc.property(fc.integer({ min: -99_999_999, max: 99_999_999 }), fc.integer({ min: 0, max: 9 }), (whole, tenth) => {
        const value = Number(`${whole}.${tenth}`);
        for (const language of ['en-US', 'de-DE', 'fr-FR', 'de-CH']) {
          const text = value.toLocaleString(language, { minimumFractionDigits: 1 });
          expect(readNumber(text)).toEqual({ value });
        }
      }),
    );
  });
});
