/** Colours and shapes of the groups of a Pareto chart. */

/** Each has a contrast of 3.5:1 or more on the light and on the dark paper. */
const colors = ['#3b7fc4', '#d6602a', '#2b8a6b', '#a855a0', '#9a7a10', '#1e8fa3', '#cf5a55', '#7a6ad8'] as const;
/** For numbers, from few to many: one way around the hues, so that neighbours look like neighbours. */
const ramp = ['#4a6fd8', '#8a5fd0', '#b9529f', '#cf5a55', '#b8791a'] as const;
const shapes = ['circle', 'square', 'triangle', 'diamond', 'star', 'wedge'] as const;
const OTHER = '#7b7f87';

export type Shape = (typeof shapes)[number];

/** The groups in the order of a legend: numbers by size, other words as they come. */
export function groupOrder(groups: Iterable<string>): readonly string[] {
  const all = [...new Set(groups)].filter((group) => group !== '');
  return areNumbers(all) ? all.sort((a, b) => Number(a) - Number(b)) : all;
}

/** The colour of each group, in the order of `groupOrder`. From the ninth word on they share a grey. */
export function groupColors(order: readonly string[]): ReadonlyMap<string, string> {
  if (order.length > 2 && areNumbers(order))
    return new Map(order.map((group, i) => [group, mixed((i / (order.length - 1)) * (ramp.length - 1))]));
  return new Map(order.map((group, i) => [group, colors[i] ?? OTHER]));
}

/** The shape of each group; they repeat from the seventh on. */
export function groupShapes(order: readonly string[]): ReadonlyMap<string, Shape> {
  return new Map(order.map((group, i) => [group, shapes[i % shapes.length] ?? 'circle']));
}

function areNumbers(groups: readonly string[]): boolean {
  return groups.every((group) => group.trim() !== '' && Number.isFinite(Number(group)));
}

function mixed(at: number): string {
  const [from, to] = [ramp[Math.floor(at)] ?? OTHER, ramp[Math.ceil(at)] ?? OTHER];
  const share = at - Math.floor(at);
  const byte = (color: string, i: number) => Number.parseInt(color.slice(i, i + 2), 16);
  return `#${[1, 3, 5]
    .map((i) =>
      Math.round(byte(from, i) * (1 - share) + byte(to, i) * share)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

const paths: Readonly<Record<Shape, string>> = {
  circle: 'M-4.5 0A4.5 4.5 0 1 0 4.5 0A4.5 4.5 0 1 0 -4.5 0Z',
  square: 'M-4 -4H4V4H-4Z',
  triangle: 'M0 -5.2L5 3.8H-5Z',
  diamond: 'M0 -5.6L5 0L0 5.6L-5 0Z',
  star: 'M0 -6L1.6 -1.9L6 -1.9L2.5 0.8L3.7 5L0 2.5L-3.7 5L-2.5 0.8L-6 -1.9L-1.6 -1.9Z',
  wedge: 'M0 5.2L5 -3.8H-5Z',
};

/** An SVG path around the origin, about ten pixels wide. */
export function shapePath(shape: Shape): string {
  return paths[shape];
}

/** The cross of a failed run. */
export const FAILED_PATH = 'M-4 -4L4 4M-4 4L4 -4';
