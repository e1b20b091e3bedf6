import { expect, type Page, test } from '@playwright/test';
import { expectAccessible, expectAccessibleInBothThemes, expectNoSidewaysScroll } from './expect-page';
import { DEFAULT_ON_WASM, LabPage, SMALL } from './lab-page';

test('axe finds nothing serious, light and dark', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open(`${SMALL}&backend=wasm`);
  await expectAccessibleInBothThemes(page);
  await lab.stages.getByRole('button', { name: /Train/ }).click();
  await lab.play();
  await lab.done();
  await expectAccessibleInBothThemes(page);
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await page.keyboard.press('Escape');
  // 1440 × 900 at 200 % zoom.
  await page.setViewportSize({ width: 720, height: 450 });
  await expect(page.getByRole('dialog')).toBeHidden();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Runs', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Sweep', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Sweep', exact: true })).toBeVisible();
  await expectAccessible(page);
});

test('1440 × 900 needs no scrolling of the page; it never scrolls sideways there or smaller, and play is in sight', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await new LabPage(page).open();
  const excess = (side: 'Width' | 'Height') =>
    page.evaluate((of) => document.documentElement[`scroll${of}`] - document.documentElement[`client${of}`], side);
  await expect.poll(() => excess('Height')).toBeLessThanOrEqual(0);
  for (const [width, height] of [
    [1440, 900],
    [1024, 768],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeInViewport();
    await expect.poll(() => excess('Width'), `${width} × ${height}`).toBeLessThanOrEqual(0);
  }
});

for (const [width, height] of [
  [1024, 768],
  [390, 844],
] as const) {
  test(`opened at ${width} × ${height} it never scrolls sideways, and play is in sight`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await new LabPage(page).open(DEFAULT_ON_WASM);
    await expectNoSidewaysScroll(page);
    await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeInViewport();
  });
}

test('no keyboard trap: a stage is added, changed and played by keyboard alone', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open('v=1&d=mnist&m=mlp,widths:16&train=steps:10,eval:0&backend=wasm');
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
