import { expect, type Page, test } from '@playwright/test';
import { activationQuantizers, gradientQuantizers, quantizers } from '../src/experiment/methods/quantizers/registry';
import type { Method } from '../src/experiment/settings/setting';
import { LabPage } from './lab-page';

/** Quantized from the first step, on a network that trains in a moment. */
const TINY = 'v=1&d=mnist&m=mlp,widths:8&quantize&train=steps:6,eval:0&backend=wasm';

const card = (page: Page) => page.getByRole('list', { name: 'Stages' }).getByRole('listitem').first();

async function openCard(page: Page): Promise<void> {
  await card(page)
    .getByRole('button', { name: /Quantize/ })
    .first()
    .click();
  await card(page).getByRole('button', { name: 'More' }).click();
}

/** Chooses each method in the stage's own form, sees its controls, and trains, stores and measures with it. */
async function walk(page: Page, select: string, short: string, methods: readonly Method[]): Promise<void> {
  const lab = new LabPage(page);
  await lab.open(TINY);
  await openCard(page);
  for (const method of methods) {
    await lab.choose(card(page), select, method.label);
    for (const parameter of method.settings) {
      if (!parameter.advanced && !parameter.when)
        await expect(card(page).locator('.help-label', { hasText: parameter.label }).first()).toBeVisible();
    }
    await expect.poll(() => lab.fragment()).toMatch(method.id === 'ste' ? /&quantize/ : new RegExp(`[=,]${short}:${method.id}(,|&|$)`));
    await expect(lab.run.getByText('Ready')).toBeVisible();
    await lab.play();
    await lab.done();
    expect(await lab.testAccuracy(), method.id).toBeGreaterThan(0);
  }
}

test('every quantizer of weights is chosen, trained through, stored and measured', async ({ page }) => {
  await walk(page, 'Weights', 'by', quantizers);
});

test('every quantizer of activations and of gradients too', async ({ page }) => {
  const some = (methods: readonly Method[]) => methods.filter(({ id }) => id !== 'none');
  await walk(page, 'Activations', 'act', some(activationQuantizers));
  await walk(page, 'Gradients', 'grad', some(gradientQuantizers));
});
