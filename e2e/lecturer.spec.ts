import { expect, type Locator, type Page, test } from '@playwright/test';
import { expectAccessible, expectAccessibleInBothThemes, expectNoSidewaysScroll } from './expect-page';
import { LabPage, SMALL } from './lab-page';

/** What a projector shows. */
test.use({ viewport: { width: 1024, height: 768 } });

const pad = (page: Page) => page.getByRole('application', { name: /Drawing area/ });
const answers = (page: Page) => page.getByRole('table', { name: 'Probability of each class, by model' });
const sentence = (page: Page) => page.getByRole('tabpanel', { name: 'Draw' }).getByRole('status');
const RECORDED = 'MNIST: how many weights share a scale';
const TWO_ANSWERS = /Both say \d\.|float32 says \d, the 2‑bit model says \d\./;

/** The model's answer adds up, and the digit that is written large has the longest bar. */
async function expectAnswer(page: Page, column: number): Promise<void> {
  const shares = await answers(page).locator(`tbody td:nth-of-type(${column})`).allTextContents();
  const numbers = shares.map((text) => Number.parseFloat(text.replace(/[<>\s]/g, '')));
  expect(numbers).toHaveLength(10);
  expect(numbers.reduce((a, b) => a + b)).toBeGreaterThan(99);
  const head = answers(page)
    .getByRole('columnheader')
    .nth(column - 1);
  await expect(head).toContainText(`predicts ${numbers.indexOf(Math.max(...numbers))}`);
}

async function drawSeven(page: Page): Promise<void> {
  await pad(page).scrollIntoViewIfNeeded();
  const box = await pad(page).boundingBox();
  if (!box) throw new Error('There is no paper.');
  const at = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(0.25, 0.2));
  await page.mouse.down();
  await page.mouse.move(...at(0.75, 0.2), { steps: 4 });
  await page.mouse.move(...at(0.45, 0.85), { steps: 4 });
  await page.mouse.up();
}

/** Opens a recorded sweep, and the experiment of its first run; the page is then that of this experiment. */
async function openRecordedRun(page: Page, press: (button: Locator) => Promise<void>): Promise<void> {
  await new LabPage(page).open(`${SMALL}=bits:2&backend=wasm`);
  await press(page.getByRole('button', { name: 'Sweep', exact: true }));
  const view = page.getByRole('main', { name: 'Sweep' });
  await press(view.getByRole('button', { name: RECORDED }));
  const sweep = view.getByRole('region', { name: RECORDED });
  await expect(sweep.getByRole('figure', { name: 'Accuracy vs. cost' })).toContainText('28 settings, 3 seeds each');
  await press(sweep.getByRole('button', { name: 'Show every run' }));
  await press(sweep.getByRole('button', { name: /^Open run 1:/ }));
  await expect(view).toBeHidden();
  await expect(page.getByText(/This link contains a result: \d+\.\d\d\s% on WebAssembly/)).toBeVisible();
  await press(page.getByRole('tab', { name: 'Draw' }));
  await expect(page.getByRole('tabpanel', { name: 'Draw' })).toContainText(
    'The float32 model answers after ① train, the compressed model after ② quantize.',
  );
}

test('from a recorded sweep to a digit that is drawn: two answers, from the float32 file and from the 2-bit file', async ({ page }) => {
  await openRecordedRun(page, (button) => button.click());
  const lab = new LabPage(page);
  await lab.open(`${SMALL}=bits:2&backend=wasm`);
  await page.getByRole('tab', { name: 'Draw' }).click();
  const panel = page.getByRole('tabpanel', { name: 'Draw' });
  await expect(panel).toContainText('The float32 model answers after ① train, the compressed model after ② quantize.');
  await drawSeven(page);
  await expect(panel.getByRole('img', { name: 'image of your drawing' })).toBeVisible();
  await expectAccessible(page);
  await panel.getByRole('button', { name: 'Run' }).click();
  await expect(sentence(page)).toHaveText(TWO_ANSWERS, { timeout: 60_000 });
  await lab.done();
  await expect(answers(page).getByRole('columnheader').nth(0)).toContainText(/float32after ① train\d/);
  await expect(answers(page).getByRole('columnheader').nth(1)).toContainText(/2 bitsafter ② quantize\d/);
  await expectAnswer(page, 1);
  await expectAnswer(page, 2);
  await panel.getByRole('button', { name: 'Undo' }).click();
  await expect(sentence(page)).toHaveText('Both models are ready');
  // Only the columns scroll, not the page behind them.
  expect(await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)).toBe(0);
  // The network is drawn in the program: a layer that is pressed is the one in the pictures.
  await page.getByRole('button', { name: /^Model/ }).click();
  const network = page.getByRole('region', { name: 'Layers of the network' });
  const second = network.getByRole('button', { name: /^fc2/ });
  await expect(second).toContainText(/32 × 10 = 320 weights320 MACs2 bits · scale/);
  await second.click();
  await expect(second).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('figure', { name: 'Weights of fc2' })).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
});

test('by keyboard: a recorded sweep; a wrong image is taken to Draw, another one is chosen, a line is drawn', async ({ page }) => {
  await openRecordedRun(page, (button) => button.press('Enter'));
  const lab = new LabPage(page);
  await lab.open(`${SMALL}=bits:2&backend=wasm`);
  await page.keyboard.press(' ');
  await lab.done();
  await page
    .getByRole('button', { name: /Take the image of \d to Draw/ })
    .first()
    .focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: 'Draw' })).toBeFocused();
  await expect(sentence(page)).toHaveText(/The label of the image is \d\.$/);
  // It is in the list because the 2-bit model was wrong, and the file says the same as the test.
  const [label] = (await sentence(page).textContent())?.match(/\d(?=\.$)/) ?? [];
  await expect(answers(page).getByRole('columnheader').nth(1)).not.toContainText(`predicts ${label}`);

  const first = page.getByRole('button', { name: 'Test image 0, label 7' });
  await first.focus();
  await page.keyboard.press('Enter');
  await expect(first).toHaveAttribute('aria-pressed', 'true');
  await expect(sentence(page)).toHaveText(/The label of the image is 7\.$/);

  await pad(page).focus();
  await page.keyboard.press(' ');
  for (let i = 0; i < 4; i++) await page.keyboard.press('Shift+ArrowDown');
  await expect(first).toHaveAttribute('aria-pressed', 'false');
  await expect(sentence(page)).toHaveText(TWO_ANSWERS);
  await lab.done();
});
