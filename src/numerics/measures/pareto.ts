/** Fronts of points where x shall be small and y large: bits against accuracy. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Whether `a` is at least as good as `b` in both and better in one. */
export function dominates(a: Point, b: Point): boolean {
  return a.x <= b.x && a.y >= b.y && (a.x < b.x || a.y > b.y);
}

/**
 * The indices of the points that no other point dominates, in ascending x. Of points that are equal in both the first is taken.
 * Points with a coordinate that is not a number are never on the front.
 */
export function paretoFront(points: readonly Point[]): readonly number[] {
  const order = points.flatMap(({ x, y }, i) => (Number.isNaN(x) || Number.isNaN(y) ? [] : [i]));
  order.sort((a, b) => at(points, a).x - at(points, b).x || at(points, b).y - at(points, a).y || a - b);
  let best = Number.NEGATIVE_INFINITY;
  return order.filter((i) => {
    const { y } = at(points, i);
    if (y <= best && best !== Number.NEGATIVE_INFINITY) return false;
    best = y;
    return true;
  });
}

/**
 * The area that the points dominate up to a reference, in units of x times units of y (Zitzler and Thiele 1998): the larger, the
 * better the front. What is not better than the reference in both coordinates adds nothing.
 * @throws RangeError if the reference is not finite
 */
export function hypervolume(points: readonly Point[], reference: Point): number {
  if (!Number.isFinite(reference.x) || !Number.isFinite(reference.y)) {
    throw new RangeError(`The reference point (${reference.x}, ${reference.y}) must be finite.`);
  }
  const inside = points.filter(({ x, y }) => x < reference.x && y > reference.y);
  let area = 0;
  let floor = reference.y;
  for (const i of paretoFront(inside)) {
    const { x, y } = at(inside, i);
    area += (reference.x - x) * (y - floor);
    floor = y;
  }
  return area;
}

function at(points: readonly Point[], i: number): Point {
  return points[i] as Point;
}
