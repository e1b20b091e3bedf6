import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { expectAccessibleInBothThemes, expectNoSidewaysScroll } from './expect-page';
import { LabPage } from './lab-page';

const HEAD = 'v=1&d=mnist&m=mlp,widths:12&backend=wasm';
const SWEPT = `${HEAD}&train=steps:40,eval:0,batch:32&quantize&sweep=quantize.bits:2,4;seed:1,2`;

const view = (page: Page) => page.getByRole('main', { name: 'Sweep' });
const runs = (page: Page) => page.getByRole('dialog', { name: 'Runs' });
const sweep = (page: Page) => view(page).getByRole('region', { name: 'Two by two', exact: true });

/** What the chart says of every point, seeds apart. */
async function pointsOf(page: Page): Promise<string[]> {
  const chart = view(page).getByRole('figure', { name: 'Accuracy vs. cost' });
  const seeds = chart.getByRole('switch', { name: 'each seed' });
  if ((await seeds.getAttribute('aria-checked')) !== 'true') await seeds.click();
  const slider = chart.getByRole('slider');
  await expect(slider).toHaveAttribute('aria-valuemax', '4');
  await slider.focus();
  const told: string[] = [];
  for (const key of ['Home', 'ArrowRight', 'ArrowRight', 'ArrowRight']) {
    await page.keyboard.press(key);
    await expect(slider).toHaveAttribute('aria-valuenow', String(told.length + 1));
    told.push((await slider.getAttribute('aria-valuetext')) ?? '');
  }
  return told;
}

async function exported(page: Page, kind: 'JSON' | 'CSV') {
  const download = page.waitForEvent('download');
  await sweep(page).getByRole('button', { name: 'Export the sweep' }).press('Enter');
  await page.getByRole('menuitem', { name: new RegExp(`^${kind}`) }).press('Enter');
  const file = await download;
  return { name: file.suggestedFilename(), text: String(await readFile(await file.path())) };
}

test('a 2 × 2 sweep is exported and imported in another browser, by the button and by dropping it: the same points', async ({
  page,
  browser,
}) => {
  await new LabPage(page).open(SWEPT);
  await view(page).getByRole('button', { name: 'Start the sweep' }).click();
  await expect(view(page)).toContainText('Done: 4 of 4 runs.', { timeout: 150_000 });
  const name = view(page).getByRole('textbox', { name: 'Name' });
  await name.fill('Two by two');
  await name.press('Enter');
  const points = await pointsOf(page);
  expect(new Set(points).size).toBe(4);
  expect(points[0]).toMatch(/^Bits 2, Seed \d · [\d.]+\s%/);
  const table = await exported(page, 'CSV');
  expect(table.name).toBe('two-by-two-sweep.csv');
  expect(table.text.split('\r\n').map((row) => row.split(',').slice(0, 2).join())).toEqual([
    ...['quantize.bits,seed', '2,1', '2,2', '4,1', '4,2', ''],
  ]);
  const file = await exported(page, 'JSON');
  expect(file.name).toBe('two-by-two-sweep.json');

  const other = await (await browser.newContext()).newPage();
  await new LabPage(other).open(`${HEAD}&train=steps:5&quantize&runs=list`);
  const buffer = Buffer.from(file.text);
  await runs(other)
    .getByLabel('Files with runs')
    .setInputFiles([{ name: file.name, mimeType: 'application/json', buffer }]);
  await expect(runs(other)).toContainText('4 runs imported. They form a sweep.');
  await expectAccessibleInBothThemes(other);
  await runs(other).getByRole('button', { name: 'Show the sweep' }).click();
  await expect(sweep(other)).toContainText('Done: 4 of 4 runs.');
  expect(await pointsOf(other)).toEqual(points.map((text) => `${text} · imported`));
  await sweep(other).getByRole('button', { name: 'Show every run' }).click();
  await expect(sweep(other).getByRole('button', { name: /^Open run/ })).toHaveCount(4);
  await expectAccessibleInBothThemes(other);
  await other.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(other);

  await other.reload();
  await expect(sweep(other)).toContainText('Done: 4 of 4 runs.', { timeout: 60_000 });
  const again = await exported(other, 'JSON');
  expect(JSON.parse(again.text)).toEqual({
    ...JSON.parse(file.text),
    runs: JSON.parse(file.text).runs.map((run: object) => ({ ...run, origin: 'imported' })),
  });

  const dropped = await other.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], 'dropped.json', { type: 'application/json' }));
    return transfer;
  }, file.text);
  await other.dispatchEvent('body', 'drop', { dataTransfer: dropped });
  await expect(runs(other)).toContainText('Nothing new: 4 runs already saved. They form a sweep.');
  await other.context().close();
});
