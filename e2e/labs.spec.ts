import { expect, type Page, test } from '@playwright/test';
import { expectAccessible, expectAccessibleInBothThemes, expectNoSidewaysScroll } from './expect-page';
import { LabPage } from './lab-page';

const TINY = 'v=1&d=mnist&m=mlp,widths:16&train=steps:10,eval:0&quantize&backend=wasm';

/** Opens a lab by its link. */
async function openLab(page: Page, lab: string): Promise<LabPage> {
  const app = new LabPage(page);
  await app.open(`${TINY}&lab=${lab}`);
  await expect(dialog(page)).toBeVisible();
  return app;
}

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Labs' });

test('the labs open from the header, follow the address, and close', async ({ page }) => {
  const app = new LabPage(page);
  await app.open(TINY);
  await page.getByRole('button', { name: 'Labs' }).click();
  await page.getByRole('menuitem', { name: /^Rounding/ }).click();
  await expect(dialog(page).getByRole('tab', { name: 'Rounding' })).toHaveAttribute('aria-selected', 'true');
  expect(app.fragment()).toContain('lab=rounding');
  await dialog(page).getByRole('tab', { name: 'Descent' }).click();
  await expect.poll(() => app.fragment()).toContain('lab=descent');
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
  expect(app.fragment()).not.toContain('lab=');
});

test('formats: 0.3 in fp8, a bit switched, the next number by key', async ({ page }) => {
  await openLab(page, 'formats');
  const line = dialog(page).getByRole('slider', { name: 'Numbers of fp8 e4m3fn' });
  await expect(line).toHaveAttribute('aria-valuetext', '0.3125');
  await line.press('ArrowRight');
  await expect(line).toHaveAttribute('aria-valuetext', '0.34375');
  await dialog(page).getByRole('button', { name: 'exponent bit 1', exact: true }).click();
  await expect(line).toHaveAttribute('aria-valuetext', '0.171875');
  const field = dialog(page).getByRole('spinbutton', { name: 'Number to round' });
  await field.fill('1000');
  await field.press('Enter');
  await expect(dialog(page).getByText('1000 is out of range.')).toBeVisible();
  await dialog(page)
    .getByRole('button', { name: /Format/ })
    .click();
  await page.getByRole('option', { name: /fp8 e5m2/ }).click();
  await expect(dialog(page).getByRole('slider', { name: 'Numbers of fp8 e5m2' })).toHaveAttribute('aria-valuetext', '1024');
});

test('formats: int4, fixed point and a block with a shared scale', async ({ page }) => {
  await openLab(page, 'formats');
  const choose = async (name: RegExp) => {
    await dialog(page)
      .getByRole('button', { name: /Format/ })
      .click();
    await page.getByRole('option', { name }).click();
  };
  await choose(/^intN/);
  const int4 = dialog(page).getByRole('slider', { name: 'Numbers of int4' });
  await expect(int4).toHaveAttribute('aria-valuetext', '0');
  await dialog(page).getByRole('button', { name: 'sign bit 1, weight −8', exact: true }).click();
  await expect(int4).toHaveAttribute('aria-valuetext', '−8');
  await int4.press('ArrowRight');
  await expect(int4).toHaveAttribute('aria-valuetext', '−7');
  await choose(/^fixed point/);
  const fixed = (format: string) => dialog(page).getByRole('slider', { name: `Numbers of fixed point ${format}` });
  await expect(fixed('<6, 10>')).toHaveAttribute('aria-valuetext', '0.2998046875');
  await expect(dialog(page).getByRole('row', { name: /^fixed point <6, 10> 16 – – 31\.9990234375 – 2/ })).toBeVisible();
  const fractionBits = dialog(page).getByRole('spinbutton', { name: /^FL/ });
  await fractionBits.fill('1');
  await fractionBits.press('Enter');
  await expect(fixed('<6, 1>')).toHaveAttribute('aria-valuetext', '0.5');
  await choose(/^MXFP4/);
  const first = dialog(page)
    .getByRole('row')
    .filter({ has: page.getByRole('spinbutton', { name: 'Number 1 of the block', exact: true }) });
  await expect(first).toContainText(/6 \(largest\)\s*0111\s*6\s*−1\.9/);
  await expect(dialog(page).getByText(/4\.25 bits per weight/)).toBeVisible();
  await dialog(page).getByText('largest 0.3', { exact: true }).click();
  await expect(first).toContainText(/4\.8\s*4\s*0110\s*0\.25/);
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
});

test('rounding: 1.7 goes up in 7 of 10, and the mean of many draws is near it', async ({ page }) => {
  await openLab(page, 'rounding');
  await expect(dialog(page).getByRole('row', { name: /^stochastic 1 or 2/ })).toContainText('70.0');
  await dialog(page).getByText('10,000', { exact: true }).click();
  const mean = async () => Number(/Mean ([\d.]+)/.exec((await dialog(page).textContent()) ?? '')?.[1]);
  await expect.poll(async () => Math.abs((await mean()) - 1.7)).toBeLessThan(0.02);
});

test('descent: to nearest it stops at 512, stochastically it arrives; at rate 0.25 both do', async ({ page }) => {
  await openLab(page, 'descent');
  await expect(dialog(page).getByText(/stops at 512 after 7 steps/)).toBeVisible();
  await expect(dialog(page).getByText(/in 200 of 200 runs/)).toBeVisible();
  const rate = dialog(page).getByRole('spinbutton', { name: 'Learning rate' });
  await rate.fill('0.25');
  await rate.press('Enter');
  await expect(dialog(page).getByText('Rounded to nearest, x arrives at 1024 after 4 steps.')).toBeVisible();
  const path = dialog(page).getByRole('slider', { name: 'Path of x' });
  await path.press('ArrowRight');
  await expect(path).toHaveAttribute('aria-valuetext', /^Step 1: x 1/);
});

test('8 bits: the course’s codes, which follow a changed number and fewer bits', async ({ page }) => {
  await openLab(page, 'int8');
  const codes = dialog(page).locator('[aria-label="Codes"]');
  await expect(codes).toContainText(/119\s*35\s*61\s*127/);
  const cell = dialog(page).getByRole('spinbutton', { name: 'Row 1, column 2' });
  await cell.fill('0.5');
  await cell.press('Enter');
  await expect(codes).toContainText(/119\s*0\s*61\s*127/);
  await dialog(page).getByRole('slider', { name: 'Bits' }).press('Home');
  await expect(codes).toContainText('−2');
});

test('axe finds nothing serious in the labs, light and dark', async ({ page }) => {
  await openLab(page, 'formats');
  for (const name of ['Formats', 'Rounding', 'Descent', '8-bit matrix']) {
    await dialog(page).getByRole('tab', { name }).click();
    await expect(dialog(page).getByRole('tabpanel', { name })).toBeVisible();
    await expectAccessibleInBothThemes(page);
  }
});

test('on a phone the labs are in the header and never scroll sideways', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const app = new LabPage(page);
  await app.open(TINY);
  await page.getByRole('button', { name: 'Labs' }).click();
  await page.getByRole('menuitem', { name: /^Number formats/ }).click();
  for (const name of ['Formats', 'Rounding', 'Descent', '8-bit matrix']) {
    await dialog(page).getByRole('tab', { name }).click();
    await expect(dialog(page).getByRole('tabpanel', { name })).toBeVisible();
    await expectNoSidewaysScroll(page);
  }
});
