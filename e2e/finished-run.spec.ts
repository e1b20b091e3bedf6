import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { LabPage } from './lab-page';

const TINY = 'v=1&d=mnist&m=mlp,widths:16&train=steps:20,eval:0&quantize=bits:3&backend=wasm';

test('the file that is downloaded is as long as the ledger says', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open(TINY);
  await lab.play();
  await lab.done();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'download' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('mnist-mlp-3bit-seed-42.fewbits');
  const bytes = (await readFile(await file.path())).length;
  await expect(page.getByRole('figure', { name: 'Where the bits go' })).toContainText(`${bytes.toLocaleString('en-US')} bytes`);
});

test('a finished run asks before it starts again, and keeps the focus', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open(TINY);
  await page.getByRole('button', { name: 'Play', exact: true }).focus();
  await page.keyboard.press('Enter');
  await lab.done();
  const again = page.getByRole('button', { name: 'Run again…' });
  await expect(again).toBeFocused();
  const accuracy = await lab.testAccuracy();

  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'This run is done' });
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(again).toBeFocused();
  expect(await lab.testAccuracy()).toBe(accuracy);

  await again.click();
  await dialog.getByRole('button', { name: 'Run it again' }).click();
  // Not by what the page says meanwhile: a run this small may be over before the test looks.
  await expect.poll(async () => (await lab.losses()).length).toBe(40);
  await lab.done();
  const losses = await lab.losses();
  expect(losses.slice(20)).toEqual(losses.slice(0, 20));
  expect(await lab.testAccuracy()).toBe(accuracy);
});
