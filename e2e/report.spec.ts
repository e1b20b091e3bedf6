import { expect, type Page, test } from '@playwright/test';
import { setStageValue } from '../src/experiment/program/edit';
import type { KeptRun } from '../src/experiment/results/kept-run';
import { keptRunOf } from '../src/experiment/testing/kept-run';
import { expectAccessibleInBothThemes, expectNoSidewaysScroll } from './expect-page';
import { LabPage } from './lab-page';

const TINY = 'v=1&d=mnist&m=mlp,widths:12&train=steps:20,eval:10,batch:32&quantize=bits:3&backend=wasm';

const latent = { min: -1, max: 1, counts: [1, 4, 8, 4, 3] };
const levels = { values: [-0.5, 0, 0.5], counts: [4, 10, 6], step: 0.5, bits: 2, distinct: 3, possible: 4, zeros: 10 };
const quantized = keptRunOf({
  id: 'quantized',
  name: 'two bits',
  weights: ['fc1', 'fc2'].map((layer) => ({ layer, latent, stored: levels })),
});
const float = keptRunOf(
  { id: 'float', name: 'a float run', weights: ['fc1', 'fc2'].map((layer) => ({ layer, latent, stored: null })) },
  { testAccuracy: 0.95, digest: 'b'.repeat(64) },
);

/** Brings runs into the page as from a file; the list of runs is open then. */
async function importRuns(page: Page, runs: readonly KeptRun[]): Promise<void> {
  const file = { name: 'runs.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(runs)) };
  await page.getByLabel('Files with runs').setInputFiles([file]);
  await expect(page.getByText(`${runs.length} ${runs.length === 1 ? 'run' : 'runs'} imported.`)).toBeVisible();
}

test('the report of a finished run says what the screen says', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open(TINY);
  await lab.play();
  await lab.done();
  const accuracy = await lab.testAccuracy();
  const file = (await page.getByRole('figure', { name: 'Where the bits go' }).textContent())?.match(/([\d,]+) bits = ([\d,]+) bytes/);
  const [, bits = '', bytes = ''] = file ?? [];
  await page.getByRole('tab', { name: 'Numbers' }).click();
  const digest = (await page.getByText(/^[0-9a-f]{64}$/).textContent()) ?? '';

  await page.getByRole('button', { name: 'Report' }).click();
  const report = page.getByRole('dialog', { name: 'Report' });
  expect(lab.fragment()).toMatch(/runs=report%7E[0-9a-f]{16}/);
  const shown = await report
    .getByText(/^\d+\.\d\d\s%$/)
    .first()
    .textContent();
  expect(Math.abs(Number.parseFloat(shown ?? '') - accuracy)).toBeLessThanOrEqual(0.06);
  const sum = report.getByRole('region', { name: 'Where the bits go' }).getByRole('row', { name: /^sum/ });
  await expect(sum).toContainText(bits);
  await expect(sum).toContainText(`${bytes} bytes`);
  await expect(report.getByRole('region', { name: 'Results of each stage' }).getByRole('row')).toHaveCount(3);
  await expect(report.getByRole('region', { name: '① Train: settings that differ from the default' })).toContainText('20 steps');
  await expect(report).toContainText(digest);
  await expect(report).toContainText("npm run -s lab -- run '#v=1&d=mnist&m=mlp,widths:12&train=steps:20");
  await expect(report.getByRole('figure', { name: /^Weights of/ })).toHaveCount(2);
  await expect(report.getByRole('figure', { name: 'Training loss' })).toContainText('at step 20');

  // It has an address of its own, and is reached from the list.
  await page.reload();
  await expect(report).toContainText(digest, { timeout: 60_000 });
  await report.getByRole('button', { name: 'All runs' }).click();
  await page.getByRole('button', { name: /^More for/ }).click();
  await page.getByRole('menuitem', { name: 'Report' }).click();
  await expect(report).toContainText(digest);
});

/** The report of a run that comes from a file. */
async function openReport(page: Page) {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('./#runs=list&backend=cpu');
  await importRuns(page, [quantized]);
  await page.getByRole('button', { name: 'More for two bits' }).click();
  await page.getByRole('menuitem', { name: 'Report' }).click();
  const report = page.getByRole('dialog', { name: 'Report' });
  await expect(report.getByRole('figure', { name: /^Weights of/ })).toHaveCount(2);
  return report;
}

test('a report can be read in both themes and on a phone', async ({ page }) => {
  await openReport(page);
  await expectAccessibleInBothThemes(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
});

test('a report prints alone on white paper', async ({ page }) => {
  const report = await openReport(page);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expect(report.getByRole('heading', { name: 'two bits' })).toBeVisible();
  await expect(page.locator('#root')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden();
  await expect(page.getByRole('button', { name: 'Training loss as a table' })).toBeHidden();
  const colours = await page.evaluate(() => [
    getComputedStyle(document.documentElement).backgroundColor,
    getComputedStyle(document.body).backgroundColor,
    getComputedStyle(document.querySelector('.report') as Element).color,
  ]);
  expect(colours).toEqual(['rgb(255, 255, 255)', 'rgb(255, 255, 255)', 'rgb(28, 31, 38)']);
  expect((await page.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-');
  await page.emulateMedia({ media: 'screen' });

  // What the button calls would stop the page.
  await page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-printed', document.title);
  });
  await report.getByRole('button', { name: 'Print' }).click();
  await expect(page.locator('body')).toHaveAttribute('data-printed', 'two bits: report');
});

test('the weights of two runs are compared layer by layer', async ({ page }) => {
  await page.goto('./#runs=list&backend=cpu');
  await importRuns(page, [float, quantized]);
  for (const name of ['a float run', 'two bits']) await page.getByRole('checkbox', { name: `Choose ${name}` }).press('Space');
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  const weights = page.getByRole('dialog', { name: 'Two runs compared' }).getByRole('figure', { name: /^Weights of/ });
  await expect(weights).toContainText(
    /Baseline: 32-bit floats between .* 20 weights\. This run: 3 of the 4 possible values of 2 bits between .* 50\s% of 20 weights are 0 in the file/,
  );
  await weights.getByRole('slider').focus();
  await page.keyboard.press('End');
  await expect(weights).toContainText(/baseline: while training: 0\.600 to 1\.00 · 3 weights/);
  await weights.getByRole('combobox', { name: 'Layer' }).selectOption('fc2');
  await expect(page.getByRole('figure', { name: 'Weights of fc2' })).toBeVisible();
  await page.getByRole('button', { name: 'Weights of fc2 as a table' }).click();
  await expect(page.getByRole('row', { name: /^this run in the file 0 10 50\.0\s%$/ })).toBeVisible();
});

test('three runs are compared in one chart, with what differs and a pair to choose', async ({ page }) => {
  await page.goto('./#runs=list&backend=cpu');
  const { experiment } = float.record;
  const three = [2, 3, 4].map((bits) => {
    const changed = setStageValue(experiment, 1, 'bits', bits);
    const validation = { step: [2, 2], value: [0.9, bits / 10] };
    const change = { id: `b${bits}`, curves: { ...float.curves, validation }, weights: float.weights ?? [] };
    return keptRunOf(change, { experiment: changed, digest: String(bits).repeat(64) });
  });
  await importRuns(page, three);
  for (const bits of [2, 3, 4]) await page.getByRole('checkbox', { name: `Choose ${bits} bits` }).press('Space');
  await page.getByRole('button', { name: 'Compare', exact: true }).press('Enter');
  const dialog = page.getByRole('dialog', { name: '3 runs compared' });
  await expect(dialog.getByRole('row', { name: /^quantize: bits/ })).toContainText('234');
  const accuracy = dialog.getByRole('figure', { name: 'Validation accuracy' });
  await expect(accuracy).toContainText(/step 2: A 90\.00\s%, then 20\.00\s%, B .* then 30\.00\s%, C .* then 40\.00\s%/);
  await expect(dialog.getByRole('figure', { name: /^Weights of/ })).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
});

test('a pinned run is what numbers and curves are compared with, until it is unpinned', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open(`${TINY}&runs=list`);
  await importRuns(page, [float]);
  await page.getByRole('button', { name: 'More for a float run' }).click();
  await page.getByRole('menuitem', { name: 'Pin as baseline' }).click();
  await lab.open(TINY);
  await expect(page.getByText(/^Baseline: a float run, 95\.00\s%$/)).toBeVisible();
  await lab.play();
  await lab.done();
  await expect(lab.results.getByText(/vs\. baseline$/)).toHaveCount(3);
  const change = await lab.results
    .getByText(/^[\d.]+ points below the baseline$/)
    .first()
    .textContent();
  expect(Math.abs((await lab.testAccuracy()) + Number.parseFloat(change ?? '') - 95)).toBeLessThan(0.11);
  const trace = page.getByRole('figure', { name: 'Loss and accuracy' });
  await expect(trace).toContainText(/Dashed grey: the baseline a float run: mean loss 1\.0, validation accuracy 80\.0\s% at step 2/);
  await page.getByRole('button', { name: 'Unpin the baseline, a float run' }).click();
  await expect(lab.results).not.toContainText('vs. baseline');
  await expect(lab.results).toContainText('float32 after stage 1');
  await expect(trace).not.toContainText('Dashed grey');
});
