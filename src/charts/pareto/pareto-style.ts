/** Colours and shapes of the groups of a Pareto chart. */

/**
 * Each has a contrast of 3.5:1 or more on the light and on the dark paper. Blue, orange and green are not among them: in this lab they
 * mean float, stored and structure.
 */
const colors = ['#8f56c9', '#9a7a10', '#128a7d', '#c2468f', '#6d8a1c', '#93684a', '#c24a5e'] as const;
/** For more numbers than there are colours, from few to many: neighbours look like neighbours. */
const ramp = ['#8f56c9', '#c2468f', '#c24a5e', '#9a7a10', '#6d8a1c'] as const;
const shapes = ['circle', 'square', 'triangle', 'diamond', 'star', 'wedge', 'plus', 'hourglass'] as const;
const OTHER = '#7b7f87';

export type Shape = (typeof shapes)[number];

/** The groups in the order of a legend: numbers by size, other words as they come. */
export function groupOrder(groups: Iterable<string>): readonly string[] {
  const all = [...new Set(groups)].filter((group) => group !== '');
  return areNumbers(all) ? all.sort((a, b) => Number(a) - Number(b)) : all;
}

/** The colour of what belongs to no group. */
export const PLAIN_COLOR: string = colors[0];

/**
 * The colour of each group of an axis. It follows from the word, not from its place, so that it is the same in the next sweep; of two
 * words that want the same colour, the second takes the next free one. Numbers that are more than the colours share a ramp, and other
 * words from the eighth on a grey.
 */
export function groupColors(order: readonly string[]): ReadonlyMap<string, string> {
  if (order.length > colors.length && areNumbers(order))
    return new Map(order.map((group, i) => [group, mixed((i / (order.length - 1)) * (ramp.length - 1))]));
  return new Map([...slots(order, colors.length)].map(([group, slot]) => [group, colors[slot] ?? OTHER]));
}

/** A slot below `size` for each word, by the word itself; −1 for those that find none. */
function slots(order: readonly string[], size: number): ReadonlyMap<string, number> {
  const taken = new Map<number, string>();
  const found = new Map<string, number>();
  for (const group of order) {
    const wanted = wish(group);
    const free = Array.from({ length: size }, (_, i) => (wanted + i) % size).find((slot) => !taken.has(slot)) ?? -1;
    if (free >= 0) taken.set(free, group);
    found.set(group, free);
  }
  return found;
}

/** Small whole numbers in a row want slots in a row; of words, FNV-1a. */
function wish(group: string): number {
  const value = Number(group);
  if (group.trim() !== '' && Number.isInteger(value) && value >= 0 && value <= 64) return value;
  let hash = 0x811c9dc5;
  for (let i = 0; i < group.length; i++) hash = Math.imul(hash ^ group.charCodeAt(i), 0x01000193) >>> 0;
  return hash % 9973;
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
