import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { centreOfMass, prepareDrawing, SIDE, type Stroke } from './prepare-drawing';

const line = (...points: (readonly [number, number])[]): Stroke => points.map(([x, y]) => ({ x, y }));
const prepared = (strokes: readonly Stroke[]) => prepareDrawing(strokes) ?? new Uint8Array();
const at = (pixels: Uint8Array, x: number, y: number) => pixels[y * SIDE + x];
const inked = (pixels: Uint8Array, least = 100) => [...pixels.keys()].filter((i) => (pixels[i] ?? 0) >= least);
const size = (values: readonly number[]) => Math.max(...values) - Math.min(...values) + 1;
const extent = (pixels: Uint8Array) => {
  const where = inked(pixels);
  return [size(where.map((i) => i % SIDE)), size(where.map((i) => Math.floor(i / SIDE)))];
};

describe('a drawing becomes an image of MNIST', () => {
  test('nothing drawn is no image', () => {
    expect(prepareDrawing([])).toBeNull();
    expect(prepareDrawing([[]])).toBeNull();
  });

  test('a box, wherever it was drawn, becomes 20 pixels high and wide around pixel 14, hollow inside', () => {
    const box = line([0.05, 0.1], [0.85, 0.1], [0.85, 0.9], [0.05, 0.9], [0.05, 0.1]);
    const pixels = prepared([box]);
    const { x, y } = centreOfMass(pixels, SIDE);
    expect([x, y]).toEqual([expect.closeTo(14, 1), expect.closeTo(14, 1)]);
    // 0.8 of lines and 0.1 of pen on 20 pixels: the pen is 20 ÷ 9 wide, its middle 8.9 from the centre. 10 to the edge, which is half covered.
    expect(extent(pixels)).toEqual([21, 21]);
    expect(at(pixels, 14, 5)).toBe(255);
    expect(at(pixels, 5, 14)).toBe(255);
    expect(at(pixels, 14, 14)).toBe(0);
    expect(at(pixels, 0, 0)).toBe(0);
  });

  test('an upright line is 20 high and as wide as the pen; its proportions stay', () => {
    const pixels = prepared([line([0.3, 0.1], [0.3, 0.9])]);
    expect(extent(pixels)).toEqual([3, 21]);
    const wide = prepared([line([0.1, 0.5], [0.9, 0.5])]);
    expect(extent(wide)).toEqual([21, 3]);
  });

  test('the centre of mass, not of the box, is in the middle: most ink of a 7 is above', () => {
    const seven = prepared([line([0.2, 0.1], [0.8, 0.1], [0.4, 0.9])]);
    const { x, y } = centreOfMass(seven, SIDE);
    expect(x).toBeCloseTo(14, 1);
    expect(y).toBeCloseTo(14, 1);
    const rows = inked(seven).map((i) => Math.floor(i / SIDE));
    expect((Math.min(...rows) + Math.max(...rows)) / 2).toBeGreaterThan(14.5);
  });

  test('a dot stays a dot, at most three pixels wide', () => {
    expect(extent(prepared([line([0.9, 0.9])]))).toEqual([3, 3]);
    expect(extent(prepared([line([0.9, 0.9], [0.901, 0.9])]))).toEqual([3, 3]);
  });

  const coordinate = fc.double({ min: 0.2, max: 0.8, noNaN: true });
  const drawing = fc.array(fc.array(fc.record({ x: coordinate, y: coordinate }), { minLength: 1, maxLength: 6 }), {
    minLength: 1,
    maxLength: 4,
  });

  test('moving the whole drawing changes nothing', () => {
    const shift = fc.double({ min: -0.2, max: 0.2, noNaN: true });
    fc.assert(
      fc.property(drawing, shift, shift, (strokes, dx, dy) => {
        const moved = strokes.map((stroke) => stroke.map(({ x, y }) => ({ x: x + dx, y: y + dy })));
        const [one, other] = [prepared(strokes), prepared(moved)];
        expect(Math.max(...one.map((value, i) => Math.abs(value - (other[i] ?? 0))))).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('the box is filled, and not exceeded, by anything larger than a dot', () => {
    fc.assert(
      fc.property(drawing, (strokes) => {
        const pixels = prepared(strokes);
        const points = strokes.flat();
        const longest = Math.max(...[points.map(({ x }) => x), points.map(({ y }) => y)].map((all) => Math.max(...all) - Math.min(...all)));
        const [width = 0, height = 0] = extent(pixels);
        expect(Math.max(width, height)).toBeLessThanOrEqual(21);
        if (longest > 0.15) expect(Math.max(width, height)).toBeGreaterThanOrEqual(19);
      }),
    );
  });
});
