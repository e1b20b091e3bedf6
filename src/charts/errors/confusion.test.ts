import { describe, expect, test } from 'vitest';
import { cell, cellReadout, classRow, confusionSummary, heat, largestError, movedCell, shortCount } from './confusion';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');
// Row: true class. Cats are taken for dogs 3 times, dogs for cats once.
const confusion = { classes: ['cat', 'dog', 'owl'], counts: Uint32Array.from([7, 3, 0, 1, 9, 0, 0, 0, 0]) };

describe('confusion', () => {
  test('rows are true classes', () => {
    expect(cell(confusion, 0, 1)).toBe(3);
    expect(classRow(confusion, 0)).toEqual({ total: 10, right: 7, accuracy: 0.7 });
    expect(classRow(confusion, 2).accuracy).toBeNaN();
    expect(largestError(confusion)).toBe(3);
  });

  test('heat grows from 0 to 1', () => {
    expect(heat(0, 4)).toBe(0);
    expect(heat(1, 4)).toBeCloseTo(0.38);
    expect(heat(2, 4)).toBeGreaterThan(0.58);
    expect(heat(4, 4)).toBe(1);
    expect(heat(0, 0)).toBe(0);
  });

  test('sentences', () => {
    expect(confusionSummary(confusion)).toBe('16 of 20 images right; the most frequent error is cat predicted as dog, 3 times.');
    expect(confusionSummary({ classes: ['0'], counts: [1] })).toBe('1 of 1 image right.');
    expect(plain(cellReadout(confusion, 0, 1))).toBe('cat taken for dog: 3 of 10 images (30.0 %)');
    expect(plain(cellReadout(confusion, 1, 1))).toBe('dog: 9 of 10 images right (90.0 %)');
  });

  test('counts fit a cell', () => {
    expect([0, 980, 1135, 9949, 9960].map(shortCount)).toEqual(['0', '980', '1.1k', '9.9k', '10k']);
  });

  test('arrow keys stay inside', () => {
    expect(movedCell('ArrowDown', [0, 0], 3)).toEqual([1, 0]);
    expect(movedCell('ArrowUp', [0, 0], 3)).toEqual([0, 0]);
    expect(movedCell('End', [1, 0], 3)).toEqual([1, 2]);
    expect(movedCell('x', [1, 0], 3)).toBeUndefined();
  });
});
