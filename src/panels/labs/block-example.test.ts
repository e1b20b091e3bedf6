import { expect, test } from 'vitest';
import { type BlockFormatId, blockFormats } from '../../numerics/formats/block-formats';
import { blockExamples, workedBlock } from './block-example';

test('largest 7.9 in e2m1: scale 2^0, 7.9 saturates to 6, 5.1 goes up to it', () => {
  const block = workedBlock(blockExamples['7.9'], 'mxfp4');
  expect(block).toMatchObject({ bits: 4, bitsPerNumber: 4.25, largest: 7.9, scale: 1, exponent: 0, maxElement: 6, maxExponent: 2 });
  expect(block.members.map(({ stored }) => stored)).toEqual([6, 0.5, -6, 2, 0, -1.5, 4, -0.5]);
  expect(block.members.map(({ saturates }) => saturates)).toEqual([true, ...Array(7).fill(false)]);
  // 6 is 0 11 1, −1.5 is 1 01 1.
  expect([block.members[0]?.code, block.members[5]?.code]).toEqual([0b0111, 0b1011]);
  expect(block.members[0]?.error).toBeCloseTo(-1.9, 12);
  expect(block.numbers).toEqual([-6, -4, -3, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 3, 4, 6]);
});

test('largest 0.3 in e2m1: scale 2^−4, 0.3 is 4.8 of it and becomes 4', () => {
  const block = workedBlock(blockExamples['0.3'], 'mxfp4');
  expect(block).toMatchObject({ exponent: -4, scale: 1 / 16 });
  expect(block.members[0]).toMatchObject({ element: 4, stored: 0.25, saturates: false });
  expect(block.members[0]?.scaled).toBeCloseTo(4.8, 12);
});

test('an outlier of 100 takes the scale to 2^4: what is below 4 becomes 0', () => {
  const block = workedBlock(blockExamples.outlier, 'mxfp4');
  // 100 ÷ 16 = 6.25 → 6; 5.1 ÷ 16 = 0.32 → 0.5; 3.6 ÷ 16 = 0.225 → 0
  expect(block.members.map(({ stored }) => stored)).toEqual([96, 0, -8, 0, 0, 0, 0, 0]);
});

test('bits per weight of 32 elements and one scale', () => {
  const bits = (['mxfp4', 'mxfp6-e2m3', 'mxfp6-e3m2', 'mxfp8', 'mxfp8-e5m2'] as const).map((id) => workedBlock([1], id).bitsPerNumber);
  expect(bits).toEqual([4.25, 6.25, 6.25, 8.25, 8.25]);
});

test('every format of the table: zeros stay zeros, codes and stored numbers agree', () => {
  for (const id of Object.keys(blockFormats) as BlockFormatId[]) {
    expect(workedBlock([0, 0], id).members.map(({ stored }) => stored)).toEqual([0, 0]);
    const { members, scale, numbers, maxElement, maxExponent } = workedBlock(blockExamples['7.9'], id);
    for (const { element, stored } of members) {
      expect(stored).toBe(element * scale);
      expect(numbers).toContain(stored);
    }
    expect(maxElement).toBeGreaterThanOrEqual(2 ** maxExponent);
    expect(maxElement).toBeLessThan(2 ** (maxExponent + 1));
  }
});
