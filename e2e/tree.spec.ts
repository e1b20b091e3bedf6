import { expect, type Page, test } from '@playwright/test';
import { expectAccessible, expectAccessibleInBothThemes, expectNoSidewaysScroll } from './expect-page';
import { LabPage } from './lab-page';

const TRAINED = 'v=1&d=mnist&m=mlp,widths:12&train=steps:20,eval:10,batch:32';
const bits = (count: number) => `${TRAINED}&quantize=bits:${count}&backend=wasm`;

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Tree of runs' });
const row = (page: Page, name: RegExp) => dialog(page).getByRole('row', { name });

async function openTree(page: Page): Promise<void> {
  await page.getByRole('complementary', { name: 'Program' }).getByRole('button', { name: 'Tree' }).click();
  await expect(dialog(page)).toBeVisible();
}

/** Another program in the same page. */
async function turnTo(page: Page, fragment: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, fragment);
}

test('back to a branch without training, on from its first stage, and after a reload what is trained again', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open(bits(4));
  await lab.play();
  await lab.done();
  const four = await lab.testAccuracy();
  await turnTo(page, bits(2));
  // Nothing is left to train: it is measured at once.
  await expect.poll(() => lab.testAccuracy()).not.toBe(four);
  await lab.done();
  const two = await lab.testAccuracy();
  expect(two).not.toBe(four);
  expect(await lab.losses()).toHaveLength(20);

  await openTree(page);
  expect(lab.fragment()).toContain('runs=tree');
  await expect(dialog(page).getByRole('treegrid', { name: 'Tree of Custom MLP (hidden widths 12) on MNIST, seed 42' })).toBeVisible();
  await expect(dialog(page).getByRole('row')).toHaveCount(4);
  await expect(row(page, /to 2 bits/)).toContainText('on the screen');
  await expect(row(page, /to 4 bits/)).toContainText(/\d\d\.\d\d\s%.*continues at once/);
  await expectAccessibleInBothThemes(page);
  await row(page, /to 4 bits/)
    .getByRole('button', { name: /^Open this run/ })
    .click();
  await expect(dialog(page)).toBeHidden();
  await expect(lab.stages).toContainText('to 4 bits');
  // The run before was done, too: the number says when the engine has turned to the other branch.
  await expect.poll(() => lab.testAccuracy()).toBe(four);
  await lab.done();
  await expect(page.getByText('Saved in Runs')).toBeVisible();
  expect(await lab.losses()).toHaveLength(20);

  // By keyboard: the row of the first stage, its button, and on from there.
  await openTree(page);
  await dialog(page).getByRole('row').first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(row(page, /^Stage 1, Train/)).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(row(page, /^Stage 1, Train/).getByRole('button', { name: /^Branch from here/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toBeHidden();
  await expect(lab.stages.getByRole('listitem').filter({ hasText: 'test' })).toHaveCount(1);
  await lab.done();
  await turnTo(page, `${TRAINED}&train=steps:5,batch:32&backend=wasm`);
  await expect(lab.run.getByText('1 stage left, 5 training steps')).toBeVisible();
  await lab.play();
  await lab.done();
  expect(await lab.losses()).toHaveLength(25);
  await openTree(page);
  await expect(dialog(page).getByRole('row')).toHaveCount(5);
  await expect(row(page, /^Stage 2, Train/)).toContainText('on the screen');
  await page.reload();
  await expect(row(page, /^Stage 2, Train/)).toContainText('needs retraining (about', { timeout: 60_000 });
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
});
