import { flushSync } from 'react-dom';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ParetoChart } from './pareto-chart';
import type { ParetoPoint } from './pareto-points';

let root: Root;
let container: HTMLElement;

beforeEach(() => {
  container = document.createElement('div');
  container.style.cssText = 'width: 640px; height: 420px';
  document.body.append(container);
  root = createRoot(container);
});

afterEach(() => {
  flushSync(() => root.unmount());
  container.remove();
});

/** Along a diagonal: the dearer, the better. */
const points: readonly ParetoPoint[] = Array.from({ length: 500 }, (_, i) => ({
  id: `run ${i}`,
  label: `run ${i}`,
  testAccuracy: 0.5 + i / 1250,
  totalBits: 2000 * 2 ** (i / 250),
  denseBits: 32_000,
  weights: 1000,
  origin: 'live',
}));

test('of 500 runs the one under the pointer is shown, and a brush leaves those inside it', async () => {
  const hovered: (string | null)[] = [];
  let left: readonly string[] | null = null;
  const onFilter = (ids: readonly string[] | null) => {
    left = ids;
  };
  const nothing = () => {};
  const chart = (
    <ParetoChart
      points={points}
      x="bits-per-weight"
      y="accuracy"
      onX={nothing}
      onY={nothing}
      onHover={(ids) => hovered.push(ids?.[0] ?? null)}
      onFilter={onFilter}
    />
  );
  flushSync(() => root.render(chart));
  await expect.poll(() => container.querySelector('.recharts-surface'), { timeout: 120_000 }).not.toBeNull();
  const plot = container.querySelector('.recharts-wrapper')?.parentElement as HTMLElement;
  // Only a real pointer can be captured.
  plot.setPointerCapture = () => {};
  const box = plot.getBoundingClientRect();
  const at = (type: string, right: number, down: number) => {
    const [clientX, clientY] = [box.left + right * box.width, box.top + down * box.height];
    plot.dispatchEvent(new PointerEvent(type, { bubbles: true, button: 0, clientX, clientY }));
  };
  for (let i = 0; i <= 40; i++) at('pointermove', 0.1 + 0.02 * i, 0.9 - 0.02 * i);
  const runs = hovered.filter((id) => id !== null);
  expect(new Set(runs).size).toBeGreaterThan(20);
  expect(runs.every((id) => /^run \d+$/.test(id))).toBe(true);

  expect(left).toBeNull();
  at('pointerdown', 0.4, 0.05);
  at('pointermove', 0.99, 0.95);
  await expect.poll(() => plot.querySelector('rect[class*="brush"]'), { timeout: 30_000 }).not.toBeNull();
  at('pointerup', 0.99, 0.95);
  await expect.poll(() => left?.length ?? 0, { timeout: 30_000 }).toBeGreaterThan(100);
  const ids = left as unknown as readonly string[];
  expect(ids.length).toBeLessThan(500);
  // The dear half, without a gap.
  expect(ids).toEqual(points.slice(500 - ids.length).map(({ id }) => id));
  await expect.poll(() => container.textContent, { timeout: 30_000 }).toContain(`${ids.length} of 500`);
});

test('a finger shows a mark with the first tap and opens it with the second', async () => {
  const opened: string[] = [];
  const hovered: (string | null)[] = [];
  const nothing = () => {};
  const chart = (
    <ParetoChart
      points={points.slice(0, 1)}
      x="bits-per-weight"
      y="accuracy"
      onX={nothing}
      onY={nothing}
      onHover={(ids) => hovered.push(ids?.[0] ?? null)}
      onOpen={(id) => opened.push(id)}
    />
  );
  flushSync(() => root.render(chart));
  await expect.poll(() => container.querySelector('.recharts-surface'), { timeout: 120_000 }).not.toBeNull();
  const plot = container.querySelector('.recharts-wrapper')?.parentElement as HTMLElement;
  const mark = plot.querySelector('path[class*="mark"]') as SVGPathElement;
  const { left, top, width, height } = mark.getBoundingClientRect();
  const tap = (clientX: number, clientY: number) => {
    for (const type of ['pointerdown', 'pointermove', 'pointerup', 'pointerout'])
      plot.dispatchEvent(new PointerEvent(type, { bubbles: true, button: 0, pointerType: 'touch', clientX, clientY }));
  };
  tap(left + width / 2, top + height / 2);
  await expect.poll(() => plot.querySelector('circle'), { timeout: 30_000 }).not.toBeNull();
  expect(hovered).toEqual(['run 0']);
  expect(opened).toEqual([]);
  tap(left + width / 2 + 4, top + height / 2);
  await expect.poll(() => opened, { timeout: 30_000 }).toEqual(['run 0']);
  tap(left + width / 2 + 60, top + height / 2);
  await expect.poll(() => plot.querySelector('circle'), { timeout: 30_000 }).toBeNull();
});
