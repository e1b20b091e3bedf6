/** The pen that keys move; coordinates are in units of the canvas. */
export interface Pen {
  readonly x: number;
  readonly y: number;
  readonly down: boolean;
}

const STEP = 1 / 28;
const directions: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The pen after a key; null for a key that has nothing to do with it. @param fast four steps at once */
export function moved(pen: Pen, key: string, fast: boolean): Pen | null {
  if (key === ' ') return { ...pen, down: !pen.down };
  const direction = Object.hasOwn(directions, key) ? directions[key] : undefined;
  if (!direction) return null;
  const [dx, dy] = direction;
  const step = fast ? 4 * STEP : STEP;
  return { ...pen, x: onPaper(pen.x + dx * step), y: onPaper(pen.y + dy * step) };
}

function onPaper(value: number): number {
  return Math.min(1, Math.max(0, value));
}
