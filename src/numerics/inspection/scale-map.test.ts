import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Encoding } from '../container/stored-tensor';
import { type Granularity, scaleGrid, scaleOf } from '../scales/scale-grid';
import { blockAt, blockMembers, picked, scaleMap, shownBlock } from './scale-map';

const uniform = (scales: readonly number[], count: number, granularity: Granularity): Encoding => ({
  kind: 'uniform',
  bits: 4,
  codes: new Int32Array(count),
  scales: Float32Array.from(scales),
  granularity,
});

describe('the map of scales', () => {
  test('one value for one scale, one a channel for many', () => {
    expect(scaleMap(uniform([0.5], 6, 'tensor'), [3, 2], 128)).toMatchObject({ rows: 1, columns: 1, smallest: 0.5, largest: 0.5 });
    const map = scaleMap(uniform([1, 3], 6, 'channel'), [3, 2], 128)!;
    expect([map.rows, map.columns, ...map.values]).toEqual([1, 2, 1, 3]);
    expect(map.inputs).toBe(3);
  });

  test('picks evenly where there are too many', () => {
    const map = scaleMap(uniform([0, 1, 2, 3, 4, 5, 6, 7], 16, 'channel'), [2, 8], 4)!;
    expect([...map.values]).toEqual([1, 3, 5, 7]);
    expect([map.smallest, map.largest]).toEqual([0, 7]);
    expect([0, 1, 2].map((i) => picked(i, 3, 9))).toEqual([1, 4, 7]);
  });

  test('without a limit in the way, every weight finds its own scale', () => {
    const granularities: Granularity[] = ['tensor', 'channel', { channels: 2 }, { inputs: 3 }, { axis: 0 }, { axis: 1 }];
    fc.assert(
      fc.property(
        fc.constantFrom(...granularities),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 4 }),
        (granularity, a, b) => {
          const shape = [a, 3, b];
          const grid = scaleGrid(shape, granularity);
          const scales = Array.from({ length: grid.scales }, (_, i) => i + 1);
          const map = scaleMap(uniform(scales, a * 3 * b, granularity), shape, 128)!;
          for (let input = 0; input < a * 3; input++)
            for (let output = 0; output < b; output++) {
              const { row, column } = blockAt(map, input, output);
              expect(map.values[row * map.columns + column]).toBe(scales[scaleOf(grid, input * b + output)]);
            }
        },
      ),
    );
  });

  test('a codebook and a basis show their largest level, shared exponents their power of two', () => {
    const codes = new Int32Array(4);
    const levels = Float32Array.of(-2, 1, 0.5, 0.25);
    expect([...scaleMap({ kind: 'codebook', bits: 1, codes, levels, codebooks: 2, granularity: 'channel' }, [2, 2], 9)!.values]).toEqual([
      2, 0.5,
    ]);
    expect([...scaleMap({ kind: 'basis', bits: 2, codes, basis: Float32Array.of(1, 2) }, [2, 2], 9)!.values]).toEqual([3]);
    const exponents = Int32Array.of(-1, 3);
    expect([...scaleMap({ kind: 'format', format: 'e2m1', bits: 4, codes, exponents, granularity: 'channel' }, [2, 2], 9)!.values]).toEqual(
      [0.5, 8],
    );
    expect(scaleMap({ kind: 'format', format: 'fp16', bits: 16, codes }, [2, 2], 9)).toBeNull();
  });
});

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
