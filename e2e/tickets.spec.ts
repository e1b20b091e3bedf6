import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { DEFAULT_ON_WASM, LabPage } from './lab-page';

test('the lottery bench opens recorded tickets from the menu of labs, without training', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open(DEFAULT_ON_WASM);
  await page.getByRole('button', { name: 'Labs' }).click();
  await page.getByRole('menuitem', { name: /Lottery tickets/ }).click();
  const bench = page.getByRole('main', { name: 'Lottery tickets' });
  const rows = bench.getByRole('region', { name: 'Networks compared' }).getByRole('row');
  await expect(rows.filter({ hasText: /^Dense network/ })).toContainText('100.0 %');
  await expect(rows.filter({ hasText: /^Ticket/ })).toHaveCount(4);
  await expect(rows.filter({ hasText: 'New initial weights' })).toContainText('slower');
  await expect(bench.getByRole('img', { name: /^Ticket, 16.9 %/ })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  expect(await lab.losses()).toEqual([]);
  await page.goBack();
  await expect(lab.results).toBeVisible();
});

test('rounds become rows as they finish, and a control trains only what follows the last round', async ({ page }) => {
  const lab = new LabPage(page);
  const rounds = 'repeat=rounds:2,of:3&train=steps:20,eval:10,best:yes&prune=amount:40&rewind&train=steps:20,eval:10,best:yes';
  await lab.open(`v=1&d=mnist&m=mlp,widths:16&${rounds}&backend=wasm`);
  await page.getByRole('button', { name: 'Labs' }).click();
  await page.getByRole('menuitem', { name: /Lottery tickets/ }).click();
  const bench = page.getByRole('main', { name: 'Lottery tickets' });
  await bench.getByText('Your run', { exact: true }).click();
  await bench.getByRole('button', { name: 'Run', exact: true }).click();
  const rows = bench.getByRole('region', { name: 'Networks compared' }).getByRole('row');
  await expect(rows.filter({ hasText: /^Ticket/ })).toHaveCount(2, { timeout: 90_000 });
  await expect(rows.filter({ hasText: /^Ticket/ }).last()).toContainText('36.0 %');
  await bench.getByText('New initial weights', { exact: true }).first().click();
  await bench.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(rows.filter({ hasText: 'New initial weights' })).toHaveCount(1, { timeout: 90_000 });
  // The ticket stays for comparison: its run was saved.
  await expect(rows.filter({ hasText: /^Ticket/ })).toHaveCount(2);
  expect(await lab.losses()).toHaveLength(4 * 20);
});
