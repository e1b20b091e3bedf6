/** Colours and shapes of the groups of a Pareto chart. */

/** Each has a contrast of 3.5:1 or more on the light and on the dark paper. */
const colors = ['#3b7fc4', '#d6602a', '#2b8a6b', '#a855a0', '#9a7a10', '#1e8fa3', '#cf5a55', '#7a6ad8'] as const;
/** For numbers, from few to many: one way around the hues, so that neighbours look like neighbours. */
const ramp = ['#4a6fd8', '#8a5fd0', '#b9529f', '#cf5a55', '#b8791a'] as const;
const shapes = ['circle', 'square', 'triangle', 'diamond', 'star', 'wedge', 'plus', 'hourglass'] as const;
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

/** The shape of each group; they repeat from the ninth on. */
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

/** How the fronts of ghosts are dashed, in turn. */
const dashes = ['3 3', '9 3', '1 3', '9 3 1 3'] as const;

/** Ghosts that can be distinguished. */
export const GHOST_LIMIT = dashes.length;

export function ghostDash(ghost: number): string {
  return dashes[ghost % dashes.length] ?? dashes[0];
}

export function ghostShape(ghost: number): Shape {
  return shapes[ghost % shapes.length] ?? 'circle';
}

/** Relative to the middle of the mark, in relative commands: many marks may be one path. */
const paths: Readonly<Record<Shape, string>> = {
  circle: 'm-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0z',
  square: 'm-4 -4h8v8h-8z',
  triangle: 'm0 -5.2l5 9h-10z',
  diamond: 'm0 -5.6l5 5.6l-5 5.6l-5 -5.6z',
  star: 'm0 -6l1.6 4.1h4.4l-3.5 2.7l1.2 4.2l-3.7 -2.5l-3.7 2.5l1.2 -4.2l-3.5 -2.7h4.4z',
  wedge: 'm0 5.2l5 -9h-10z',
  plus: 'm-1.7 -5.2h3.4v3.5h3.5v3.4h-3.5v3.5h-3.4v-3.5h-3.5v-3.4h3.5z',
  hourglass: 'm-4.5 -4.8h9l-9 9.6h9z',
};

/** An SVG path of a mark about ten pixels wide around a position. */
export function shapePath(shape: Shape, x = 0, y = 0): string {
  return `M${position(x)} ${position(y)}${paths[shape]}`;
}

/** The cross of a failed run. */
export function failedPath(x: number, y: number): string {
  return `M${position(x)} ${position(y)}m-4 -4l8 8m-8 0l8 -8`;
}

function position(x: number): string {
  return String(Math.round(x * 10) / 10);
}
