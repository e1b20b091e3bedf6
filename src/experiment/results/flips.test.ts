import fc from 'fast-check';
import { expect, test } from 'vitest';
import { flips } from './flips';

test('reports what broke, what was fixed, and what is wrong in another way', () => {
  const found = flips(Uint8Array.of(0, 1, 2, 3), Uint8Array.of(0, 1, 1, 2), Uint8Array.of(0, 2, 2, 1));
  expect(found).toEqual([
    { index: 1, label: 1, before: 1, after: 2, kind: 'broke' },
    { index: 2, label: 2, before: 1, after: 2, kind: 'fixed' },
    { index: 3, label: 3, before: 2, after: 1, kind: 'moved' },
  ]);
});

test('the change of accuracy is what was fixed less what broke', () => {
  const classes = fc.uint8Array({ minLength: 50, maxLength: 50, max: 3 });
  fc.assert(
    fc.property(classes, classes, classes, (labels, before, after) => {
      const right = (predicted: Uint8Array) => predicted.filter((p, i) => p === labels[i]).length;
      const count = (kind: string) => flips(labels, before, after).filter((flip) => flip.kind === kind).length;
      expect(count('fixed') - count('broke')).toBe(right(after) - right(before));
    }),
  );
});

test('refuses predictions of another test set', () => {
  expect(() => flips(Uint8Array.of(1), Uint8Array.of(1, 2), Uint8Array.of(1))).toThrow(RangeError);
});
