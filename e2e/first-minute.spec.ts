import { expect, type Page, test } from '@playwright/test';
import { expectAccessibleInBothThemes, expectNoSidewaysScroll } from './expect-page';
import { DEFAULT_ON_WASM, LabPage } from './lab-page';

const introduction = (page: Page) => page.getByRole('region', { name: 'How few bits does a neural network need?' });
const tries = (page: Page) => introduction(page).getByRole('listitem').getByRole('button');
const WAIT = { timeout: 240_000 };

/** Presses a try with the keyboard alone: Tab until it has the focus. */
async function pressByKeyboard(page: Page, number: number): Promise<void> {
  const wanted = tries(page).nth(number - 1);
  for (let i = 0; i < 40; i++) {
    if (await wanted.evaluate((button) => button === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await expect(wanted).toBeFocused();
  await page.keyboard.press('Enter');
}

const ways = {
  pointer: (page: Page, number: number) =>
    tries(page)
      .nth(number - 1)
      .click(),
  keyboard: pressByKeyboard,
};

for (const [way, press] of Object.entries(ways)) {
  test(`the first minute, by ${way}: accuracy falls with the bits, and comes back when the network trains on`, async ({ page }) => {
    test.setTimeout(600_000);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const lab = new LabPage(page);
    await lab.open(DEFAULT_ON_WASM);
    const chart = page.getByRole('figure', { name: 'Loss and accuracy' });
    const tried = async (number: number) => {
      await press(page, number);
      await expect(tries(page).nth(number - 1)).toContainText(/\d\s%, [\d.]+× smaller/, WAIT);
      await expect(lab.results.locator('.headline-value').first()).toBeVisible();
      const said = Number.parseFloat(
        /([\d.]+)\s%/.exec(
          (await tries(page)
            .nth(number - 1)
            .textContent()) ?? '',
        )?.[1] ?? '',
      );
      // The button says what the four numbers say.
      await expect.poll(() => lab.testAccuracy(), WAIT).toBeCloseTo(said, 1);
      return said;
    };

    await expect(introduction(page)).toContainText('reads handwritten digits');
    const four = await tried(1);
    expect(four).toBeGreaterThan(95);
    expect(await lab.losses()).toEqual([]);

    const two = await tried(2);
    expect(two).toBeLessThan(four - 30);
    // Nothing was trained for it, and what was not trained here is named.
    expect(await lab.losses()).toEqual([]);
    await expect(page.getByRole('main')).toContainText('Stage 1 is a recorded example');
    await expect(chart).toContainText(/Quantize: test accuracy fell from [\d.]+\s% to [\d.]+\s%/);
    expect(lab.fragment()).toContain('quantize=bits:2');

    const further = await tried(3);
    expect(further).toBeGreaterThan(two + 30);
    expect(await lab.losses()).toHaveLength(500);
    await expect(chart).toContainText('2,500 of 2,500 steps');
    await expect(page.getByText('Saved in Runs')).toBeVisible();
  });
}

test('the first notch of Bits measures at once, what was there stays meanwhile, and Back undoes it', async ({ page }) => {
  test.setTimeout(300_000);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const lab = new LabPage(page);
  await lab.open(DEFAULT_ON_WASM);
  await expect(page.getByRole('region', { name: 'Recorded example' })).toBeVisible();
  const main = page.getByRole('main');
  const four = await lab.testAccuracy();
  await lab.stages.getByText('Quantize', { exact: true }).click();
  const bits = lab.stages.getByRole('slider', { name: 'Bits' });
  await bits.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(lab.results.locator('.headline-value').first()).not.toContainText('not measured yet');
  await expect(main).toHaveAttribute('data-shown', 'live', WAIT);
  await lab.done();
  await expect.poll(() => lab.testAccuracy()).toBeLessThan(four);
  expect(await lab.losses()).toEqual([]);
  await page.goBack();
  await expect(main).toHaveAttribute('data-shown', 'recorded');
  expect(await lab.testAccuracy()).toBe(four);
});

test('it can be closed for good, and Experiments brings it back; axe finds nothing in it', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const lab = new LabPage(page);
  await lab.open(DEFAULT_ON_WASM);
  await expect(introduction(page)).toBeVisible();
  await expectAccessibleInBothThemes(page, '#results');
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await introduction(page).getByRole('button', { name: 'Close the introduction' }).click();
  await expect(introduction(page)).toHaveCount(0);
  await lab.open(DEFAULT_ON_WASM);
  await expect(page.getByRole('region', { name: 'Recorded example' })).toBeVisible();
  await expect(introduction(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Experiments' }).click();
  await page.getByRole('menuitem', { name: /The first minute/ }).click();
  await expect(introduction(page)).toBeVisible();
});
