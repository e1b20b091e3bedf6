import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { expectAccessible, expectAccessibleInBothThemes, expectNoSidewaysScroll } from './expect-page';
import { LabPage } from './lab-page';

const TINY = 'v=1&d=mnist&m=mlp,widths:12&train=steps:20,eval:10,batch:32&quantize=bits:3';
const WASM = `${TINY}&backend=wasm`;

const runs = (page: Page) => page.getByRole('dialog', { name: 'Runs' });
const rows = (page: Page) =>
  runs(page)
    .getByRole('table', { name: 'Saved runs' })
    .getByRole('row')
    .filter({ has: page.getByRole('checkbox') });

async function openRuns(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Runs', exact: true }).click();
  await expect(runs(page)).toBeVisible();
}

async function runTiny(page: Page, fragment = WASM): Promise<LabPage> {
  const lab = new LabPage(page);
  await lab.open(fragment);
  await lab.play();
  await lab.done();
  return lab;
}

/** Chooses an entry of a row's menu. */
async function more(row: Locator, entry: string): Promise<void> {
  await row.getByRole('button', { name: /^More for/ }).click();
  await row.page().getByRole('menuitem', { name: entry }).click();
}

test('a run is kept, survives a reload, is exported, removed, put back, and imported as it was', async ({ page }) => {
  const lab = await runTiny(page);
  const accuracy = await lab.testAccuracy();
  await openRuns(page);
  expect(lab.fragment()).toContain('runs=list');
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText('then quantize weights to 3 bits');
  const shown = await rows(page)
    .getByRole('cell', { name: /^\d+\.\d\d\s%$/ })
    .textContent();
  expect(Math.abs(Number.parseFloat(shown ?? '') - accuracy)).toBeLessThanOrEqual(0.06);

  await more(rows(page), 'Name, tags and note…');
  await page.getByRole('textbox', { name: 'Name' }).fill('the first');
  await page.getByRole('textbox', { name: 'Tags' }).fill('best, report');
  await page.getByRole('textbox', { name: 'Note' }).fill('to be looked at again');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(rows(page)).toContainText('the first');

  await page.reload();
  await expect(rows(page)).toContainText('the first', { timeout: 60_000 });
  await expect(rows(page)).toContainText('to be looked at again');
  await expect(rows(page).getByRole('button', { name: 'List runs with the tag report' })).toBeVisible();

  const download = page.waitForEvent('download');
  await more(rows(page), 'Export as JSON');
  const file = await download;
  expect(file.suggestedFilename()).toBe('mnist-mlp-3bit-seed-42.json');
  const exported = await readFile(await file.path());

  await more(rows(page), 'Remove');
  await expect(rows(page)).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(rows(page)).toHaveCount(1);
  await more(rows(page), 'Remove');
  await page.reload();
  await expect(runs(page)).toContainText('No run is saved yet.', { timeout: 60_000 });

  const input = runs(page).getByLabel('Files with runs');
  await input.setInputFiles([{ name: 'run.json', mimeType: 'application/json', buffer: exported }]);
  await expect(runs(page)).toContainText('1 run imported.');
  await expect(rows(page)).toContainText('the first');
  const again = page.waitForEvent('download');
  await more(rows(page), 'Export as JSON');
  const twice = JSON.parse(String(await readFile(await (await again).path())));
  expect(twice).toEqual({ ...JSON.parse(String(exported)), origin: 'imported' });

  await input.setInputFiles([{ name: 'broken.json', mimeType: 'application/json', buffer: Buffer.from('{') }]);
  await expect(runs(page)).toContainText('broken.json is not JSON.');
  const table = page.waitForEvent('download');
  await runs(page).getByRole('button', { name: 'Export all' }).click();
  await page.getByRole('menuitem', { name: /^CSV/ }).click();
  const csv = String(await readFile(await (await table).path()));
  expect(csv.split('\r\n')[1]).toMatch(/^the first,/);
});

test('where the browser keeps no database, runs stay in the page and it says so', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'indexedDB', {
      get() {
        throw new Error('storage is blocked');
      },
    });
  });
  await runTiny(page);
  await expect(page.getByText(/Runs cannot be saved in this browser: it gives this page no database/)).toBeVisible();
  await openRuns(page);
  await expect(rows(page)).toContainText('in this page only');
});

test('a link with a result says reproduced, and differs where it does', async ({ page, browser }) => {
  const lab = await runTiny(page);
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Share this experiment' });
  const link = dialog.getByRole('textbox', { name: 'Link to this experiment' });
  await expect(link).not.toHaveValue(/passport/);
  await dialog.getByRole('switch', { name: /With the result/ }).focus();
  await page.keyboard.press('Space');
  await expect(link).toHaveValue(/&passport=[0-9a-f]{16}\.\d+\.wasm$/);
  await expectAccessible(page);
  const shared = `${new URL(await link.inputValue()).hash.slice(1)}&backend=wasm`;
  await page.keyboard.press('Escape');

  const context = await browser.newContext();
  const other = await context.newPage();
  const there = new LabPage(other);
  await there.open(shared);
  await expect(other.getByText(/This link contains a result: \d+\.\d\d\s% on WebAssembly/)).toBeVisible();
  await there.play();
  await there.done();
  await expect(other.getByText('Reproduced.')).toBeVisible();
  await expect(other.getByText(/the same, bit for bit/)).toBeVisible();
  expect(await there.testAccuracy()).toBe(await lab.testAccuracy());
  await there.open(shared.replace(/passport=[0-9a-f]{16}/, 'passport=0123456789abcdef'));
  await there.play();
  await there.done();
  await expect(other.getByText('Differs.')).toBeVisible();
  await expectAccessible(other);
  await other.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(other);
  await context.close();
});

test('two runs are compared: what differs, four numbers, curves, classes, flipped images', async ({ page }) => {
  const lab = await runTiny(page);
  await page.getByRole('button', { name: 'Pin as baseline' }).click();
  await expect(page.getByRole('button', { name: 'Unpin the baseline' })).toBeVisible();
  await lab.open(WASM.replace('bits:3', 'bits:2'));
  await lab.play();
  await lab.done();
  await page.getByRole('button', { name: 'Compare with the baseline' }).click();
  const comparison = page.getByRole('dialog', { name: 'Two runs compared' });
  await expect(comparison.getByRole('list', { name: 'What differs' }).getByRole('listitem')).toHaveText([/② quantize bits 3.*2/]);
  await expect(comparison.getByRole('row', { name: /^bits per weight/ })).toContainText('−');
  await expect(comparison.getByRole('figure', { name: 'Training loss' })).toContainText(/At the end: step 20: baseline/);
  await comparison.getByRole('figure', { name: 'Validation accuracy' }).getByRole('slider').focus();
  await page.keyboard.press('End');
  await expect(comparison.getByRole('figure', { name: 'Validation accuracy' })).toContainText(/step 20: baseline [\d.]+\s%/);
  await expect(comparison.getByRole('figure', { name: 'Accuracy by class' })).toContainText(/lost most|No class lost/);
  await expect(comparison).toContainText(/predictions? of 10,000 flipped/);
  await expect(comparison.getByRole('img', { name: /^image of/ }).first()).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);

  await comparison.getByRole('button', { name: 'All runs' }).click();
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).last()).toContainText('baseline');
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  for (const box of await runs(page).getByRole('checkbox').all()) {
    await box.focus();
    await page.keyboard.press('Space');
  }
  await runs(page).getByRole('button', { name: 'Compare', exact: true }).press('Enter');
  await expect(comparison.getByRole('list', { name: 'What differs' })).toContainText(/bits 2.*3/);
});
