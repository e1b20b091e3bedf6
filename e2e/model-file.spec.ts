import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { expectAccessibleInBothThemes } from './expect-page';
import { LabPage } from './lab-page';

const PRUNED = 'v=1&d=mnist&m=mlp,widths:32&train=steps:60,eval:0&prune=amount:90&quantize=bits:4&encode=as:relative&backend=wasm';

test('a pruned file is compared in every storage, leaves the lab, and is measured when it is dropped back in', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open(PRUNED);
  await lab.play();
  await lab.done();
  const accuracy = await lab.testAccuracy();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'download' }).click()]);
  expect(download.suggestedFilename()).toMatch(/\.fewbits$/);
  const bytes = await readFile(await download.path());

  await page.getByRole('button', { name: 'Other storages' }).click();
  const file = page.getByRole('main', { name: 'Model file' });
  await expect(file.getByText('This is the file of the current run.')).toBeVisible();
  await expect(file.getByText(/of the weights are 0, but stored dense/)).toBeVisible();
  await expect(file.getByText(`${bytes.length.toLocaleString('en-US')} bytes`)).toBeVisible();
  await expectAccessibleInBothThemes(page, '#model-file');
  const storages = file.getByRole('slider', { name: 'Storages; arrow keys step through them' });
  await storages.focus();
  await page.keyboard.press('End');
  await expect(storages).toHaveAttribute('aria-valuetext', /gzip/);

  await page.getByRole('button', { name: 'Back to the lab' }).click();
  const data = await page.evaluateHandle(
    (list) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(list)], 'a-name-of-my-own.bin'));
      return transfer;
    },
    [...bytes],
  );
  await page.dispatchEvent('body', 'drop', { dataTransfer: data });
  await expect(file.getByText('This is a-name-of-my-own.bin.')).toBeVisible();
  const measured = file.getByText(/test images of MNIST are classified correctly/);
  await expect(measured).toBeVisible();
  const [, right] = /^([\d,]+) of 10,000/.exec((await measured.textContent()) ?? '') ?? [];
  expect(Number(right?.replaceAll(',', '')) / 100).toBeCloseTo(accuracy, 1);

  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  await file.getByLabel('Model file').setInputFiles({ name: 'damaged.fewbits', mimeType: 'application/octet-stream', buffer: bytes });
  await expect(file.getByText(/damaged\.fewbits cannot be opened\. The model file is damaged/)).toBeVisible();
});
