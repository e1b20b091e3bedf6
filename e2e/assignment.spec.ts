import { expect, type Page, test } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from './expect-page';
import { LabPage } from './lab-page';

/** What a course asks: compare STE with a method without it at 2 bits, find the best λ, plot accuracy over it, name the best of few bits. */
const TASK = 'v=1&d=mnist&m=mlp,widths:12&backend=wasm&quantize=bits:2&train=steps:30,eval:0,batch:32';
const LAMBDA = 'v=1&d=mnist,pixels:raw&m=mlp,widths:12&backend=wasm&quantize=by:thesis&train=steps:30,eval:0,batch:32';
const THESIS = 'The thesis: threshold λ';

const view = (page: Page) => page.getByRole('main', { name: 'Sweep' });
const setting = (page: Page, name: RegExp) => view(page).getByRole('row', { name });

test('by pointer: STE and ProxQuant at 2 bits, side by side with mean and spread', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open(`${TASK}&sweep=quantize.method:ste,prox-quant;seed:1,2`);
  await view(page).getByRole('button', { name: 'Start the sweep' }).click();
  await expect(view(page)).toContainText('Done: 4 of 4 runs.', { timeout: 120_000 });
  await expect(view(page).getByRole('button', { name: 'Start the sweep' })).toBeHidden();
  // Both cost the same, so the picture opens over the methods.
  const chart = view(page).getByRole('figure', { name: /^Accuracy over / });
  await expect(chart).toContainText(/2 settings, 2 seeds each; bars: standard deviation, dots: single runs\. The best is/);
  await expect(setting(page, /Runs of .*ProxQuant/)).toContainText(/ProxQuant.*2[\d.]+\s%± [\d.]+/);
  await setting(page, /Runs of .*ProxQuant/)
    .getByRole('button')
    .click();
  await expect(view(page).getByRole('button', { name: /^Open run \d: .*ProxQuant.*, Seed [12]$/ })).toHaveCount(2);
  await expect(view(page).getByRole('figure', { name: 'Which setting mattered' })).toContainText('Seed');

  // λ, on a logarithmic axis: the same way, with seeds.
  await lab.open(`${LAMBDA}&sweep=quantize.lambda:0,1e-9,1e-8;seed:1,2`);
  await view(page).getByRole('button', { name: 'Start the sweep' }).click();
  await expect(view(page)).toContainText('Done: 6 of 6 runs.', { timeout: 120_000 });
  await view(page).getByRole('combobox', { name: 'X axis' }).selectOption({ label: 'Threshold λ' });
  const lambda = view(page).getByRole('figure', { name: 'Accuracy over Threshold λ' });
  await expect(lambda).toContainText('3 settings, 2 seeds each; bars: standard deviation, dots: single runs.');
  await lambda.getByRole('slider').press('End');
  await expect(lambda.getByRole('slider')).toHaveAttribute('aria-valuetext', /^Threshold λ 1e-8 · [\d.]+\s% ± [\d.]+ \(2 seeds\)/);
});

test('by keyboard: λ on the axis, the best at most N bits, what mattered, on a recorded sweep', async ({ page }) => {
  await new LabPage(page).open(`${TASK}&sweep=`);
  await view(page).getByRole('button', { name: THESIS, exact: true }).press('Enter');
  const axis = view(page).getByRole('combobox', { name: 'X axis' });
  await axis.focus();
  await axis.selectOption({ label: 'Threshold λ' });
  const chart = view(page).getByRole('figure', { name: 'Accuracy over Threshold λ' });
  await expect(chart).toContainText('The best is Threshold λ 0');
  await expect(chart).toContainText('3 settings lie below the picture');
  const marks = chart.getByRole('slider');
  await marks.press('Home');
  await expect(marks).toHaveAttribute('aria-valuetext', /^Threshold λ 0, /);
  await chart.getByRole('switch', { name: 'full range' }).press('Space');
  await expect(chart).not.toContainText('below the picture');
  await chart.getByRole('switch', { name: 'error axis' }).press('Enter');
  await expect(marks).toHaveAttribute('aria-valuetext', /% error/);

  const limit = view(page).getByRole('button', { name: /Best at most/ });
  await limit.press('Enter');
  await page.keyboard.type('3.0');
  await page.keyboard.press('Enter');
  await expect(setting(page, /best/)).toHaveCount(1);
  await expect(setting(page, /best/)).toContainText(/1e-9.*91\.75\s%.*3\.01/);
  await view(page).getByRole('button', { name: 'Bits per weight', exact: true }).press('Enter');
  await expect(view(page).getByRole('columnheader', { name: 'Bits per weight' })).toHaveAttribute('aria-sort', 'descending');
  await expect(view(page).getByRole('row').nth(1)).toContainText('16.30');
  await expect(view(page).getByRole('figure', { name: 'Which setting mattered' })).toContainText(
    /Threshold λ explains most by itself, 9\d\s%/,
  );
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
});
