import { gzipSync } from 'node:zlib';
import { expect, type Page, test } from '@playwright/test';
import { tarBytes } from '../src/datasets/test-bytes';
import { LabPage } from './lab-page';

const CLASSES = ['n01440764', 'n03888257'];

/** Two pictures as the browser's own encoder writes them: noise under a red or a blue tint. */
async function pictures(page: Page, side: number): Promise<Uint8Array[]> {
  const texts = await page.evaluate(
    (size) =>
      ['255, 0, 0', '0, 0, 255'].map((colour) => {
        const canvas = document.createElement('canvas');
        canvas.width = size;
        canvas.height = size;
        const context = canvas.getContext('2d') as CanvasRenderingContext2D;
        const noise = context.createImageData(size, size);
        for (let i = 0; i < noise.data.length; i++) noise.data[i] = i % 4 === 3 ? 255 : (i * 7919 + ((i * i) % 251)) % 256;
        context.putImageData(noise, 0, 0);
        context.fillStyle = `rgba(${colour}, 0.6)`;
        context.fillRect(0, 0, size, size);
        return canvas.toDataURL('image/jpeg', 0.9).split(',')[1] as string;
      }),
    side,
  );
  return texts.map((text) => Buffer.from(text, 'base64'));
}

/** An archive as Imagenette is packed: `each` pictures of each class to train, a third as many to validate. */
function archive(jpegs: readonly Uint8Array[], each: number) {
  const folder = (set: string, count: number) =>
    CLASSES.flatMap((name, label) =>
      Array.from({ length: count }, (_, i) => ({
        name: `imagenette2-160/${set}/${name}/${name}_${i}.JPEG`,
        bytes: jpegs[label] as Uint8Array,
      })),
    );
  const broken = { name: 'imagenette2-160/train/n01440764/broken.JPEG', bytes: (jpegs[0] as Uint8Array).subarray(0, 200) };
  const bytes = tarBytes([...folder('val', Math.ceil(each / 3)), broken, ...folder('train', each)]);
  return { name: 'imagenette2-160.tgz', mimeType: 'application/gzip', buffer: gzipSync(bytes, { level: 1 }) };
}

const RESNET = 'v=1&d=mnist&m=resnet,groups:4&train=steps:30,batch:16,eval:0,lr:0.01&backend=wasm';

test('an archive of photographs is decoded, trained on, and found again by its link', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open(RESNET);
  await page.getByRole('button', { name: /^Data/ }).click();
  await page
    .getByLabel('Your own image files')
    .first()
    .setInputFiles([archive(await pictures(page, 80), 60)]);
  await expect.poll(() => lab.fragment(), { timeout: 60_000 }).toMatch(/d=own:[0-9a-f]{64}/);
  await expect(page.getByText('64 × 64 pixels, colour, 2 classes.')).toBeVisible();
  await expect(page.getByText(/Skipped files: 1 broken.*broken\.JPEG/)).toBeVisible();
  await expect(lab.run.getByText('Ready')).toBeVisible();
  await lab.play();
  await lab.done();
  expect(await lab.testAccuracy()).toBeGreaterThan(95);

  // Decoded pictures stay in this browser: the link alone is enough.
  const fragment = lab.fragment();
  await lab.open(fragment);
  await page.getByRole('button', { name: /^Data/ }).click();
  await expect(page.getByText('64 × 64 pixels, colour, 2 classes.')).toBeVisible();
});

test('reading an archive shows how far it is, and stops when the person wants it', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open(RESNET);
  await page.getByRole('button', { name: /^Data/ }).click();
  // Large pictures, so that there is time to stop.
  await page
    .getByLabel('Your own image files')
    .first()
    .setInputFiles([archive(await pictures(page, 700), 60)]);
  await expect(page.getByText(/Reading imagenette2-160\.tgz: .* of .*; \d+ pictures decoded, \d+ files skipped\./)).toBeVisible();
  await page.getByRole('button', { name: 'Stop reading' }).click();
  await expect(page.getByText(/Reading imagenette2-160/)).toBeHidden();
  expect(lab.fragment()).toContain('d=mnist');
});
