import fc from 'fast-check';
import { expect, it } from 'vitest';
import { entryPositions, relativeIndex } from './relative-index';

it('is that of figure 2 of Han et al. 2016: 16 elements, 3 bits, the largest gap is 8', () => {
  const { gaps, fillers } = relativeIndex(Int32Array.of(1, 4, 15), 3);
  // The paper counts the first gap from the element 0, so it has 1, 3, 8, 3. Its decoder counts from −1, as here.
  expect([...gaps].map((gap) => gap + 1)).toEqual([2, 3, 8, 3]);
  expect([...fillers]).toEqual([0, 0, 1, 0]);
  expect([...entryPositions(gaps)]).toEqual([1, 4, 12, 15]);
});

it('needs no filler for a distance of exactly 2^bits, and one for a distance of one more', () => {
  expect(relativeIndex(Int32Array.of(7), 3)).toEqual({ gaps: Int32Array.of(7), fillers: Uint8Array.of(0) });
  expect(relativeIndex(Int32Array.of(8), 3)).toEqual({ gaps: Int32Array.of(7, 0), fillers: Uint8Array.of(1, 0) });
  expect(relativeIndex(Int32Array.of(24), 3)).toEqual({ gaps: Int32Array.of(7, 7, 7, 0), fillers: Uint8Array.of(1, 1, 1, 0) });
  expect(relativeIndex(new Int32Array(), 3).gaps).toHaveLength(0);
});

it('gives back the indices, and has as many fillers as the gap limit asks for', () => {
  const cases = fc.tuple(fc.uniqueArray(fc.nat(300), { maxLength: 60 }), fc.integer({ min: 1, max: 10 }));
  fc.assert(
    fc.property(cases, ([list, bits]) => {
      const indices = Int32Array.from(list).sort();
      const { gaps, fillers } = relativeIndex(indices, bits);
      const positions = entryPositions(gaps);
      expect([...positions.filter((_, entry) => fillers[entry] === 0)]).toEqual([...indices]);
      expect(gaps.every((gap, entry) => gap >= 0 && gap < 2 ** bits && (fillers[entry] === 0 || gap === 2 ** bits - 1))).toBe(true);
      const jumps = [...indices].map((index, i) => index - (i === 0 ? -1 : (indices[i - 1] as number)));
      expect(fillers.reduce((a, b) => a + b, 0)).toBe(jumps.reduce((sum, jump) => sum + Math.floor((jump - 1) / 2 ** bits), 0));
    }),
  );
});
