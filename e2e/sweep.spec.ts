import { expect, type Page, test } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from './expect-page';
import { LabPage } from './lab-page';

const HEAD = 'v=1&d=mnist&m=mlp,widths:12&backend=wasm';
const TRAIN = 'train=steps:60,eval:0,batch:32';
/** Long enough to be left in the middle. */
const LONG = 'train=steps:400,eval:0,batch:32';

const view = (page: Page) => page.getByRole('main', { name: 'Sweep' });
const cells = (page: Page, text: RegExp) => view(page).getByRole('cell', { name: text });
/** The row of a run. */
const firstRun = (page: Page) => opened(page).first().locator('xpath=ancestor::tr');
const opened = (page: Page) => view(page).getByRole('button', { name: /^Open run/ });

test('a 2 × 2 sweep, left in the middle, continues after a reload; a point opens its run', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open(`${HEAD}&quantize=bits:4&${LONG}&sweep=quantize.bits:2,4;seed:1,2`);
  await expect(view(page)).toContainText('4 runs, 1,600 training steps in all, time unknown until the first run');
  await view(page).getByRole('button', { name: 'Start the sweep' }).click();
  await view(page).getByRole('button', { name: 'Show every run' }).click();
  await expect(opened(page).first()).toBeVisible({ timeout: 120_000 });
  const before = await firstRun(page).textContent();
  await page.reload();
  await expect(view(page)).toContainText(/Running: [1-3] of 4 runs/, { timeout: 60_000 });
  await view(page).getByRole('button', { name: 'Show every run' }).click();
  await expect(firstRun(page)).toHaveText(before ?? '');
  await expect(view(page)).toContainText('Done: 4 of 4 runs.', { timeout: 170_000 });
  await expect(opened(page)).toHaveCount(4);
  await expect(view(page)).toContainText(/4 runs, 1,600 training steps in all, about \d/);
  await expect(view(page).getByRole('figure', { name: 'Accuracy vs. cost' })).toBeVisible();
  await expectAccessible(page);

  const detail = view(page).getByRole('complementary', { name: 'Point' });
  await opened(page).nth(1).focus();
  await detail.getByRole('button', { name: 'Pin as baseline' }).click();
  await expect(detail.getByRole('button', { name: 'Unpin as baseline' })).toBeVisible();
  await opened(page).nth(2).focus();
  await detail.getByRole('button', { name: 'Report' }).click();
  await expect(page.getByRole('dialog', { name: 'Report' })).toContainText('run 3 from a sweep');
  await page.keyboard.press('Escape');
  await opened(page).nth(2).focus();
  await detail.getByRole('button', { name: 'Compare with the baseline' }).click();
  await expect(page.getByRole('dialog', { name: 'Two runs compared' })).toBeVisible();
  await page.keyboard.press('Escape');

  await opened(page).nth(2).click();
  await expect(view(page)).toBeHidden();
  expect(lab.fragment()).toContain('seed=1');
  expect(lab.fragment()).not.toContain('bits:2');
  expect(lab.fragment()).not.toContain('sweep');
  await page.goBack();
  await expect(view(page).getByRole('row', { name: /^2 2 \d/ })).toBeVisible();
});

test('pause, resume and cancel; a point that fails says why; name, note and removal survive a reload', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  const lab = new LabPage(page);
  await lab.open(`${HEAD}&train=steps:200000,eval:0,batch:32,opt:sgd,wd:1&quantize&sweep=train.lr:10,0.001`);
  await view(page).getByRole('button', { name: 'Start the sweep' }).click();
  await expect(cells(page, /^failed: .*Lower the learning rate/)).toBeVisible({ timeout: 60_000 });
  await expect(cells(page, /^step [\d,]+ of 200,000$/)).toBeVisible();
  await view(page).getByRole('button', { name: 'Pause the sweep' }).click();
  await expect(view(page)).toContainText('Paused: 0 of 2 runs, 1 failed.');
  await expect(view(page).getByRole('button', { name: 'Start the sweep' })).toBeHidden();
  await expect(view(page).getByRole('button', { name: 'New sweep' })).toBeVisible();
  await view(page).getByRole('button', { name: 'Resume the sweep' }).click();
  await expect(view(page)).toContainText('Running: 0 of 2 runs, 1 failed');
  await view(page).getByRole('button', { name: 'Cancel the sweep' }).click();
  await expect(view(page)).toContainText('Cancelled: 0 of 2 runs, 1 failed.');
  const name = view(page).getByRole('textbox', { name: 'Name' });
  await name.fill('Two rates');
  await name.press('Enter');
  await expect(view(page).getByRole('heading', { name: 'Two rates' })).toBeVisible();
  await page.reload();
  await expect(view(page).getByRole('heading', { name: 'Two rates' })).toBeVisible({ timeout: 60_000 });
  await expect(view(page)).toContainText('Cancelled: 0 of 2 runs, 1 failed.');
  await view(page).getByRole('button', { name: 'Remove Two rates' }).click();
  await view(page).getByRole('button', { name: 'Remove it with 0 runs' }).click();
  await view(page).getByRole('button', { name: 'Undo' }).press('Enter');
  await expect(view(page).getByRole('heading', { name: 'Two rates' })).toBeVisible();
  await view(page).getByRole('button', { name: 'Remove Two rates' }).click();
  await view(page).getByRole('button', { name: 'Remove it with 0 runs' }).click();
  await expect(view(page).getByRole('heading', { name: 'Two rates' })).toBeHidden();
});

test('axes are chosen and written by keyboard, follow the address, and say what is wrong', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open(`${HEAD}&${TRAIN}&quantize`);
  await page.getByRole('button', { name: 'Sweep', exact: true }).press('Enter');
  const values = view(page).getByRole('textbox', { name: 'Values of axis 1' });
  await expect(values).toHaveValue('2..8');
  await expect(view(page)).toContainText('7 values: 2, 3, 4, 5, 6, 7, 8');
  await values.fill('8..2');
  await expect(view(page)).toContainText('write ranges as 2..8');
  await values.fill('2,99');
  await expect(view(page)).toContainText('99: Bits must be');
  await expect(values).toHaveAttribute('aria-invalid', 'true');
  await expect(values).toHaveAccessibleDescription(/^99: Bits must be/);
  await expect(view(page)).toContainText('1 of 2 combinations cannot be run.');
  await values.fill('2, 4');
  await view(page).getByRole('button', { name: 'Add an axis' }).press('Enter');
  await expect(view(page)).toContainText('6 runs, 180 training steps in all');
  const axis = view(page).getByRole('button', { name: /Axis 2/ });
  await axis.press('Enter');
  await page.keyboard.type('Rounding');
  await page.keyboard.press('Enter');
  await view(page).getByRole('checkbox', { name: 'stochastic', exact: true }).press('Space');
  await expect.poll(() => lab.fragment()).toContain('sweep=quantize.bits%3A2%2C+4%3Bquantize.rounding%3A');
  await page.setViewportSize({ width: 390, height: 844 });
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.goBack();
  await expect(view(page)).toBeHidden();
  await expect(lab.run).toBeVisible();
  expect(lab.fragment()).not.toContain('sweep');
  await page.getByRole('button', { name: 'Sweep', exact: true }).press('Enter');
  await expect(view(page).getByRole('heading', { name: 'Sweep', exact: true })).toBeFocused();
  await expect(values).toHaveValue('2, 4');
});

test('a ready-made sweep puts its experiment on the screen', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open(`${HEAD}&${TRAIN}&quantize&sweep=`);
  await view(page)
    .getByRole('button', { name: /Start from/ })
    .click();
  await page.getByRole('option', { name: /accuracy vs. bits/ }).click();
  await expect(view(page)).toContainText('84 runs, 28,500 training steps in all');
  await expect(view(page)).toContainText('4 values: yes, no, ste; yes, yes, ste; yes, yes, lsq; no, yes, ste');
  expect(lab.fragment()).toContain('quantize=bits:2&train=steps:500');
  await expect(view(page)).toContainText('restores that with its axes');
  await view(page)
    .getByRole('button', { name: /Start from/ })
    .click();
  await page.getByRole('option', { name: 'the current experiment' }).click();
  await expect(view(page)).toContainText('7 runs, 60 training steps in all');
  expect(lab.fragment()).toContain('m=mlp,widths:12&');
});

test('a combination that cannot be run says why and opens nothing; where nothing can be kept, the sweep says so and Runs lists its runs', async ({
  page,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'indexedDB', {
      get() {
        throw new Error('storage is blocked');
      },
    });
  });
  const lab = new LabPage(page);
  await lab.open(`${HEAD}&${TRAIN}&quantize=bits:5&sweep=quantize.bits:2,99`);
  await view(page).getByRole('button', { name: 'Start the sweep' }).click();
  await expect(view(page)).toContainText('Done: 1 of 2 runs, 1 failed.', { timeout: 120_000 });
  await expect(view(page).getByText(/Runs cannot be saved in this browser: .*storage is blocked/)).toBeVisible();
  await expect(view(page)).toContainText('export the sweep to keep it');
  const marks = view(page).getByRole('slider', { name: /^Accuracy vs. cost/ });
  await marks.press('End');
  await expect(view(page).getByRole('complementary', { name: 'Point' })).toContainText(/Cannot be run.*Bits must be/);
  await marks.press('Enter');
  await expect(view(page)).toBeVisible();
  expect(lab.fragment()).toContain('quantize=bits:5');
  await view(page).getByRole('button', { name: 'Back to the lab' }).click();
  await expect(view(page)).toBeHidden();
  await page.getByRole('button', { name: 'Runs', exact: true }).click();
  const row = page.getByRole('table', { name: 'Saved runs' }).getByRole('row').last();
  await expect(row).toContainText('in this page only');
  await expect(row).toContainText('quantize weights to 2 bits');
  await expect(row.getByRole('checkbox', { name: 'Choose Custom MLP · MNIST' })).toBeVisible();
});
