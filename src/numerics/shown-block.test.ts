import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Granularity, scaleGrid, scaleOf } from './scale-grid';
import { blockMembers, shownBlock } from './shown-block';

const granularities: Granularity[] = ['tensor', 'channel', { channels: 2 }, { channels: 3 }, { inputs: 4 }, { axis: 0 }, { axis: 1 }];

test('the members of every block are the weights of its scale', () => {
  for (const granularity of granularities) {
    const grid = scaleGrid([5, 3, 4], granularity);
    const places = Int32Array.from({ length: 60 }, (_, i) => i);
    for (let block = 0; block < grid.scales; block++)
      expect([...blockMembers(places, grid, block)]).toEqual([...places].filter((i) => scaleOf(grid, i) === block));
  }
});

test('shown is the pixel in the middle of an image, the middle output, and always a block that there is', () => {
  expect(shownBlock(scaleGrid([784, 128], { axis: 0 }))).toBe(14 * 28 + 14);
  expect(shownBlock(scaleGrid([784, 300], 'channel'))).toBe(150);
  expect(shownBlock(scaleGrid([784, 300], 'tensor'))).toBe(0);
  // 13 strips of 64 inputs, the eighth of which begins at row 16 of the image; 300 outputs.
  expect(shownBlock(scaleGrid([784, 300], { inputs: 64 }))).toBe(7 * 300 + 150);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom(...granularities.slice(0, 6)),
      (rows, columns, of) => {
        const grid = scaleGrid([rows, columns], of);
        expect(shownBlock(grid)).toBeGreaterThanOrEqual(0);
        expect(shownBlock(grid)).toBeLessThan(grid.scales);
      },
    ),
  );
});
