import { expect, test } from '@playwright/test';
import { LabPage, SMALL } from './lab-page';

test('a person trains, quantizes and shares; the link gives the same run elsewhere', async ({ page, browser }) => {
  const lab = new LabPage(page);
  await lab.open(`${SMALL}&backend=webgpu`);
  await expect(lab.run.getByRole('button', { name: /^WebGPU/ })).toBeVisible();
  await lab.play();
  await lab.done();
  await expect(lab.run.getByRole('button', { name: /^WebGPU(?! · fallback)/ })).toBeVisible();
  expect(await lab.testAccuracy()).toBeGreaterThan(60);
  const losses = await lab.losses();
  expect(losses).toHaveLength(60);
  await expect(lab.results).toContainText(/[45]\.\d/);

  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const link = await page.getByRole('textbox', { name: 'Link to this experiment' }).inputValue();

  const context = await browser.newContext();
  const other = new LabPage(await context.newPage());
  await other.open(`${new URL(link).hash.slice(1)}&backend=webgpu`);
  expect(other.fragment()).toBe(lab.fragment());
  await expect(other.stages).toContainText('60 steps');
  await other.play();
  await expect.poll(async () => (await other.losses()).length, { timeout: 120_000 }).toBeGreaterThanOrEqual(20);
  expect((await other.losses()).slice(0, 20)).toEqual(losses.slice(0, 20));
  await context.close();
});

test('pause, step and reset: the same initial weights give the same losses', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open(`${SMALL.replace('steps:60', 'steps:30000')}&backend=wasm`);
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect.poll(async () => (await lab.losses()).length).toBe(1);
  await expect(lab.run.getByText('step 1 of 30,000')).toBeVisible();
  await lab.play();
  await expect.poll(async () => (await lab.losses()).length).toBeGreaterThan(5);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(lab.run.getByText('paused')).toBeVisible();

  const before = await lab.losses();
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect(lab.run.getByText('Ready')).toBeVisible();
  await lab.play();
  await expect.poll(async () => (await lab.losses()).length).toBeGreaterThan(before.length + 5);
  const after = (await lab.losses()).slice(before.length);
  expect(after.slice(0, 5)).toEqual(before.slice(0, 5));
});

test('without a graphics card WebAssembly computes and says why; another engine goes on with the run, and Back returns', async ({
  page,
}) => {
  const lab = new LabPage(page);
  await lab.open(SMALL.replace('steps:60', 'steps:30000'));
  const badge = (name: string) => lab.run.getByRole('button', { name: new RegExp(`^${name}(?! · fallback).*what computes here`) });
  await expect(badge('WebAssembly')).toBeVisible();
  await expect(page.getByText('Everything works without it')).toHaveCount(0);
  await lab.play();
  await expect.poll(async () => (await lab.losses()).length).toBeGreaterThan(5);

  await badge('WebAssembly').click();
  await expect(page.getByRole('dialog')).toContainText('No graphics card was found');
  await expect(page.getByRole('dialog')).not.toContainText(/swiftshader/i);
  await expect(page.getByRole('radio', { name: /^WebGPU/ })).toBeVisible();
  await page.getByText('CPU, slowest').click();
  await page.keyboard.press('Escape');
  await expect(badge('JavaScript')).toBeVisible();
  expect(lab.fragment()).toContain('backend=cpu');
  await expect(page.getByText('JavaScript computes from here on, from the last checkpoint.')).toBeVisible();
  const before = (await lab.losses()).length;
  await expect.poll(async () => (await lab.losses()).length).toBeGreaterThan(before);

  await page.goBack();
  await expect(badge('WebAssembly')).toBeVisible();
  expect(lab.fragment()).not.toContain('backend');
});
