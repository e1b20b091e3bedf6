import { expect, test } from 'vitest';
import { blockFormats } from '../../numerics/formats/block-formats';
import { blockExamples, workedBlock } from './block-example';
import { bitsSentence, elementsSentence, errorSentence, scaleFormula, scaleSentence } from './block-words';

const format = blockFormats.mxfp4;

test('7.9: 2^(2 − 2), and it saturates', () => {
  const block = workedBlock(blockExamples['7.9'], 'mxfp4');
  expect(scaleFormula(format, block)).toContain('2^{\\lfloor \\log_2 7.9 \\rfloor - 2} = 2^{2 - 2} = 2^{0}');
  expect(scaleSentence(format, block)).toContain('largest exponent is 2, their largest number 6');
  expect(errorSentence(block)).toBe('7.9 is more than 6 × 1 and saturates to 6. 1 of the 8 shown becomes 0. The largest error is 1.90.');
  expect(elementsSentence(format, block)).toContain('15 numbers, from −6 to 6');
  expect(bitsSentence(format, block)).toMatch(/^32 codes of 4 bits and 8 bits of scale: 4\.25 bits per weight\./);
});

test('0.3: 2^(−2 − 2)', () => {
  const block = workedBlock(blockExamples['0.3'], 'mxfp4');
  expect(scaleFormula(format, block)).toContain('= 2^{-2 - 2} = 2^{-4}');
  expect(scaleSentence(format, block)).toContain('0.0625');
});

test('zeros, numbers that are exact, and numbers too small for the scale', () => {
  expect(scaleFormula(format, workedBlock([0, 0], 'mxfp4'))).toBe('2^{-127}');
  expect(errorSentence(workedBlock([4, -1], 'mxfp4'))).toBe('All are stored exactly.');
  // ⌊log2 1e−38⌋ − 2 = −129, below the smallest scale.
  expect(scaleSentence(format, workedBlock([1e-38], 'mxfp4'))).toBe('Scales end at 2^−127.');
});
