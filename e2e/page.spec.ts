import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { LabPage, SMALL } from './lab-page';

async function seriousProblems(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const lab = new LabPage(page);
    await lab.open(SMALL);
    expect(await seriousProblems(page)).toEqual([]);
    await lab.stages.getByRole('button', { name: /Train/ }).click();
    await lab.play();
    await lab.done();
    expect(await seriousProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Share' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await seriousProblems(page)).toEqual([]);
  });
}

test('1440 × 900 needs no scrolling of the page', async ({ page }) => {
  await new LabPage(page).open();
  const excess = await page.evaluate(() => document.documentElement.scrollHeight - document.documentElement.clientHeight);
  expect(excess).toBeLessThanOrEqual(0);
});

for (const [width, height] of [
  [1440, 900],
  [1024, 768],
  [390, 844],
] as const) {
  test(`${width} × ${height} never scrolls sideways, and play is in sight`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await new LabPage(page).open();
    const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(excess).toBeLessThanOrEqual(0);
    await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeInViewport();
  });
}

test('no keyboard trap: a stage is added, changed and played by keyboard alone', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open('v=1&d=mnist&m=mlp,widths:16&train=steps:10,eval:0');
  const add = page.getByRole('button', { name: 'Add a stage' });
  await tabTo(page, 'Add a stage');
  await expect(add).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: /^Train/ })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: /^Quantize/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(lab.stages.getByRole('heading', { name: 'Quantize' })).toBeVisible();

  await tabTo(page, 'Bits', 'slider');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => lab.fragment()).toContain('quantize=bits:3');
  await tabTo(page, 'Play');
  await page.keyboard.press('Enter');
  await lab.done();
});

/** Presses Tab until the control of this name has the focus. */
async function tabTo(page: Page, name: string, role: 'button' | 'slider' = 'button'): Promise<void> {
  const target = page.getByRole(role, { name });
  for (let i = 0; i < 80; i++) {
    if ((await target.count()) === 1 && (await target.evaluate((element) => element === document.activeElement))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reached ${name}.`);
}
