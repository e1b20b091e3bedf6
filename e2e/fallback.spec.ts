import { expect, test } from '@playwright/test';
import { requireBrowser } from '../scripts/find-browser.mjs';
import { LabPage, SMALL } from './lab-page';

// No flag that offers WebGPU: the adapter is missing, as on many machines.
test.use({
  launchOptions: {
    executablePath: requireBrowser(),
    args: ['--no-sandbox', '--disable-features=WebGPU', '--enable-unsafe-swiftshader', '--disable-background-networking', '--no-first-run'],
  },
});

test('without WebGPU the lab says why and trains on another backend', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open(SMALL);
  await expect(page.getByRole('status').filter({ hasText: 'WebGPU is not available' })).toBeVisible();
  await expect(lab.run.getByRole('button', { name: /^(WebGL|WebAssembly) · fallback/ })).toBeVisible();
  await lab.play();
  await lab.done();
  expect(await lab.testAccuracy()).toBeGreaterThan(60);
});
