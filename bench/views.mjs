/** How long the main thread is taken at most while a view of a trained model opens for the first time. */
import { longestTask } from './long-task.mjs';
import { row } from './row.mjs';

const LINK = '#v=1&m=lenet-300-100&train=steps:100&quantize=bits:4&backend=wasm';
const START_MS = 5 * 60_000;

const heading = (page, name) => page.getByRole('heading', { name }).first().waitFor();
const button = (page, name) => page.getByRole('button', { name, exact: true }).first().click();
const tab = async (page, name) => {
  await page.getByRole('tab', { name, exact: true }).click();
  await page.getByRole('tabpanel').first().waitFor();
};

/** In this order, in one page: the first view opened pays for what it shares with the others. */
const views = [
  { name: 'Draw', open: (page) => tab(page, 'Draw') },
  { name: 'Weights', open: (page) => tab(page, 'Weights') },
  { name: 'Quantizer', open: (page) => tab(page, 'Quantizer') },
  { name: 'Numbers', open: (page) => tab(page, 'Numbers') },
  { name: 'Measure', open: (page) => tab(page, 'Measure') },
  { name: 'Runs', open: (page) => button(page, 'Runs').then(() => heading(page, /runs/i)), leaves: true },
  { name: 'Sweep', open: (page) => button(page, 'Sweep').then(() => heading(page, /sweep/i)), leaves: true },
];

/** @returns rows */
export async function measureViews(browser, url, options, say) {
  const times = new Map(views.map(({ name }) => [name, []]));
  const rounds = Math.min(options.rounds, 3);
  for (let round = 0; round < rounds; round++) {
    say(`views of the app: visit ${round + 1} of ${rounds}`);
    for (const [name, ms] of await visit(browser, url)) times.get(name).push(ms);
  }
  // The goal is about the longest of all, not about the median visit.
  return [...times].map(([model, ms]) => row({ key: 'view', model, unit: 'ms', ours: [Math.max(...ms)], hasGoal: true }));
}

async function visit(browser, url) {
  const page = await browser.newPage();
  page.setDefaultTimeout(START_MS);
  try {
    await page.goto(`${url}${LINK}`);
    await page.locator('.backend-badge:not(.backend-badge-waiting)').waitFor();
    await button(page, 'Play');
    await page.getByText('all stages finished').first().waitFor();
    const times = [];
    for (const { name, open, leaves } of views) {
      const ms = await longestTask(browser, page, async () => {
        await open(page);
        // What the view draws after it stands is a part of its opening.
        await page.waitForTimeout(1_000);
      });
      times.push([name, ms]);
      if (leaves) await page.goBack();
    }
    return times;
  } finally {
    await page.close();
  }
}
