import { expect, test } from 'vitest';
import { defaultStage } from '../../program/defaults';
import { defaultBlock } from '../../settings/block';
import { thesis } from './thesis';

const values = (chosen: Parameters<typeof defaultBlock>[1]) => defaultBlock(thesis.settings, chosen);
const adam = { ...defaultStage('train'), kind: 'train', on: true, lr: 1e-4, steps: 37_500 };

test('says what a scale is learned by', () => {
  expect(thesis.phrase?.(values({}))).toBe('a learned scale per input, λ = 1e-10');
  expect(thesis.phrase?.(values({ learnedBy: 'true-deviation', gamma: 1e-7, thesisAxis: 'scalar' }))).toBe(
    'a learned scale per layer, true deviation penalty, γ = 1e-7',
  );
});

test('notes λ ÷ ε of the training that follows', () => {
  const note = thesis.note?.(values({}), [adam, { ...adam, epsilon: 1e-8 }]);
  // √(2 · 1e-4 · 1e-3 · 0.15 · 37,500) = 0.0335
  expect(note).toBe('λ ÷ ε = 0.001 in the training that follows. If every weight votes, a weight of 0.15 ends at a scale near 0.034.');
  expect(thesis.note?.(values({ learnedBy: 'bins', gamma: 1e-8 }), [adam])).toBe('γ ÷ ε = 0.1 in the training that follows.');
  expect(thesis.note?.(values({}), [{ ...adam, optimizer: 'sgd' }])).toMatch(/are for Adam/);
  expect(thesis.note?.(values({}), [])).toBe('');
});
