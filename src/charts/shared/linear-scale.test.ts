import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linearScale, stepArea, stepPath } from './linear-scale';

test('a domain is mapped to pixels and back', () => {
  const scale = linearScale([-1, 1], [10, 110]);
  expect(scale(0)).toBe(60);
  expect(scale.invert(110)).toBe(1);
  expect(() => linearScale([1, 1], [0, 1])).toThrow(RangeError);
  fc.assert(
    fc.property(fc.double({ min: -1, max: 1, noNaN: true }), (v) => {
      expect(scale.invert(scale(v))).toBeCloseTo(v, 9);
    }),
  );
});

test('steps are level around their points', () => {
  const points = [
    [10, 5],
    [20, 8],
    [30, 2],
  ] as const;
  expect(stepPath(points)).toBe('M5 5H15V8H25V2H35');
  expect(stepArea(points, 40)).toBe('M5 5H15V8H25V2H35V40H5Z');
  expect(stepPath([])).toBe('');
  expect(stepArea([], 40)).toBe('');
});
