import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keptCount } from './mask';
import { shuffledMasks } from './shuffled-mask';

const masks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40, max: 1 }), { minLength: 1, maxLength: 4 });
const seed = fc.nat(0xffffffff);
const counts = (list: readonly Uint8Array[]) => list.map((mask) => keptCount(mask, mask.length));

test('shuffled in each layer, every layer keeps its count', () => {
  fc.assert(
    fc.property(masks, seed, (list, key) => {
      const before = list.map((mask) => [...mask]);
      const after = shuffledMasks(list, 'layer', key);
      expect(counts(after)).toEqual(counts(list));
      expect(after.map(({ length }) => length)).toEqual(list.map(({ length }) => length));
      expect(list.map((mask) => [...mask])).toEqual(before);
      expect(shuffledMasks(list, 'layer', key)).toEqual(after);
    }),
  );
});

test('random over all layers, only the total stays', () => {
  fc.assert(
    fc.property(masks, seed, (list, key) => {
      const after = shuffledMasks(list, 'global', key);
      expect(counts(after).reduce((a, b) => a + b, 0)).toBe(counts(list).reduce((a, b) => a + b, 0));
      expect(after.map(({ length }) => length)).toEqual(list.map(({ length }) => length));
    }),
  );
  // A full and an empty layer of equal size share the weights about evenly: 500 ± 5 standard deviations of 11.
  const [full = 0, empty = 0] = counts(shuffledMasks([new Uint8Array(1000).fill(1), new Uint8Array(1000)], 'global', 1));
  expect(full + empty).toBe(1000);
  expect(Math.abs(full - 500)).toBeLessThan(56);
});

test('a known answer, other places for another seed, and another order in each tensor', () => {
  const mask = Uint8Array.of(1, 1, 1, 0, 0, 0, 0, 0, 0, 0);
  const [one, two] = shuffledMasks([mask, mask], 'layer', 42);
  expect(one).not.toEqual(two);
  expect(shuffledMasks([mask], 'layer', 43)[0]).not.toEqual(one);
  expect([...(one ?? [])].join('')).toBe('0000101100');
});
