import { expect, type Page, test } from '@playwright/test';
import { expectAccessible, expectAccessibleInBothThemes, expectNoSidewaysScroll } from './expect-page';
import { LabPage } from './lab-page';

const TINY = 'v=1&d=mnist&m=mlp,widths:12&backend=wasm&train=steps:60,eval:0,batch:32&quantize';
const LABEL = 'MNIST: how many weights share a scale';

const view = (page: Page) => page.getByRole('main', { name: 'Sweep' });
const recorded = (page: Page) => view(page).getByRole('region', { name: LABEL });
const chart = (page: Page) => view(page).getByRole('figure', { name: 'Accuracy vs. cost' });

test('a recorded sweep says where it comes from; a point opens its experiment with its result; it can be run here', async ({ page }) => {
  await page.goto(`./#${TINY}&sweep=`);
  await view(page).getByRole('button', { name: LABEL }).click();
  await expect(recorded(page)).toContainText('recorded');
  await recorded(page).getByRole('button', { name: 'How it was recorded' }).press('Enter');
  const origin = page.getByRole('dialog', { name: 'How it was recorded' });
  await expect(origin).toContainText(/Date\d{1,2} \w{3,4} \d{4}/);
  await expect(origin).toContainText('npm run record -- granularity-mnist');
  await page.keyboard.press('Escape');
  await expect(recorded(page).getByRole('button', { name: /Pause|Resume|Cancel/ })).toHaveCount(0);
  await expect(chart(page)).toContainText('28 settings, 3 seeds each');

  await chart(page).getByRole('slider').focus();
  await page.keyboard.press('Home');
  const detail = recorded(page).getByRole('complementary', { name: 'Point' });
  await expect(detail.getByRole('figure', { name: 'Training loss' })).toContainText('at step 2,000');
  await expect(recorded(page).locator('tr[data-pointed]')).toHaveCount(1);
  await expectAccessibleInBothThemes(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);

  await recorded(page).getByRole('button', { name: 'Run it here' }).click();
  await expect(view(page)).toContainText('84 runs, 6,000 training steps in all');
  await recorded(page).getByRole('button', { name: 'Show every run' }).click();
  await recorded(page)
    .getByRole('button', { name: /^Open run 1:/ })
    .click();
  await expect(view(page)).toBeHidden();
  const fragment = new URL(page.url()).hash;
  expect(fragment).toContain('seed=1&train&quantize=bits:2');
  expect(fragment).toMatch(/&passport=[0-9a-f]{16}\.\d+\.wasm/);
  await expect(page.getByText(/This link contains a result: \d+\.\d\d\s% on WebAssembly/)).toBeVisible();
});

test('a recorded sweep is drawn behind one of this browser; the link to a front is opened elsewhere, drawn and beaten', async ({
  page,
  browser,
}) => {
  const lab = new LabPage(page);
  await lab.open(`${TINY}&sweep=quantize.bits:2,4&front=bits-per-weight:4_0.02`);
  await expect(view(page)).toContainText('This link contains a front to beat: 2.00 % at 4.00 bits per weight.');
  await expect(chart(page)).toContainText('No run yet. The front to beat: 1 point');
  await view(page).getByRole('button', { name: 'Start the sweep' }).click();
  await expect(view(page)).toContainText('Done: 2 of 2 runs.', { timeout: 120_000 });
  await expect(chart(page)).toContainText(/The front to beat: 1 point, area [\d.]+; [12] points? beyond it, adding [\d.]+\./);

  await view(page).getByRole('button', { name: 'Compare with' }).press('Enter');
  await page.getByRole('menuitemcheckbox', { name: `${LABEL}, recorded` }).press('Space');
  await page.keyboard.press('Escape');
  await expect(chart(page)).toContainText(new RegExp(`Compared with ${LABEL}, recorded: \\d+ points on its front, area`));
  await expect(chart(page).getByText(`${LABEL}, recorded`, { exact: true })).toBeVisible();
  await expectAccessible(page);

  // Where the clipboard is closed, the link is shown to be copied by hand.
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error('closed'));
  });
  await view(page).getByRole('button', { name: 'Share as a challenge' }).click();
  const link = await view(page).getByRole('textbox', { name: 'Link to this front' }).inputValue();
  expect(link).toMatch(/&sweep=quantize\.bits:2,4&front=bits-per-weight:[\d.]+_[\d.]+/);

  const other = await (await browser.newContext()).newPage();
  await other.goto(link);
  await expect(view(other)).toContainText('This link contains a front to beat');
  await expect(chart(other)).toContainText(/No run yet\. The front to beat: [12] points?, area [\d.]+; no point beyond it yet\./);
  await expect(chart(other).getByText('front to beat', { exact: true })).toBeVisible();
  await expect(view(other).getByRole('textbox', { name: 'Values of axis 1' })).toHaveValue('2,4');
  await other.context().close();
});

test('a front or recordings that cannot be read are said in a sentence, and the rest works', async ({ page }) => {
  await page.route('**/recorded/sweeps/**', (route) => route.fulfill({ status: 404 }));
  await page.goto(`./#${TINY}&sweep=quantize.bits:2,4&front=bits-per-weight:2_7`);
  await expect(view(page)).toContainText('The front in this link cannot be read. "2_7" is not a point of a front');
  await expect(view(page)).toContainText('Recorded sweeps could not be loaded');
  await expect(view(page)).toContainText('2 runs, 60 training steps in all');
  await expectAccessible(page);
  await view(page).getByRole('button', { name: 'Remove it from the link' }).click();
  await expect(view(page).getByText('The front in this link')).toBeHidden();
  expect(new URL(page.url()).hash).not.toContain('front');
});
