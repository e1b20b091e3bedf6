import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { expectAccessibleInBothThemes, expectNoSidewaysScroll } from './expect-page';
import { DEFAULT_ON_WASM, LabPage } from './lab-page';

const recorded = JSON.parse(readFileSync(join(import.meta.dirname, '../public/recorded/runs/mnist-ptq-4bit.json'), 'utf8'));

const bar = (page: Page) => page.getByRole('region', { name: 'Recorded example' });
const moment = (page: Page) => bar(page).getByRole('slider', { name: 'Moment of the recording' });
const numbers = (lab: LabPage) => lab.results.locator('.headline-value');

async function at(slider: Locator, words: string): Promise<void> {
  await expect(slider).toHaveAttribute('aria-valuetext', words);
}

test('a fresh page shows the recorded run, named as such; it is walked through by keyboard, and gone when the live one begins', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const lab = new LabPage(page);
  await lab.open(DEFAULT_ON_WASM);
  await expect(bar(page)).toContainText('Recorded');
  await bar(page).getByRole('button', { name: 'How the example was made' }).click();
  for (const fact of ['WebAssembly', recorded.commit, recorded.command, recorded.digest])
    await expect(page.getByRole('dialog', { name: 'How the example was made' })).toContainText(fact);
  await page.keyboard.press('Escape');
  // Without motion the end is there at once.
  await at(moment(page), '② Quantize · measured');
  const [train, quantize] = recorded.stages;
  expect(await lab.testAccuracy()).toBeCloseTo(100 * quantize.test.accuracy, 1);
  await expect(page.getByRole('figure', { name: 'Weights of fc1' })).toContainText('recorded');
  await expect(page.getByRole('figure', { name: 'Weights of fc1' })).toContainText('15 possible values of 4 bits');
  // Its file is not here, and nothing was trained or saved.
  await expect(lab.results.getByRole('button', { name: 'download' })).toHaveCount(0);
  await expect(page.getByText('Saved in Runs')).toHaveCount(0);
  expect(await lab.losses()).toEqual([]);

  await moment(page).focus();
  await page.keyboard.press('ArrowLeft');
  await at(moment(page), '① Train · 2,000 steps, measured');
  expect(await lab.testAccuracy()).toBeCloseTo(100 * train.test.accuracy, 1);
  await page.keyboard.press('Home');
  await at(moment(page), '① Train · step 0 of 2,000');
  await expect(numbers(lab).first()).toContainText('not measured yet');
  await page.keyboard.press('ArrowRight');
  await at(moment(page), '① Train · step 20 of 2,000');
  await expect(page.getByRole('figure', { name: 'Loss and accuracy' })).toContainText('20 of 2,000 steps');

  await bar(page).getByRole('button', { name: 'Run it yourself' }).click();
  await expect(bar(page)).toHaveCount(0);
  await expect(numbers(lab).first()).toContainText('not measured yet');
  await expect.poll(async () => (await lab.losses()).length, { timeout: 60_000 }).toBeGreaterThan(0);
  // The try that was recorded keeps its word; numbers and pictures are those of the live run.
  await expect(page.getByRole('main')).toHaveAttribute('data-shown', 'live');
  await expect(page.getByRole('region', { name: 'Results', exact: true })).not.toContainText(/recorded/i);
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect(lab.run.getByText('Ready')).toBeVisible();
  await expect(bar(page)).toHaveCount(0);
});

test('it plays by itself and can be held; an edit takes it away, and Back brings it again', async ({ page }) => {
  let release = () => {};
  const released = new Promise<void>((done) => {
    release = done;
  });
  await page.route('**/recorded/runs/mnist-*.json', async (route) => {
    await released;
    await route.continue();
  });
  const lab = new LabPage(page);
  await lab.open(DEFAULT_ON_WASM);
  // From here on time passes when the test says so: the recording does not run away from a slow machine.
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 1000);
  release();
  await at(moment(page), '① Train · step 0 of 2,000');
  await page.clock.runFor(1000);
  await expect(moment(page)).toHaveAttribute('aria-valuetext', /step [1-9]/);
  await bar(page).getByRole('button', { name: 'Pause the recording' }).click();
  const held = await moment(page).getAttribute('aria-valuetext');
  await page.clock.runFor(60_000);
  await at(moment(page), held ?? '');
  await bar(page).getByRole('button', { name: 'Play the recording' }).click();
  await page.clock.runFor(60_000);
  await at(moment(page), '② Quantize · measured');
  await page.clock.resume();
  await page.getByRole('button', { name: 'New seed' }).click();
  await expect(bar(page)).toHaveCount(0);
  // Its numbers stay until there are others, and are named as what they are.
  await expect(page.getByRole('main')).toContainText('Results of the previous settings');
  for (const number of await numbers(lab).all()) await expect(number).not.toContainText('not measured yet');
  await page.goBack();
  await at(moment(page), '② Quantize · measured');
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(bar(page)).toHaveCount(0);
});

for (const [what, name, body] of [
  ['without recordings', '**/recorded/runs/list.json', ''],
  ['with one that is broken', '**/recorded/runs/mnist-*.json', '{"format":"fewbits-recording","version":1}'],
] as const) {
  test(`${what} the page is as it always was`, async ({ page }) => {
    const failures: string[] = [];
    page.on('pageerror', (error) => failures.push(error.message));
    await page.route(name, (route) => route.fulfill(body === '' ? { status: 404 } : { body, contentType: 'application/json' }));
    const asked = page.waitForResponse(name);
    const lab = new LabPage(page);
    await lab.open(DEFAULT_ON_WASM);
    await asked;
    await expect(numbers(lab).first()).toContainText('not measured yet');
    await expect(page.getByRole('figure', { name: 'Loss and accuracy' })).toContainText('Press play');
    await expect(bar(page)).toHaveCount(0);
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await expect(lab.run.getByText('step 1 of 2,000')).toBeVisible();
    expect(failures).toEqual([]);
  });
}

test('axe finds nothing in it, light and dark, and it never scrolls sideways', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await new LabPage(page).open(DEFAULT_ON_WASM);
  await at(moment(page), '② Quantize · measured');
  await expectAccessibleInBothThemes(page, '#results');
  for (const [width, height] of [
    [1024, 768],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    await expect(bar(page)).toBeVisible();
    await expectNoSidewaysScroll(page);
  }
});
