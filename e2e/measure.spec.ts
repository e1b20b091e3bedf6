import { expect, type Page, test } from '@playwright/test';
import { expectAccessible, expectAccessibleInBothThemes, expectNoSidewaysScroll } from './expect-page';
import { LabPage } from './lab-page';

const HEAD = 'v=1&d=mnist&m=mlp,widths:12&backend=wasm';
const TRAIN = 'train=steps:40,eval:0,batch:32';

async function openMeasure(page: Page) {
  await page.getByRole('tab', { name: 'Measure' }).click();
  return page.getByRole('tabpanel', { name: 'Measure' });
}

test('the calibration bench measures every method on every number of images, and keeps its results', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open(`${HEAD}&${TRAIN}&quantize=bits:8,act:uniform,abits:4`);
  const panel = await openMeasure(page);
  await expect(panel).toContainText('40 training steps once before the first');
  await lab.play();
  await lab.done();
  const accuracy = await lab.testAccuracy();
  await expect(panel).toContainText(/25 measurements, about/);
  await panel.getByRole('button', { name: 'Run the calibration bench' }).click();
  await expect(panel.getByRole('progressbar')).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Measure again' })).toBeVisible({ timeout: 150_000 });
  await panel.getByRole('button', { name: 'Accuracy by calibration as a table' }).click();
  const figure = panel.getByRole('figure', { name: 'Accuracy by calibration' });
  const rows = figure.getByRole('row');
  await expect(rows).toHaveCount(6);
  const texts = await figure.getByRole('cell').allTextContents();
  expect(texts).toHaveLength(25);
  for (const text of texts) expect(text).toMatch(/^\d+\.\d\d\s%$/);
  // One of them is the experiment itself.
  expect(texts.some((text) => Math.abs(Number.parseFloat(text) - accuracy) <= 0.06)).toBe(true);
  // The run is as it was, and another program has results of its own.
  await lab.done();
  await lab.stages.getByRole('button', { name: /Quantize/ }).click();
  await lab.stages.getByRole('slider', { name: 'Bits', exact: true }).first().press('ArrowLeft');
  await expect(panel.getByRole('button', { name: 'Run the calibration bench' })).toBeVisible();
  await lab.stages.getByRole('slider', { name: 'Bits', exact: true }).first().press('ArrowRight');
  await expect(panel.getByRole('figure', { name: 'Accuracy by calibration' })).toBeVisible();
});

test('stochastic draws of one trained model, cancelled and measured, light and dark', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open(`${HEAD}&${TRAIN}&quantize=bits:2,round:stochastic`);
  const panel = await openMeasure(page);
  await expect(panel.getByText('Set the activations of stage 2')).toBeVisible();
  await lab.play();
  await lab.done();
  await panel.getByRole('button', { name: 'Measure 20 draws' }).click();
  await panel.getByRole('button', { name: 'Cancel' }).click();
  await expect(panel).toContainText(/Cancelled after \d+ of 20/);
  await panel.getByRole('button', { name: 'Measure again' }).click();
  await expect(panel).toContainText(/20 draws: mean \d+\.\d\d\s%, standard deviation [\d.]+ points/, { timeout: 150_000 });
  const figure = panel.getByRole('figure', { name: 'Accuracy of the draws' });
  await figure.getByRole('slider').focus();
  await page.keyboard.press('ArrowRight');
  await expect(figure).toContainText(/draw \d+: test accuracy/);
  await expectAccessibleInBothThemes(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
});

test('a program that cannot be measured says what to set', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open(`${HEAD}&${TRAIN}`);
  const panel = await openMeasure(page);
  await expect(panel).toContainText('Add a quantize stage that quantizes activations.');
  await expect(panel).toContainText('Add a quantize stage with stochastic rounding.');
  await expect(panel.getByRole('button', { name: /Run|Measure/ })).toHaveCount(0);
});

test('two runs in lock-step: one value differs, both are drawn, the run itself is not disturbed', async ({ page }) => {
  const lab = new LabPage(page);
  const program = `${HEAD}&quantize=bits:4&${TRAIN}`;
  await lab.open(program);
  await lab.stages.getByRole('button', { name: /Quantize/ }).click();
  await lab.stages.getByRole('button', { name: 'Compare with…' }).click();
  const dialog = page.getByRole('dialog');
  // Another method keeps the bits: with its own default of 2 the two would differ in more than the gradient.
  await dialog.getByRole('button', { name: /. Weights$/ }).click();
  await page.getByRole('option', { name: 'ProxQuant', exact: true }).click();
  await expect(dialog).toContainText(/Beside it: [^.]*4 bits/);
  await dialog.getByRole('button', { name: /What differs/ }).click();
  await page.getByRole('option', { name: 'Bits', exact: true }).click();
  await expect(dialog).toContainText('Beside it: quantize weights to 3 bits');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Compare', exact: true }).click();
  await lab.play();
  await lab.done();
  const trace = page.getByRole('figure', { name: 'Loss and accuracy' });
  await expect(trace).toContainText(/Dashed: 3 bits: mean loss of steps 1 to 40 is [\d.]+, [\d.]+ (higher|lower); test accuracy/);
  const beside = await lab.losses();
  expect(beside).toHaveLength(40);
  const answer = page.getByRole('region', { name: 'Side by side' });
  await expect(answer.getByRole('row', { name: /^test accuracy [\d.]+\s% [\d.]+\s% ([−+][\d.]+ points|the same)$/ })).toBeVisible();
  await expect(answer.getByRole('row', { name: /^bits per weight [\d.]+ [\d.]+ −[\d.]+$/ })).toBeVisible();
  await expectAccessible(page);
  await trace.getByRole('button', { name: 'End the comparison' }).click();
  await expect(trace).not.toContainText('Beside it');
  await lab.done();

  const alone = new LabPage(page);
  await alone.open(program);
  await alone.play();
  await alone.done();
  expect(await alone.losses()).toEqual(beside);
});

test('a saved run’s program in lock-step with another one', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open(`${HEAD}&${TRAIN}&quantize=bits:2`);
  await lab.play();
  await lab.done();
  await expect(page.getByRole('figure', { name: 'Loss and accuracy' })).toContainText(
    /② Quantize: test accuracy (fell|rose) from .* points\)/,
  );
  const kept = await lab.losses();
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `v=1&d=mnist&m=mlp,widths:8&backend=wasm&${TRAIN}`);
  await expect(lab.run.getByText('Ready')).toBeVisible();
  await page.getByRole('button', { name: 'Runs', exact: true }).click();
  await page.getByRole('button', { name: /^More for/ }).click();
  await page.getByRole('menuitem', { name: 'Run side by side with the current one' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await lab.play();
  await lab.done();
  const trace = page.getByRole('figure', { name: 'Loss and accuracy' });
  await expect(trace).toContainText(/Dashed: Custom MLP[^:]*: mean loss of steps 1 to 40 is [\d.]+, [\d.]+ (higher|lower)/);
  const last = kept.slice(-40).reduce((sum, loss) => sum + loss, 0) / 40;
  const text = (await trace.textContent()) ?? '';
  expect(Number(/steps 1 to 40 is ([\d.]+)/.exec(text)?.[1])).toBeCloseTo(last, 1);
});

test('beside a finished run another one catches up', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open(`${HEAD}&train=steps:20,eval:0,batch:32&quantize=bits:4&${TRAIN}`);
  await lab.play();
  await lab.done();
  await lab.stages.getByRole('button', { name: /Train/ }).last().click();
  await lab.stages.getByRole('button', { name: 'Compare with…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: /What differs/ }).click();
  await page.getByRole('option', { name: 'Batch', exact: false }).first().click();
  await dialog.getByRole('button', { name: 'Compare', exact: true }).click();
  const trace = page.getByRole('figure', { name: 'Loss and accuracy' });
  await expect(trace).toContainText(/mean loss of steps 21 to 60 is .*; test accuracy/, { timeout: 120_000 });
  await lab.done();
  // The compressed model was trained for longer than float32: the same steps in float32 are one press away.
  await expect(page.getByText('this model had 60 steps of training, float32 had 20')).toBeVisible();
  await page.getByRole('button', { name: 'Train float32 for 60 steps too' }).click();
  await expect(page.getByText(/Float32 trained for the same 60 steps: [\d.]+\s%\./)).toBeVisible({ timeout: 120_000 });
});
