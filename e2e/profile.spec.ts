import { expect, test } from '@playwright/test';
import { LabPage } from './lab-page';

const TINY = 'v=1&d=mnist&m=mlp,widths:16&train=steps:30,eval:0,batch:32';

test('the profile shows launches, times and memory of a captured step on WebGPU', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open(`${TINY}&backend=webgpu`);
  await page.getByRole('tab', { name: 'Profile' }).click();
  const panel = page.getByRole('tabpanel', { name: 'Profile' });
  await expect(panel).toContainText('Press play');
  await lab.play();
  await expect(panel.getByText('kernel launches')).toBeVisible({ timeout: 120_000 });
  await expect(panel.getByRole('figure', { name: /(Time|Launches) by kernel/ })).toBeVisible();
  const launches = Number(/kernel launches\s*(\d+)/.exec((await panel.textContent()) ?? '')?.[1]);
  expect(launches).toBeGreaterThan(5);
  expect(launches).toBeLessThanOrEqual(30);
  await lab.done();
});

test('on other backends the profile says that steps are captured on WebGPU only', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open(`${TINY}&backend=wasm`);
  await page.getByRole('tab', { name: 'Profile' }).click();
  await lab.play();
  await lab.done();
  await expect(page.getByRole('tabpanel', { name: 'Profile' })).toContainText(/only on WebGPU.*ms a step/);
});
