import { expect, test } from 'vitest';
import { smallSummary } from './curve-small';

const curve = (name: string, value: readonly number[]) => ({ name, curve: { step: [10, 2000].slice(0, value.length), value } });
const text = (value: number) => value.toFixed(2);

test('a curve in a sentence; several as their means', () => {
  expect(smallSummary([curve('a', [2, 1])], [10, 2000], text)).toBe('2.00 at step 10, 1.00 at step 2,000.');
  expect(smallSummary([curve('a', [2, 1]), curve('b', [4, 2])], [10, 2000], text)).toBe('Means: 3.00 at step 10, 1.50 at step 2,000.');
  expect(smallSummary([curve('a', [2])], [10], text)).toBe('2.00 at step 10.');
  expect(smallSummary([curve('a', [Number.NaN])], [10], text)).toBe('nothing at step 10.');
  expect(smallSummary([], [], text)).toBe('');
});
