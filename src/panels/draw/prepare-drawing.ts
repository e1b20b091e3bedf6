/**
 * A drawing as an image of MNIST: fitted to a box of 20 × 20 pixels with its proportions kept, then moved so that its centre of mass lies at
 * the centre of 28 × 28 (LeCun, Cortes and Burges, The MNIST database). MNIST scaled pictures of ink; here the lines are scaled, and the
 * pen is no wider than in MNIST, however small the drawing was.
 */

/** In units of the canvas: 0 … 1 from left to right and from top to bottom. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Points that a pen visited without leaving the paper; one point is a dot. */
export type Stroke = readonly Point[];

export const SIDE = 28;
/** Width of the pen, in units of the canvas. */
export const PEN = 0.1;
const BOX = 20;
/** Where MNIST puts the centre of mass, as the index of a pixel counted from 0: on the test images 14.0 ± 0.3. */
const CENTRE = 14;
const WIDEST_PEN = 3;
/** A smaller drawing is not enlarged any more, so that a dot stays a dot. */
const SMALLEST = 0.15;

/** 28 × 28 bytes, 0 paper and 255 ink; null if nothing is drawn. */
export function prepareDrawing(strokes: readonly Stroke[]): Uint8Array | null {
  const points = strokes.flat();
  if (points.length === 0) return null;
  const [left, right] = extent(points.map(({ x }) => x));
  const [top, bottom] = extent(points.map(({ y }) => y));
  const length = Math.max(right - left, bottom - top);
  const fitting = BOX / (length + PEN);
  const scale = PEN * fitting <= WIDEST_PEN ? fitting : (BOX - WIDEST_PEN) / Math.max(length, SMALLEST);
  const pen = Math.min(PEN * scale, WIDEST_PEN);
  const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
  const placed = (by: Point) =>
    strokes.map((stroke) => stroke.map(({ x, y }) => ({ x: (x - middle.x) * scale + by.x, y: (y - middle.y) * scale + by.y })));
  // Large enough that nothing of the box is cut off, wherever the centre of mass is.
  const mass = centreOfMass(ink(placed({ x: BOX, y: BOX }), pen, 2 * BOX), 2 * BOX);
  const moved = placed({ x: CENTRE + BOX - mass.x, y: CENTRE + BOX - mass.y });
  return Uint8Array.from(ink(moved, pen, SIDE), (share) => Math.round(255 * share));
}

/** Centre of mass in indices of pixels; of an image without ink its middle. */
export function centreOfMass(pixels: ArrayLike<number>, side: number): Point {
  let [sum, x, y] = [0, 0, 0];
  for (let i = 0; i < pixels.length; i++) {
    const value = pixels[i] ?? 0;
    sum += value;
    x += value * (i % side);
    y += value * Math.floor(i / side);
  }
  return sum > 0 ? { x: x / sum, y: y / sum } : { x: (side - 1) / 2, y: (side - 1) / 2 };
}

/** How much of each pixel a round pen covers, 0 … 1: edges are one pixel soft. Points and pen are in pixels. */
function ink(strokes: readonly Stroke[], pen: number, side: number): Float64Array {
  const pixels = new Float64Array(side * side);
  const reach = pen / 2 + 0.5;
  for (const stroke of strokes) {
    for (const [i, from] of stroke.entries()) {
      const to = stroke[i + 1];
      if (!to && i > 0) continue;
      const end = to ?? from;
      const rows = range(from.y, end.y, reach, side);
      const columns = range(from.x, end.x, reach, side);
      for (let y = rows[0]; y <= rows[1]; y++) {
        for (let x = columns[0]; x <= columns[1]; x++) {
          const at = y * side + x;
          const covered = Math.min(1, Math.max(0, reach - distance({ x, y }, from, end)));
          if (covered > (pixels[at] ?? 0)) pixels[at] = covered;
        }
      }
    }
  }
  return pixels;
}

/** Distance from a point to a segment. */
function distance({ x, y }: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const squared = dx * dx + dy * dy;
  const along = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - from.x) * dx + (y - from.y) * dy) / squared));
  return Math.hypot(x - from.x - along * dx, y - from.y - along * dy);
}

function range(a: number, b: number, reach: number, side: number): readonly [number, number] {
  return [Math.max(0, Math.floor(Math.min(a, b) - reach)), Math.min(side - 1, Math.ceil(Math.max(a, b) + reach))];
}

function extent(values: readonly number[]): readonly [number, number] {
  return values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)] as const, [
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ] as const);
}
