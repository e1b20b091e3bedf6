import fc from 'fast-check';
import { flushSync } from 'react-dom';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ParetoChart } from '../pareto/pareto-chart';
import type { ParetoPoint } from '../pareto/pareto-points';
import { ChartFrame } from '../shared/chart-frame';
import { figurePng, figureSvg } from './export-figure';
import { svgDocument } from './figure-drawing';

let root: Root;
let container: HTMLElement;

beforeEach(() => {
  theme({ '--paper': '#fbfbf9', '--ink': '#1c1f26', '--stored': '#d6602a' });
  container = document.createElement('div');
  container.style.cssText = 'width: 480px; height: 320px';
  document.body.append(container);
  root = createRoot(container);
});

function theme(tokens: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(tokens)) document.documentElement.style.setProperty(name, value);
}

afterEach(() => {
  flushSync(() => root.unmount());
  container.remove();
});

function parsed(svg: string): Document {
  const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
  expect(parsed.querySelector('parsererror')?.textContent ?? '').toBe('');
  return parsed;
}

const figure = () => container.querySelector('figure') as HTMLElement;

function drawn(canvas: HTMLCanvasElement | null): void {
  const pen = canvas?.getContext('2d');
  if (!pen) return;
  pen.fillStyle = '#ff0000';
  pen.fillRect(0, 0, 40, 20);
}

function renderPicture(): void {
  flushSync(() =>
    root.render(
      <ChartFrame title="Bits & accuracy" subtitle="as measured" summary="One sentence." table={() => ({ head: [], rows: [] })}>
        <span style={{ background: 'rgb(1, 2, 3)', display: 'inline-block', width: 8, height: 8 }} />
        <i style={{ background: 'linear-gradient(in oklab to right, red, blue)', display: 'inline-block', width: 30, height: 8 }} />
        <b>legend &lt;2 bits&gt;</b>
        <svg width="200" height="100" className="some" aria-hidden="true">
          <path d="M0 0H10" style={{ stroke: 'var(--stored)', fill: 'none' }} />
          <rect x="1" width="5" height="5" fill="var(--paper)" />
          <rect style={{ display: 'none' }} width="7" />
          <text style={{ fill: 'var(--ink)', fontSize: 11 }}>2 bits</text>
        </svg>
        <canvas ref={drawn} width="40" height="20" style={{ display: 'block' }} />
      </ChartFrame>,
    ),
  );
}

test('a figure is a drawing that needs nothing of the page', () => {
  renderPicture();
  const svg = figureSvg(figure());
  const made = parsed(svg);
  expect(made.querySelector('title')?.textContent).toBe('Bits & accuracy');
  expect(made.querySelector('desc')?.textContent).toBe('One sentence.');
  const texts = [...made.querySelectorAll('text')].map((text) => text.textContent);
  expect(texts).toEqual(expect.arrayContaining(['Bits & accuracy', 'as measured', 'legend <2 bits>', '2 bits', 'One sentence.']));
  expect(svg).not.toMatch(/var\(|class=|aria-|SVG|PNG/);
  // --stored, and the paper as white.
  expect(made.querySelector('path[d="M0 0H10"]')?.getAttribute('style')).toContain('stroke: rgb(214, 96, 42)');
  expect(made.querySelector('rect[x="1"]')?.getAttribute('style')).toContain('fill: rgb(255, 255, 255)');
  expect(made.querySelector('rect')?.getAttribute('fill')).toBe('rgb(255, 255, 255)');
  expect(made.querySelector('rect[fill="rgb(1, 2, 3)"]')?.getAttribute('width')).toBe('8');
  const stops = [...made.querySelectorAll('linearGradient stop')].map((stop) => stop.getAttribute('stop-color'));
  expect([stops.length, stops[0], stops.at(-1)]).toEqual([9, 'rgb(255, 0, 0)', 'rgb(0, 0, 255)']);
  expect(made.querySelector('rect[width="7"]')).toBeNull();
  expect(made.querySelector('image')?.getAttribute('href')).toMatch(/^data:image\/png/);
  for (const text of made.querySelectorAll('svg > text'))
    expect(text.getAttribute('font-family') || text.getAttribute('style')).toBeTruthy();
});

test('black and red are colours, see-through is none', () => {
  container.innerHTML = `<figure><i style="display: block; height: 8px; background: black; border-top: 2px solid red;
    border-left: 3px solid rgba(1, 2, 3, 0); border-right: 4px solid oklab(0.5 0 0 / 0); border-bottom: 5px solid transparent"></i></figure>`;
  const fills = [...parsed(figureSvg(figure())).querySelectorAll('rect')].slice(1).map((rect) => rect.getAttribute('fill'));
  expect(fills).toEqual(['rgb(0, 0, 0)', 'rgb(255, 0, 0)']);
});

test('the dark theme gives dark paper', () => {
  theme({ '--paper': '#15171b', '--ink': '#e9e7e2' });
  renderPicture();
  expect(parsed(figureSvg(figure())).querySelector('rect')?.getAttribute('fill')).toBe('rgb(21, 23, 27)');
});

test('a PNG has two pixels for one, and the colours of the canvas', async () => {
  renderPicture();
  const bitmap = await createImageBitmap(await figurePng(figure()));
  const { width, height } = figure().getBoundingClientRect();
  expect([bitmap.width, bitmap.height]).toEqual([Math.ceil((width + 32) * 2), Math.ceil((height + 32) * 2)]);
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const pen = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
  pen.drawImage(bitmap, 0, 0);
  const [own, frame] = [container.querySelector('canvas') as HTMLElement, figure()].map((element) => element.getBoundingClientRect());
  const at = (x: number, y: number) => [...pen.getImageData(Math.round(x * 2), Math.round(y * 2), 1, 1).data];
  expect(at(own!.left - frame!.left + 16 + 20, own!.top - frame!.top + 16 + 10)).toEqual([255, 0, 0, 255]);
  expect(at(2, 2)).toEqual([255, 255, 255, 255]);
});

test('any words survive the document', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (words) => {
      const font = { family: words, size: 11, weight: '400', tabular: true };
      const text = { kind: 'text', x: 0, y: 0, text: words, width: 10, fill: 'red', font, opacity: 1 } as const;
      const made = parsed(svgDocument({ width: 1, height: 1, title: words, description: words, paper: 'white', parts: [text] }, words));
      expect(made.querySelector('text')?.textContent).toBe(words);
      expect(made.querySelector('text')?.getAttribute('font-family')).toBe(words);
    }),
  );
});

test('the Pareto chart: marks at their places, arrow keys, a saved picture', async () => {
  const points: readonly ParetoPoint[] = [2, 4, 8].map((bits) => ({
    id: `run ${bits}`,
    label: `${bits} bits`,
    testAccuracy: 0.9 + bits / 100,
    totalBits: bits * 1000,
    denseBits: 32_000,
    weights: 1000,
    origin: 'live',
  }));
  const told: (string | null)[] = [];
  const chart = (
    <ParetoChart
      points={points}
      x="bits-per-weight"
      y="accuracy"
      onX={() => {}}
      onY={() => {}}
      onHover={(ids) => told.push(ids?.join() ?? null)}
      onOpen={(id) => told.push(`open ${id}`)}
    />
  );
  flushSync(() => root.render(chart));
  await expect.poll(() => container.querySelectorAll('svg').length, { timeout: 30_000 }).toBeGreaterThan(4);
  const slider = container.querySelector('[role="slider"]') as HTMLElement;
  for (const key of ['ArrowRight', 'ArrowRight', 'Enter', 'Escape']) {
    flushSync(() => void slider.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })));
  }
  expect(told).toEqual(['run 2', 'run 4', 'open run 4', null]);
  const made = parsed(figureSvg(figure()));
  const texts = [...made.querySelectorAll('text')].map((text) => text.textContent);
  expect(texts).toEqual(expect.arrayContaining(['Accuracy vs. cost', 'bits per weight', '2', '4', '8', 'reference point for the area']));
});
