import { expect, test } from '@playwright/test';
import { DEFAULT_ON_WASM, LabPage } from './lab-page';

test('a link that is not valid names each field and opens the nearest valid experiment', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open('v=1&d=mnist&m=lenet-300-100&seed=7&train=steps:many,lr:0.002&quantize=bits:99&colour=red&backend=wasm');
  const notice = page.getByRole('status').filter({ hasText: 'could not be read' });
  await expect(notice).toContainText('stage 1 · steps');
  await expect(notice).toContainText('stage 2 · bits');
  await expect(notice).toContainText('colour');
  await expect(lab.stages).toContainText('Adam 0.002');
  await expect(lab.stages).toContainText('16 bits');
  await expect(page.getByRole('spinbutton', { name: 'Seed' })).toHaveValue('7');
  await notice.getByRole('button', { name: 'Dismiss' }).click();
  await expect(notice).toBeHidden();
});

test('a link of a newer version says so and keeps what it can', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open('v=99&d=mnist&m=lenet-5&train=steps:10&teleport=far&backend=wasm');
  await expect(page.getByRole('status').filter({ hasText: 'newer Fewbits' })).toBeVisible();
  await expect(lab.stages).toContainText('10 steps');
});

test('a link that a messenger moved into the query opens its experiment, at an address without it', async ({ page }) => {
  await page.goto('./?v=1&amp;d=mnist&amp;m=mlp,widths:32&amp;train=steps:10&amp;quantize=bits:3&amp;backend=wasm)');
  const stages = page.getByRole('list', { name: 'Stages' });
  await expect(stages).toContainText('3 bits');
  await page.getByRole('button', { name: 'Add a stage' }).click();
  await page.getByRole('menuitem', { name: /^Train/ }).click();
  await expect.poll(() => page.url()).toMatch(/\/#v=1&d=mnist&m=mlp,widths:32&train=steps:10&quantize=bits:3&train&backend=wasm$/);
});

test('decimal commas are decimals, and Enter while an input method composes leaves the text alone', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open('v=1&d=mnist&m=mlp,widths:32&train=steps:10&backend=wasm');
  await lab.stages.getByRole('button', { name: /Train/ }).click();
  const rate = page.getByRole('spinbutton', { name: 'Learning rate' });
  await rate.fill('0,01');
  await rate.dispatchEvent('keydown', { key: 'Enter', keyCode: 13, isComposing: true });
  await expect(rate).toHaveValue('0,01');
  await rate.press('Enter');
  await expect(rate).toHaveValue('0.01');
  await expect.poll(() => lab.fragment()).toContain('lr:0.01');
});

test('back and forward go through the edits of an experiment', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open(DEFAULT_ON_WASM);
  await expect(lab.stages.getByRole('heading', { name: 'Quantize' })).toHaveCount(1);
  await page.getByRole('button', { name: 'Add a stage' }).click();
  await page.getByRole('menuitem', { name: /^Train/ }).click();
  await expect(lab.stages.getByRole('heading', { name: 'Train' })).toHaveCount(2);
  await page.goBack();
  await expect(lab.stages.getByRole('heading', { name: 'Train' })).toHaveCount(1);
  await page.goForward();
  await expect(lab.stages.getByRole('heading', { name: 'Train' })).toHaveCount(2);
});
