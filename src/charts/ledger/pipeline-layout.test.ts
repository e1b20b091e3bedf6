import { expect, test } from 'vitest';
import type { Ledger } from '../../numerics/measures/ledger';
import { barHeight, changeWords, type PipelineStep, sizeWords, stepSentence } from './pipeline-layout';

const ledger = (bytes: number): Ledger => ({
  weights: 100,
  denseBits: 32_000,
  totalBits: bytes * 8,
  parts: [{ name: 'all', kind: 'codes', tensor: 'fc1/kernel', bits: bytes * 8 }],
});
const step = (bytes: number | null): PipelineStep => ({
  ...{ step: 0, mark: '①', name: 'Train', words: '100 steps' },
  accuracy: bytes === null ? null : 0.9751,
  ledger: bytes === null ? null : ledger(bytes),
});

test('bars are as high as files are long', () => {
  const steps = [step(4000), step(1000), step(null)];
  expect(steps.map((one) => barHeight(one, steps))).toEqual([1, 0.25, 0]);
});

test('words say what the file became', () => {
  expect(sizeWords(ledger(1000))).toContain('4.0× smaller');
  expect(changeWords(step(1000), step(4000))).toMatch(/^file 75\.0\s% smaller$/);
  expect(sizeWords(ledger(4000))).toContain('as float32');
  expect(changeWords(step(4000), step(4000))).toBe('file unchanged');
  expect(changeWords(step(4000), undefined)).toBe('');
  expect(stepSentence(step(1000))).toContain('1,000 bytes');
  expect(stepSentence(step(null))).toContain('Not run yet');
});
