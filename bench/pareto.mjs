/** The Pareto chart with 500 runs: how long the browser's main thread is taken at most during pointing and brushing. */
import { longestTask } from './long-task.mjs';
import { row } from './row.mjs';

const MOVES = 60;
const PATIENCE_MS = 5 * 60_000;

/** @returns rows */
export async function measurePareto(browser, options, say) {
  const longest = [];
  for (let round = 0; round < options.rounds; round++) {
    say(`the Pareto chart: visit ${round + 1} of ${options.rounds}`);
    longest.push(await visit(browser));
  }
  // The goal is about the longest of all, not about the median visit.
  return [row({ key: 'pareto', unit: 'ms', ours: [Math.max(...longest)], hasGoal: true })];
}

async function visit(browser) {
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  try {
    await page.goto(`${browser.url}pareto.html`);
    const plot = page.locator('[role="slider"]');
    await page.locator('.recharts-surface').first().waitFor();
    const { x, y, width, height } = await plot.boundingBox();
    const at = (right, down) => page.mouse.move(x + right * width, y + down * height);
    const told = (pattern) => page.waitForFunction((text) => new RegExp(text).test(document.querySelector('#told').value), pattern);
    // Not counted: what is compiled at the first touch.
    await at(0.5, 0.5);
    await at(0.45, 0.45);
    return await longestTask(browser, page, async () => {
      for (let i = 0; i < MOVES; i++) await at(0.2 + (0.7 * i) / MOVES, 0.5 + 0.4 * Math.sin(i));
      await told('^run \\d+$');
      await at(0.3, 0.2);
      await page.mouse.down();
      for (let i = 1; i <= MOVES; i++) await at(0.3 + (0.5 * i) / MOVES, 0.2 + (0.6 * i) / MOVES);
      await page.mouse.up();
      await told('of 500$');
    });
  } finally {
    await page.close();
  }
}
