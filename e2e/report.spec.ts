import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { LabPage } from './lab-page';

const TINY = 'v=1&d=mnist&m=mlp,widths:12&train=steps:20,eval:10,batch:32&quantize=bits:3&backend=wasm';

async function seriousProblems(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
}

async function runTiny(page: Page, fragment = TINY): Promise<LabPage> {
  const lab = new LabPage(page);
  await lab.open(fragment);
  await lab.play();
  await lab.done();
  return lab;
}

test('the report of a finished run says what the screen says, and prints alone on white paper', async ({ page }) => {
  const lab = await runTiny(page);
  const accuracy = await lab.testAccuracy();
  const file = (await page.getByRole('figure', { name: 'Where the bits go' }).textContent())?.match(/([\d,]+) bits = ([\d,]+) bytes/);
  const [, bits = '', bytes = ''] = file ?? [];
  await page.getByRole('tab', { name: 'Numbers' }).click();
  const digest = (await page.getByText(/^[0-9a-f]{64}$/).textContent()) ?? '';

  await page.getByRole('button', { name: 'Report' }).click();
  const report = page.getByRole('dialog', { name: 'Report' });
  expect(lab.fragment()).toMatch(/runs=report%7E[0-9a-f]{16}/);
  const shown = await report
    .getByText(/^\d+\.\d\d\s%$/)
    .first()
    .textContent();
  expect(Math.abs(Number.parseFloat(shown ?? '') - accuracy)).toBeLessThanOrEqual(0.06);
  await expect(report.getByRole('region', { name: 'Where the bits go' }).getByRole('row', { name: /^sum/ })).toContainText(bits);
  await expect(report.getByRole('region', { name: 'Where the bits go' }).getByRole('row', { name: /^sum/ })).toContainText(
    `${bytes} bytes`,
  );
  await expect(report.getByRole('region', { name: 'What each stage gave' }).getByRole('row')).toHaveCount(3);
  await expect(report.getByRole('region', { name: '① Train: what is not at its default' })).toContainText('20 steps');
  await expect(report).toContainText(digest);
  await expect(report).toContainText("npm run -s lab -- run '#v=1&d=mnist&m=mlp,widths:12&train=steps:20");
  await expect(report.getByRole('figure', { name: /^Weights of/ })).toHaveCount(2);
  await expect(report.getByRole('figure', { name: 'Training loss' })).toContainText('at step 20');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // Colours change in the next frame.
    await expect.poll(() => seriousProblems(page)).toEqual([]);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await expect
    .poll(() =>
      page.evaluate(() => {
        const modal = document.querySelector('.modal');
        return Math.max((modal?.scrollWidth ?? 0) - (modal?.clientWidth ?? 0), document.documentElement.scrollWidth - innerWidth);
      }),
    )
    .toBeLessThanOrEqual(0);
  await page.setViewportSize({ width: 1440, height: 900 });

  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expect(report).toBeVisible();
  await expect(page.locator('#root')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden();
  const colours = await page.evaluate(() => [
    getComputedStyle(document.documentElement).backgroundColor,
    getComputedStyle(document.body).backgroundColor,
    getComputedStyle(document.querySelector('.report') as Element).color,
  ]);
  expect(colours).toEqual(['rgb(255, 255, 255)', 'rgb(255, 255, 255)', 'rgb(28, 31, 38)']);
  await page.emulateMedia({ media: 'screen' });

  // What the button calls would stop the page.
  await page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-printed', document.title);
  });
  await report.getByRole('button', { name: 'Print' }).click();
  await expect(page.locator('body')).toHaveAttribute('data-printed', /: report$/);

  // The report is at an address of its own, and reachable from the list.
  await page.reload();
  await expect(report).toContainText(digest, { timeout: 60_000 });
  await report.getByRole('button', { name: 'All runs' }).click();
  const runs = page.getByRole('dialog', { name: 'Runs' });
  await runs.getByRole('button', { name: /^More for/ }).click();
  await page.getByRole('menuitem', { name: 'Report' }).click();
  await expect(report).toContainText(digest);
});

test('a pinned run is what numbers and curves are compared with, until it is unpinned', async ({ page }) => {
  const lab = await runTiny(page);
  await expect(lab.results).toContainText('against float');
  await page.getByRole('button', { name: 'Pin as baseline' }).click();
  await expect(page.getByRole('button', { name: 'Unpin the baseline' })).toBeVisible();
  await expect(lab.results).not.toContainText('against baseline');

  await lab.open(TINY.replace('bits:3', 'bits:2'));
  const trace = page.getByRole('figure', { name: 'Loss and accuracy' });
  await expect(page.getByText(/^Baseline: Custom MLP/)).toBeVisible();
  await lab.play();
  await lab.done();
  await expect(lab.results.getByText(/against baseline$/)).toHaveCount(4);
  await expect(lab.results.getByText(/^−\d+\s% against baseline$/)).toHaveCount(1);
  await expect(trace).toContainText(
    /Behind it, grey and dashed, the baseline .*: mean loss [\d.]+, validation accuracy [\d.]+\s% at step 20/,
  );
  await trace.getByRole('button', { name: 'Loss and accuracy as a table' }).click();
  await expect(trace.getByRole('columnheader', { name: 'mean loss of the baseline' })).toBeVisible();
  await trace.getByRole('button', { name: 'Loss and accuracy as a table' }).click();
  expect(await seriousProblems(page)).toEqual([]);

  await page.getByRole('button', { name: 'Compare with the baseline' }).click();
  const comparison = page.getByRole('dialog', { name: 'Two runs compared' });
  const weights = comparison.getByRole('figure', { name: /^Weights of/ });
  await expect(weights).toContainText(/Baseline: \d+ (of \d+ )?levels of 3 bits .* This run: \d+ (of \d+ )?levels of 2 bits/);
  await weights.getByRole('slider').focus();
  await page.keyboard.press('Home');
  await expect(weights).toContainText(/baseline: stored near −[\d.]+ · [\d,]+ weights?/);
  await weights.getByRole('combobox', { name: 'Layer' }).selectOption({ index: 1 });
  await expect(weights).toContainText('120 weights stored as 0');
  await page.getByRole('button', { name: 'Close' }).click();

  await page.getByRole('button', { name: /^Unpin the baseline, / }).click();
  await expect(lab.results).not.toContainText('against baseline');
  await expect(lab.results).toContainText('against float');
  await expect(trace).not.toContainText('Behind it');
});
