import { expect, test } from 'vitest';
import { textAt } from './curve-overlay';

test('a value before and after a stage without training stand at one step', () => {
  const curve = { step: [10, 20, 20, 30], value: [0.5, 0.9, 0.2, 0.8] };
  const text = (value: number) => value.toFixed(1);
  expect([10, 20, 25, 30, 99].map((step) => textAt(curve, step, text, '–'))).toEqual(['0.5', '0.9, then 0.2', '0.8', '0.8', '0.8']);
  expect(textAt({ step: [], value: [] }, 1, text, '–')).toBe('–');
});
