import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitRow, spreadLabels } from './fit-words';

describe('names in a row', () => {
  const name = (at: number, ...texts: [string, number][]) => ({ at, centred: true, texts });

  test('each has its longest text that leaves room for the next', () => {
    const long = name(50, ['② Quantize', 60], ['②', 12]);
    expect(fitRow([long], 4, 0, 200)).toEqual([{ text: '② Quantize', x: 20 }]);
    // The next begins at 74 at the latest: from 20 to 80 there is no room.
    expect(fitRow([long, name(80, ['③', 12])], 4, 0, 200).map(({ text }) => text)).toEqual(['②', '③']);
  });

  test('none leaves the picture, and one without any room is left out', () => {
    expect(fitRow([name(195, ['② Quantize', 60])], 4, 0, 200)).toEqual([{ text: '② Quantize', x: 140 }]);
    expect(fitRow([name(5, ['①', 12]), name(6, ['②', 12]), name(7, ['③', 12])], 4, 0, 30).map(({ text }) => text)).toEqual(['①']);
  });

  test('never overlap', () => {
    const names = fc.array(
      fc.record({ at: fc.integer({ min: 0, max: 300 }), centred: fc.boolean(), long: fc.integer({ min: 12, max: 90 }) }),
    );
    fc.assert(
      fc.property(names, (drawn) => {
        const row = drawn
          .toSorted((a, b) => a.at - b.at)
          .map(({ at, centred, long }) => ({
            at,
            centred,
            texts: [
              [String(long), long],
              ['12', 12],
            ] as const,
          }));
        const placed = fitRow(row, 4, 0, 300).map(({ text, x }) => [x, x + Number(text)] as const);
        for (const [i, [from, to]] of placed.entries()) {
          expect(to).toBeLessThanOrEqual(300);
          if (i > 0) expect(from).toBeGreaterThanOrEqual((placed[i - 1]?.[1] ?? 0) + 4);
        }
      }),
    );
  });
});

describe('labels', () => {
  const at = (y: number, x = 0) => ({ x, y, width: 50 });

  test('that would overlap move apart and stay inside; others stay where they are', () => {
    expect(spreadLabels([at(10), at(50)], 14, 0, 100)).toEqual([10, 50]);
    expect(spreadLabels([at(40), at(44)], 14, 0, 100)).toEqual([40, 54]);
    expect(spreadLabels([at(40), at(44, 60)], 14, 0, 100)).toEqual([40, 44]);
    expect(spreadLabels([at(105), at(99)], 14, 0, 100)).toEqual([100, 86]);
    expect(spreadLabels([at(-5)], 14, 0, 100)).toEqual([0]);
  });

  test('never overlap where there is room for all of them', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 350 }), { maxLength: 4 }), (heights) => {
        const placed = spreadLabels(
          heights.map((y) => at(y)),
          15,
          0,
          300,
        ).toSorted((a, b) => a - b);
        for (let i = 1; i < placed.length; i++) expect((placed[i] ?? 0) - (placed[i - 1] ?? 0)).toBeGreaterThanOrEqual(15 - 1e-6);
      }),
    );
  });
});
