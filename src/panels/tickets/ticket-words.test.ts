import { expect, test } from 'vitest';
import { verdictText } from './ticket-words';

const equal = { steps: 1, accuracy: 0 };

test('only tickets win; a control may be as good as the dense network', () => {
  expect(verdictText({ kind: 'ticket', compared: 5, winning: 5, ...equal })).toBe('winning ticket with all 5 seeds');
  expect(verdictText({ kind: 'ticket', compared: 5, winning: 3, ...equal })).toBe('wins with 3 of 5 seeds');
  expect(verdictText({ kind: 'random', compared: 2, winning: 2, ...equal })).toBe('as good as dense with both seeds');
  expect(verdictText({ kind: 'reinit', compared: 1, winning: 1, ...equal })).toBe('as good as dense');
  expect(verdictText({ kind: 'shuffled', compared: 5, winning: 3, ...equal })).toBe('as good as dense with 3 of 5 seeds');
  expect(verdictText({ kind: 'reinit', compared: 2, winning: 0, steps: 1.2, accuracy: -0.01 })).toBe('slower, less accurate');
  expect(verdictText(null)).toBe('');
});
