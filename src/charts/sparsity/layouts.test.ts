import { describe, expect, test } from 'vitest';
import { cellReadout, cellSize, fallenCells, matrixPixels, matrixSummary, REMOVED } from './matrix-layout';
import { movedPosition, positionAt, removedAt, thresholdWords } from './threshold-layout';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const picture = { rows: 2, columns: 3, block: 1, limit: 0.5, cells: Int8Array.of(127, REMOVED, 0, -127, 64, REMOVED) };
const colors = { negative: '#0000ff', middle: '#ffffff', positive: '#ff0000', removed: '#010203' };

describe('the weight matrix', () => {
  test('has the ends of the scale at ±127, its middle at 0, and another colour for what is pruned', () => {
    const pixels = matrixPixels(picture, colors);
    const at = (cell: number) => [...pixels.subarray(4 * cell, 4 * cell + 4)];
    expect([0, 1, 2, 3].map(at)).toEqual([
      [255, 0, 0, 255],
      [1, 2, 3, 255],
      [255, 255, 255, 255],
      [0, 0, 255, 255],
    ]);
    expect([...matrixPixels(picture, colors, (cell) => cell === 3).subarray(0, 4)]).toEqual([0, 0, 0, 0]);
  });

  test('lets fall what was there before, in the same picture only', () => {
    const before = { ...picture, cells: Int8Array.of(1, 1, 1, 1, 1, REMOVED) };
    expect(fallenCells(before, picture)).toEqual([1]);
    expect(fallenCells({ ...before, rows: 3 }, picture)).toEqual([]);
    expect(fallenCells(null, picture)).toEqual([]);
  });

  test('has whole pixels for a cell', () => {
    expect([100, 299, 300, 5000].map((width) => cellSize({ ...picture, columns: 100 }, width))).toEqual([1, 2, 3, 12]);
    expect(cellSize({ ...picture, columns: 784 }, 400)).toBe(1);
  });

  test('says what a cell is', () => {
    expect(cellReadout(picture, 0, 0)).toBe('output 1, input 1: at least 0.50');
    expect(cellReadout(picture, 0, 1)).toBe('output 1, input 2: pruned');
    expect(cellReadout(picture, 1, 1)).toBe('output 2, input 2: about 0.25');
    const layer = { layer: 'fc1', weights: 6, zeros: 2, pruned: 2, thresholds: new Float32Array(), magnitudes: new Uint32Array() };
    const both = { inputs: new Uint32Array(), outputs: new Uint32Array() };
    expect(plain(matrixSummary({ ...layer, ...both, picture }))).toBe(
      '2 outputs × 3 inputs, one cell for each weight; 2 of 6 weights are pruned (33.3 %).',
    );
    expect(plain(matrixSummary({ ...layer, ...both, pruned: 0, picture: { ...picture, block: 2 } }))).toBe(
      '2 × 3 cells, each the mean of 2 × 2 weights; a cell is empty where all of them are pruned; none is pruned.',
    );
  });
});

describe('the threshold', () => {
  const thresholds = Float32Array.from({ length: 1001 }, (_, k) => k / 1000);
  const layer = { weights: 2000, pruned: 0, thresholds };

  test('lies at the nearest magnitude', () => {
    expect([-1, 0.0004, 0.0006, 0.8971, 2].map((magnitude) => positionAt(thresholds, magnitude))).toEqual([0, 0, 1, 897, 1000]);
  });

  test('moves by a percent, by a thousandth with Shift, by ten percent', () => {
    expect(movedPosition('ArrowRight', false, 500)).toBe(510);
    expect(movedPosition('ArrowLeft', true, 500)).toBe(499);
    expect(movedPosition('PageUp', false, 950)).toBe(1000);
    expect([movedPosition('Home', false, 5), movedPosition('End', false, 5), movedPosition('a', false, 5)]).toEqual([0, 1000, undefined]);
  });

  test('says what would be pruned, in percent and by count', () => {
    expect(plain(thresholdWords(layer, 897))).toBe('At |w| < 0.897: 89.7 % would be pruned, 1,794 of 2,000 weights.');
    expect(plain(thresholdWords({ ...layer, pruned: 1000 }, 500))).toBe(
      'At |w| < 0.500: 50.0 % would be pruned, 500 of 1,000 kept weights.',
    );
    expect(removedAt(layer, 1000)).toBe(2000);
  });
});
