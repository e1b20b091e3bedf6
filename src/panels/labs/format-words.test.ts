import { expect, test } from 'vitest';
import { integerFormat } from '../../numerics/formats/fixed-point';
import { formats } from '../../numerics/formats/number-format';
import { fixedFields, floatFields } from './bit-fields';
import { fixedFormula, floatFormula, lineSentence, narrowSentence, neighbourSentence, typedSentence } from './format-words';
import { fixedNumbers, floatNumbers, integerNumbers } from './number-set';

const int4 = integerNumbers(4);
const sixTen = fixedNumbers({ integerBits: 6, fractionBits: 10 });

test('bits of int4: −8, 4, 2, 1; those of −5 = 1011 add up', () => {
  const fields = fixedFields(integerFormat(4), 0b1011);
  expect(fields.map(({ name, value }) => [name, value])).toEqual([
    ['sign', -8],
    ['whole', 3],
  ]);
  expect(fields.flatMap(({ bits }) => bits.map(({ label }) => label))).toEqual([
    'sign bit 1, weight −8',
    'whole bit 3, weight 4',
    'whole bit 2, weight 2',
    'whole bit 1, weight 1',
  ]);
  expect(fixedFormula(integerFormat(4), 0b1011)).toBe('-2^{3} + 2^{1} + 2^{0} = -5');
  expect(fixedFormula(integerFormat(4), 0)).toBe('0');
});

test('bits of fixed point: the point lies between two fields; <1, 2> has no whole ones', () => {
  // 011.01 = 3.25
  const fields = fixedFields({ integerBits: 3, fractionBits: 2 }, 0b01101);
  expect(fields.map(({ name, value }) => [name, value])).toEqual([
    ['sign', 0],
    ['whole', 3],
    ['fraction', 0.25],
  ]);
  expect(fields.at(-1)?.bits.map(({ label }) => label)).toEqual(['fraction bit 2, weight 2^−1', 'fraction bit 1, weight 2^−2']);
  expect(fixedFormula({ integerBits: 3, fractionBits: 2 }, 0b01101)).toBe('2^{1} + 2^{0} + 2^{-2} = 13 \\times 2^{-2} = 3.25');
  expect(fixedFields({ integerBits: 1, fractionBits: 2 }, 0).map(({ name }) => name)).toEqual(['sign', 'fraction']);
});

test('a long sum is cut short', () => {
  expect(fixedFormula(integerFormat(16), 0xffff)).toBe('-2^{15} + 2^{14} + 2^{13} + 2^{12} + \\cdots + 2^{0} = -1');
});

test('1.25 in e2m3: 0 01 010; the smallest number of fp32 keeps its power of ten', () => {
  expect(floatFormula(formats.e2m3, 0b001010, floatNumbers(formats.e2m3))).toBe(
    '(-1)^{0} \\times 2^{1-1} \\times \\left(1 + \\tfrac{2}{8}\\right) = 1.25',
  );
  expect(floatFormula(formats.fp32, 1, floatNumbers(formats.fp32))).toMatch(/= 1\.40129846 \\times 10\^\{-45\}$/);
  expect(floatFields(formats.e2m3, 0b001010).map(({ value }) => value)).toEqual([0, 1, 2]);
});

test('how many numbers, and which are drawn', () => {
  expect(lineSentence(int4, 'linear')).toBe('16 numbers from −8 to 7, evenly spaced.');
  // 32767 on one side, at most 128 drawn: one in 256.
  expect(lineSentence(sixTen, 'linear')).toBe('65,536 numbers from −32 to 31.9990234375, evenly spaced; one in 256 is drawn.');
  expect(lineSentence(sixTen, 'log')).toContain('powers of two are drawn');
  expect(lineSentence(floatNumbers(formats.e2m1), 'log')).toMatch(
    /^15 finite numbers from −6 to 6\. There are always 2 between two powers of two/,
  );
});

test('the narrow range of int4 leaves −8 out', () => {
  expect(narrowSentence(4)).toContain('−7 to 7: without −8');
  expect(narrowSentence(4)).toContain('15 of its 16 patterns');
});

test('neighbours and distances', () => {
  expect(neighbourSentence(int4, 7)).toBe('Below it 6, above it nothing: 1 apart, 14 % of it.');
  expect(neighbourSentence(floatNumbers(formats.e2m1), 0)).toBe('Below it −0.5, above it 0.5: 0.5 apart.');
  expect(typedSentence(2.5, int4.round(2.5), int4)).toBe('From 2.5 it is 0.5 away, 20.0 %.');
  expect(typedSentence(100, int4.round(100), int4)).toBe('100 is beyond the range and saturates: 7 is 93 away, 93.0 %.');
  expect(typedSentence(100, 3, int4)).toBe('From 100 it is 97 away, 97.0 %.');
  const e5m2 = floatNumbers(formats.e5m2);
  expect(typedSentence(1e6, e5m2.round(1e6), e5m2)).toBe(`${(1e6).toString()} is out of range.`);
});
