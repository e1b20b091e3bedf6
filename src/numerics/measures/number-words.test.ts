import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bits, bitsShort, bytesShort, circled, count, duration, fixed, percent, plural, significant, times } from './number-words';

/** Plain spaces are easier to read in expectations. */
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('format', () => {
  test('whole numbers have separators and a true minus', () => {
    expect(count(824910)).toBe('824,910');
    expect(count(-1234)).toBe('−1,234');
    expect(count(Number.NaN)).toBe('–');
  });

  test('fixed never shows a negative zero', () => {
    expect(fixed(-0.004, 2)).toBe('0.00');
    expect(fixed(-0.006, 2)).toBe('−0.01');
  });

  test.each([
    [0.976, '97.6 %'],
    [1, '100.0 %'],
    [0, '0.0 %'],
    [0.0001, '< 0.1 %'],
    [0.99999, '> 99.9 %'],
  ])('percent of %d', (share, text) => expect(plain(percent(share))).toBe(text));

  test.each([
    [0.0412345, '0.0412'],
    [1.25, '1.25'],
    [0.9996, '1.00'],
    [123456, '123,000'],
    [-0.00031, '−0.000310'],
    [0.000031, '3.10 × 10⁻⁵'],
    [2.5e7, '2.50 × 10⁷'],
    [0, '0'],
  ])('three significant digits of %d', (x, text) => expect(plain(significant(x))).toBe(text));

  test('significant keeps the value to its digits', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-4, max: 9e5, noNaN: true }), (x) => {
        const back = Number(significant(x, 4).replaceAll(',', ''));
        expect(Math.abs(back - x)).toBeLessThanOrEqual(x * 0.5001e-3);
      }),
    );
  });

  test('bits and bytes', () => {
    expect(bits(1)).toBe('1 bit');
    expect(bits(824910)).toBe('824,910 bits');
    expect(plain(bitsShort(8_531_520))).toBe('8.53 Mbit');
    expect(plain(bytesShort(103_114))).toBe('103 kB');
    expect(plain(bytesShort(96))).toBe('96 B');
    expect(plain(bytesShort(999_700))).toBe('1.00 MB');
  });

  test('durations', () => {
    expect(plain(duration(0.0004))).toBe('0.40 ms');
    expect(plain(duration(9.4))).toBe('9.4 s');
    expect(plain(duration(59.7))).toBe('1 min');
    expect(plain(duration(125))).toBe('2 min 5 s');
    expect(plain(duration(3840))).toBe('1 h 4 min');
  });

  test('rates, plurals and stage numbers', () => {
    expect(times(10.34)).toBe('10.3×');
    expect(times(124.2)).toBe('124×');
    expect(plural(1, 'class', 'classes')).toBe('1 class');
    expect(plural(0, 'image')).toBe('0 images');
    expect(circled(1)).toBe('①');
    expect(circled(20)).toBe('⑳');
    expect(circled(21)).toBe('(21)');
  });
});
