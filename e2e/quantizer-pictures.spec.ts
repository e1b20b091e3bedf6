import { expect, type Locator, type Page, test } from '@playwright/test';
import { expectAccessibleInBothThemes, expectNoSidewaysScroll } from './expect-page';
import { LabPage } from './lab-page';

const PICTURES = ['Rounding curve', 'Gradient: used and true', 'Level flips', 'Error for each scale', 'Which weights share a scale'];
/** A straight-through quantizer with training after it; WebAssembly, because that is faster here than a software adapter. */
const QUANTIZED = 'v=1&d=mnist&m=mlp,widths:24&train=steps:40,eval:0&quantize=bits:3&train=steps:120,eval:0&backend=wasm';

async function opened(page: Page, fragment: string): Promise<{ lab: LabPage; panel: Locator }> {
  const lab = new LabPage(page);
  await lab.open(fragment);
  await page.getByRole('tab', { name: 'Quantizer' }).click();
  return { lab, panel: page.getByRole('tabpanel', { name: 'Quantizer' }) };
}

test('a layer’s quantizer is taken apart in five pictures, for the layer that is chosen in either column', async ({ page }) => {
  const { lab, panel } = await opened(page, QUANTIZED);
  await expect(panel).toContainText('Press Play');
  await lab.play();
  await lab.done();
  for (const name of PICTURES) await expect(panel.getByRole('figure', { name })).toBeVisible();
  await expect(panel.getByRole('figure', { name: 'Rounding curve' })).toContainText(
    /[67] levels in use, 0\.\d+ apart\. No weight is clipped\./,
  );
  await expect(panel.getByRole('figure', { name: 'Gradient: used and true' })).toContainText(
    'The surrogate is 1.00; every weight receives a gradient.',
  );
  await expect(panel.getByRole('figure', { name: 'Level flips' })).toContainText(/weights of 18,816 \(.*\) changed their level/);
  await expect(panel.getByRole('figure', { name: 'Error for each scale' })).toContainText(
    /clips nothing; its squared error is \d.* times the least/,
  );
  await expect(panel.getByRole('figure', { name: 'Which weights share a scale' })).toContainText('784 inputs × 24 outputs share one scale');

  await page.getByRole('main').getByLabel('Layer').selectOption('fc2');
  await expect(panel.getByLabel('Layer')).toHaveValue('fc2');
  await expect(panel.getByRole('figure', { name: 'Which weights share a scale' })).toContainText('24 inputs × 10 outputs');
});

test('every picture can be read by keyboard and as a table', async ({ page }) => {
  const { lab, panel } = await opened(page, QUANTIZED);
  await lab.play();
  await lab.done();
  for (const name of PICTURES) {
    const figure = panel.getByRole('figure', { name });
    await figure.getByRole('slider').focus();
    await page.keyboard.press('Home');
    await expect(figure.locator('figcaption')).toContainText(' · ');
    await figure.getByRole('button', { name: `${name} as a table` }).click();
    expect(await figure.getByRole('row').count()).toBeGreaterThan(1);
    await figure.getByRole('button', { name: `${name} as a table` }).click();
  }
  const slider = panel.getByRole('figure', { name: 'Rounding curve' }).getByRole('slider');
  await slider.focus();
  await page.keyboard.press('Home');
  const smallest = await slider.getAttribute('aria-valuetext');
  await page.keyboard.press('End');
  await expect(slider).not.toHaveAttribute('aria-valuetext', smallest ?? '');
});

test('a quantizer that clips leaves weights without a gradient', async ({ page }) => {
  const { lab, panel } = await opened(page, QUANTIZED.replace('quantize=bits:3', 'quantize=by:dsq,bits:2'));
  await lab.play();
  await lab.done();
  await expect(panel.getByRole('figure', { name: 'Gradient: used and true' })).toContainText(
    /% of the layer’s weights receive no gradient/,
  );
  await expect(panel.getByRole('figure', { name: 'Rounding curve' })).toContainText(/% of the weights lie beyond the outermost levels/);
});

test('a layer in full precision says so', async ({ page }) => {
  const { lab, panel } = await opened(page, QUANTIZED.replace('bits:3', 'bits:3,exempt:first'));
  await lab.play();
  await lab.done();
  await expect(panel).toContainText('This layer is not quantized.');
  await panel.getByLabel('Layer').selectOption('fc2');
  await expect(panel.getByRole('figure', { name: 'Gradient: used and true' })).toBeVisible();
});

test('axe finds nothing in the quantizer’s pictures, light and dark, and they never scroll sideways', async ({ page }) => {
  const { lab, panel } = await opened(page, QUANTIZED);
  await lab.play();
  await lab.done();
  await expectAccessibleInBothThemes(page, '[role=tabpanel]');
  for (const [width, height] of [
    [1024, 768],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    await expect(panel.getByRole('figure', { name: 'Which weights share a scale' })).toBeVisible();
    await expectNoSidewaysScroll(page);
  }
});
