/** Measures the built app as a person meets it: bytes, time from play to the first step, long tasks while training and while a view opens. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { isBuilt } from '../scripts/freshness.mjs';
import { prepareData } from '../scripts/prepare-data.mjs';
import { FIRST_SCREEN, firstPaintFiles } from '../scripts/size.mjs';
import { serveFolder } from './browser.mjs';
import { longestTask } from './long-task.mjs';
import { measures } from './plan.mjs';
import { row } from './row.mjs';
import { measureViews } from './views.mjs';

const MODEL = 'lenet-300-100';
const START_MS = 5 * 60_000;

/** @returns {rows, notes} */
export async function measureApp(root, browser, options, say) {
  say('the app: building and serving it');
  if (!isBuilt(root)) {
    await prepareData(undefined, { root });
    await build({ root, logLevel: 'error' });
  }
  const wants = (key) => options.wants(measures[key]);
  const rows = [];
  if (wants('page')) rows.push(row({ key: 'page', unit: 'kB', ours: [firstPageKilobytes(root)], hasGoal: true }));
  const notes = [];
  if (!wants('play') && !wants('task') && !wants('view')) return { rows, notes };
  const server = await serveFolder(root, join(root, 'dist'));
  try {
    if (wants('view')) rows.push(...(await measureViews(browser, server.url, options, say)));
    if (!wants('play') && !wants('task')) return { rows, notes };
    const visits = [];
    const count = Math.min(options.rounds, 3);
    for (let round = 0; round < count; round++) {
      say(`the app: visit ${round + 1} of ${count}`);
      visits.push(await visit(browser, `${server.url}#v=1&m=${MODEL}&train=steps:2000`, options.quick ? 3_000 : 10_000));
    }
    const other = visits.find(({ backend }) => !backend.startsWith('WebGPU') || backend.includes('fallback'));
    if (other) notes.push({ model: MODEL, who: 'the app', reason: `it used ${other.backend} instead of WebGPU` });
    const base = { model: MODEL, unit: 'ms' };
    if (wants('play')) rows.push(row({ ...base, key: 'play', ours: visits.map(({ firstStepMs }) => firstStepMs) }));
    // The goal is about the longest of all, not about the median visit.
    const longest = Math.max(...visits.map(({ longestTaskMs }) => longestTaskMs));
    if (wants('task')) rows.push(row({ ...base, key: 'task', ours: [longest], hasGoal: true }));
  } finally {
    await server.close();
  }
  return { rows, notes };
}

/** What the page loads before it can paint. */
function firstPageKilobytes(root) {
  const dist = join(root, 'dist');
  const files = firstPaintFiles(JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8')), FIRST_SCREEN);
  const bytes = files.filter((file) => file.endsWith('.js')).map((file) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length);
  return bytes.reduce((a, b) => a + b, 0) / 1000;
}

/** Opens the app, presses play when it is ready, and watches it train for a while. */
async function visit(browser, url, watchMs) {
  const page = await browser.newPage();
  try {
    await page.goto(url);
    const play = page.getByRole('button', { name: 'Play', exact: true });
    await page.locator('.backend-badge:not(.backend-badge-waiting)').waitFor({ timeout: START_MS });
    await page.getByText(/Ready/).first().waitFor({ timeout: START_MS });
    await page.evaluate(watch);
    const longestTaskMs = await longestTask(browser, page, async () => {
      await play.click();
      await page.waitForFunction(() => globalThis.benchVisit.firstStepMs !== null, null, { timeout: START_MS });
      await page.waitForTimeout(watchMs);
    });
    const backend = await page.locator('.backend-badge').textContent();
    return { ...(await page.evaluate(() => globalThis.benchVisit)), longestTaskMs, backend };
  } finally {
    await page.close();
  }
}

/** Runs in the page: notes when the button is pressed and when the first step shows. */
function watch() {
  const visit = { firstStepMs: null };
  globalThis.benchVisit = visit;
  let pressed = 0;
  document.addEventListener(
    'click',
    () => {
      pressed ||= performance.now();
    },
    { capture: true },
  );
  const sentence = document.querySelector('.run-where');
  new MutationObserver(() => {
    if (visit.firstStepMs === null && pressed > 0 && /step [1-9]/.test(sentence.textContent))
      visit.firstStepMs = performance.now() - pressed;
  }).observe(sentence, { subtree: true, childList: true, characterData: true });
}
