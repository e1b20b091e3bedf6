import { expect, test } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from './expect-page';
import { LabPage } from './lab-page';

const TICKET = 'v=1&d=mnist&m=mlp,widths:16&repeat=rounds:5,of:3&train=steps:20&prune=amount:20&rewind&train=steps:10&backend=wasm';

test('a repeat is a bracket whose rounds and edges are changed by keyboard', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open(TICKET);
  const group = page.getByRole('group', { name: 'Repeated 5 times' });
  await expect(group.getByRole('heading')).toHaveText([/Repeat/, /Train/, /Prune/, /Rewind/]);

  await group.getByRole('spinbutton', { name: 'Rounds' }).press('ArrowUp');
  await expect.poll(() => lab.fragment()).toContain('repeat=rounds:6,of:3&');
  const larger = page.getByRole('group', { name: 'Repeated 6 times' });
  await larger.getByRole('button', { name: /^1 Repeat/ }).press('Enter');
  await expectAccessible(page);
  await larger.getByRole('button', { name: 'Include the next stage' }).press('Enter');
  await expect.poll(() => lab.fragment()).toContain('repeat=rounds:6,of:4&');
  await expect(larger.getByRole('button', { name: 'Include the next stage' })).toHaveAttribute('aria-disabled', 'true');
  for (let i = 0; i < 2; i++) await larger.getByRole('button', { name: 'Move the last stage out' }).press('Enter');
  await expect.poll(() => lab.fragment()).toContain('repeat=rounds:6,of:2&');

  await larger.getByRole('button', { name: 'Remove' }).first().press('Enter');
  await expect.poll(() => lab.fragment()).toMatch(/widths:16&train=steps:20&prune=amount:20&rewind&train=steps:10/);
  await expect(page.getByRole('button', { name: /^1 Train/ })).toBeFocused();
});

test('a repeat is added around the last round', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open('v=1&d=mnist&m=mlp,widths:16&train=steps:20&prune=amount:20&rewind&backend=wasm');
  await page.getByRole('button', { name: 'Add a stage' }).click();
  await page.getByRole('menuitem', { name: /^Repeat/ }).click();
  await expect.poll(() => lab.fragment()).toContain('repeat=of:3&train=steps:20&prune=amount:20&rewind');
  await expect(page.getByRole('button', { name: /^1 Repeat/ })).toBeFocused();
});

test('a program with repeats fits a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await new LabPage(page).open(`v=1&d=mnist&m=mlp,widths:16&repeat=rounds:9,of:4&train=steps:20&repeat=of:2&prune&rewind&backend=wasm`);
  await expectNoSidewaysScroll(page);
});
