import { expect, test } from '@playwright/test';
import { LabPage } from './lab-page';

const LONG = 'v=1&d=mnist&m=mlp,widths:16&train=steps:30,eval:0&quantize=bits:3&train=steps:60000,eval:0&backend=wasm';

test('a run that a reload interrupted is offered, and goes on from where it was', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open(LONG);
  await lab.play();
  // It is saved at the end of each stage, among others.
  await expect(lab.run.getByText(/step [\d,]+ of 60,000/)).toBeVisible({ timeout: 100_000 });
  await page.reload();
  await expect(page.getByText(/^Your run was interrupted at step [\d,]+ of 60,030\.$/)).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await expect(lab.run.getByText(/step [\d,]+ of 60,000/)).toBeVisible({ timeout: 100_000 });
  await expect.poll(async () => (await lab.losses()).length, { timeout: 100_000 }).toBeGreaterThan(0);
  await expect(page.getByText('Your run was interrupted')).toHaveCount(0);
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect(lab.run.getByText('Ready')).toBeVisible();
});
