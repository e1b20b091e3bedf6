import { expect, type Page, test } from '@playwright/test';
import { LabPage } from './lab-page';

const card = (page: Page, place: number) => page.getByRole('list', { name: 'Stages' }).getByRole('listitem').nth(place);

test('a stage takes the focus along when it is moved, copied and removed; Back undoes each', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open('v=1&d=mnist&m=mlp,widths:16&train=steps:20&quantize=bits:3&train=steps:10&backend=wasm');
  const start = lab.fragment();
  await card(page, 1)
    .getByRole('button', { name: /Quantize/ })
    .press('Enter');
  await card(page, 1).getByRole('button', { name: 'Move up' }).press('Enter');
  await expect(card(page, 0).getByRole('button', { name: 'Move up' })).toBeFocused();
  await expect.poll(() => lab.fragment()).toMatch(/widths:16&quantize=bits:3&train/);

  await card(page, 0).getByRole('button', { name: 'Duplicate' }).press('Enter');
  await expect(card(page, 1).getByRole('button', { name: /^2 Quantize/ })).toBeFocused();
  await card(page, 1).getByRole('button', { name: 'Remove' }).press('Enter');
  await expect(card(page, 1).getByRole('button', { name: /^2 Train/ })).toBeFocused();
  await expect.poll(() => lab.fragment()).toMatch(/widths:16&quantize=bits:3&train=steps:20&train=steps:10/);

  for (let i = 0; i < 3; i++) await page.goBack();
  await expect.poll(() => lab.fragment()).toBe(start);
  await page.goForward();
  await expect.poll(() => lab.fragment()).toMatch(/widths:16&quantize=bits:3&train/);
});
