import { expect, test } from 'vitest';
import { labelNotices } from './label-notices';

const setOf = (...labels: number[]) => ({ count: labels.length, labels: Uint8Array.from(labels), pixels: new Uint8Array() });
const digits = (count: number) => Array.from({ length: count }, (_, i) => String(i));

test('nothing to say where both sides have all', () => {
  expect(labelNotices(setOf(0, 1, 2), setOf(2, 1, 0, 0), digits(3))).toEqual([]);
});

test('classes that one side lacks are named', () => {
  expect(labelNotices(setOf(0, 1, 2, 4, 5, 6), setOf(0, 3), digits(7))).toEqual([
    'No training image belongs to class 3, so the network cannot learn to recognize it.',
    'No test image belongs to classes 1, 2 and 4 to 6, so test accuracy says nothing about them.',
  ]);
  expect(labelNotices(setOf(0), setOf(0, 1), ['cat', 'dog'])).toEqual([
    'No training image belongs to class 1 (dog), so the network cannot learn to recognize it.',
  ]);
});

test('labels that nothing has are named: letters from 1, one label far above', () => {
  expect(labelNotices(setOf(1, 2), setOf(1, 2), digits(3))).toEqual(['No image at all belongs to class 0.']);
  expect(labelNotices(setOf(0, 1, 255), setOf(0, 1, 255), digits(256))).toEqual(['No image at all belongs to classes 2 to 254.']);
});
