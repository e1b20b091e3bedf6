import { expect, test } from '@playwright/test';
import { DEFAULT_ON_WASM, LabPage } from './lab-page';

const SIDE = 8;

/** An IDX file (LeCun's format): magic 0, 0, 8 (bytes), dimensions; sizes as big-endian words; bytes. */
function idx(sizes: readonly number[], bytes: Uint8Array): Buffer {
  const head = Buffer.alloc(4 + 4 * sizes.length);
  head.set([0, 0, 8, sizes.length]);
  sizes.forEach((size, i) => {
    head.writeUInt32BE(size, 4 + 4 * i);
  });
  return Buffer.concat([head, bytes]);
}

/** Two classes that differ in the half that is bright, so that any network learns them at once; the file is sorted by class. */
function files(count: number) {
  const labels = Uint8Array.from({ length: count }, (_, i) => Math.floor((2 * i) / count));
  const pixels = Uint8Array.from({ length: count * SIDE * SIDE }, (_, i) => {
    const right = i % SIDE >= SIDE / 2 ? 1 : 0;
    const label = Math.floor((2 * i) / (SIDE * SIDE) / count);
    return (right === label ? 200 : 20) + ((i * 7919) % 31);
  });
  const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/octet-stream', buffer });
  return [file('my-images-idx3-ubyte', idx([count, SIDE, SIDE], pixels)), file('my-labels-idx1-ubyte', idx([count], labels))];
}

test("a person's own IDX files are trained on; their link asks for them elsewhere", async ({ page, browser }) => {
  const lab = new LabPage(page);
  await lab.open('v=1&d=mnist&m=mlp,widths:16&train=steps:60,eval:0&backend=wasm');
  await page.getByRole('button', { name: /^Data/ }).click();
  await page.getByLabel('Your own image files').first().setInputFiles(files(1200));
  await expect.poll(() => lab.fragment()).toMatch(/d=own:[0-9a-f]{64}/);
  await expect(lab.run.getByText('Ready')).toBeVisible();
  await lab.play();
  await lab.done();
  expect(await lab.testAccuracy()).toBeGreaterThan(95);

  const context = await browser.newContext();
  const otherPage = await context.newPage();
  await otherPage.goto(`./#${lab.fragment()}`);
  const notice = otherPage.getByRole('status').filter({ has: otherPage.getByRole('button', { name: 'Open your own files' }) });
  await expect(notice).toBeVisible({ timeout: 60_000 });
  await notice.getByLabel('Your own image files').setInputFiles(files(1200));
  await expect(notice).toBeHidden();
  await expect(otherPage.getByRole('region', { name: 'Run' }).getByText('Ready')).toBeVisible();
  await context.close();
});

test('a file of another kind is refused by name', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open(DEFAULT_ON_WASM);
  await page.getByRole('button', { name: /^Data/ }).click();
  const buffer = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]);
  await page
    .getByLabel('Your own image files')
    .first()
    .setInputFiles([{ name: 'cat.png', mimeType: 'image/png', buffer }]);
  await expect(page.getByText(/cat\.png .*PNG/)).toBeVisible();
  expect(lab.fragment()).not.toContain('own');
});
