import { expect, test } from 'vitest';
import { fairWords } from './fair-words';

const steps = { steps: 100, before: 60 };
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

test('a comparison with a shorter training says so, and offers the same steps', () => {
  const { text, offer } = fairWords(steps, 0.9, null, false);
  expect(text).toBe('Not yet fair: this model had 100 steps of training, float32 had 60.');
  expect(offer).toEqual({ text: 'Train float32 for 100 steps too', steps: '100 steps' });
  expect(fairWords({ steps: 40, before: 0 }, 0.9, null, false).text).toBe('This program has no float32 model to compare with.');
});

test('while it is trained nothing is offered, and then there is its result', () => {
  expect(fairWords(steps, 0.9, null, true).offer).toBeNull();
  const { text, offer } = fairWords(steps, 0.911, 0.915, false);
  expect([plain(text), offer]).toEqual(['Float32 trained for the same 100 steps: 91.5 %. This model is 0.4 points below.', null]);
  expect(fairWords(steps, 0.92, 0.915, false).text).toContain('0.5 points above');
  expect(fairWords(steps, 0.915, 0.915, false).text).toContain('is equal to it');
});
