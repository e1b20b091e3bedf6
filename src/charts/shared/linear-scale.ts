/**
 * Written here because d3-scale, with the formats of numbers, colours and dates that it brings, adds 15.5 kB to the first paint and breaks
 * its budget; the steps of d3-shape end at the outer points, without the outer halves of the first and the last step.
 */

/** A linear map from a domain to pixels, and back. */
export interface LinearScale {
  (value: number): number;
  readonly invert: (pixel: number) => number;
}

/** Throws RangeError if the domain is empty. */
export function linearScale([from, to]: readonly [number, number], [start, end]: readonly [number, number]): LinearScale {
  if (!(from !== to)) throw new RangeError('The domain of a scale must not be empty.');
  const slope = (end - start) / (to - from);
  const scale = (value: number) => start + (value - from) * slope;
  return Object.assign(scale, { invert: (pixel: number) => from + (pixel - start) / slope });
}

/** An SVG path through the points as steps: level at each point, changing half-way to the next; the first and last level are drawn in full. */
export function stepPath(points: readonly (readonly [x: number, y: number])[]): string {
  const [first, second] = points;
  if (!first) return '';
  const half = second ? (second[0] - first[0]) / 2 : 0;
  const commands = points.map(
    ([x, y], i) => `${i === 0 ? 'M' : 'V'}${i === 0 ? `${round(x - half)} ${round(y)}` : round(y)}H${round(x + half)}`,
  );
  return commands.join('');
}

/** The same steps closed down to `bottom`. */
export function stepArea(points: readonly (readonly [x: number, y: number])[], bottom: number): string {
  const line = stepPath(points);
  return line === '' ? '' : `${line}V${round(bottom)}${line.replace(/^M(\S+).*$/, 'H$1')}Z`;
}

function round(x: number): number {
  return Math.round(x * 10) / 10;
}
