import { expect, test } from 'vitest';
import { matches, wrongSummary } from './wrong-images';

test('a confusion cell picks its images, a diagonal one all errors of the class', () => {
  const image = { label: 5, predicted: 6 };
  expect(matches(image, null)).toBe(true);
  expect(matches(image, [5, 6])).toBe(true);
  expect(matches(image, [5, 3])).toBe(false);
  expect(matches(image, [5, 5])).toBe(true);
  expect(matches(image, [6, 6])).toBe(false);
});

test('the sentence says how many there are and how many are shown', () => {
  expect(wrongSummary(60, 60, 241, false)).toBe('The first 60 of 241 wrong test images.');
  expect(wrongSummary(7, 7, 7, false)).toBe('All 7 wrong test images.');
  expect(wrongSummary(3, 60, 241, true)).toBe('3 images of this kind among the first 60 wrong ones.');
  expect(wrongSummary(0, 60, 241, true)).toBe('None of the first 60 wrong images is of this kind.');
  expect(wrongSummary(0, 0, 0, false)).toBe('All test images are correct.');
});
