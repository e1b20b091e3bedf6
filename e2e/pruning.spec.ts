import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { decodeTensor, readModelFile } from '../src/numerics/container/model-file';
import type { StoredTensor } from '../src/numerics/container/stored-tensor';
import { expectAccessible } from './expect-page';
import { LabPage } from './lab-page';

/** The model file as a person downloads it. */
async function downloaded(page: Page): Promise<readonly StoredTensor[]> {
  const waiting = page.waitForEvent('download');
  await page
    .getByRole('button', { name: /download/i })
    .first()
    .click();
  return readModelFile(await readFile(await (await waiting).path())).tensors;
}

const zeroShare = (tensor: StoredTensor) => {
  const values = decodeTensor(tensor);
  return values.filter((value) => value === 0).length / values.length;
};

test('pruned, retrained, quantized: the file has the zeros, and each stage its accuracy', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open('v=1&d=mnist&m=mlp,widths:32&train=steps:120,eval:0&prune=amount:90&train=steps:60,eval:0&quantize=bits:8&backend=wasm');
  await expect(lab.stages).toContainText('prune 90 % of the weights, magnitude, per layer');
  await lab.play();
  await lab.done();
  expect(await lab.testAccuracy()).toBeGreaterThan(30);
  for (const tensor of (await downloaded(page)).filter(({ role }) => role === 'weight')) {
    expect(zeroShare(tensor), tensor.name).toBeGreaterThanOrEqual(0.899);
    expect(tensor.encoding).toMatchObject({ kind: 'uniform', bits: 8 });
  }
});

test('a low-rank network is run, quantized and stored as its factors', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open('v=1&d=mnist&m=mlp,widths:32&train=steps:120,eval:0&factorize=rank:6&quantize=bits:6&train=steps:40,eval:0&backend=wasm');
  await lab.play();
  await lab.done();
  expect(await lab.testAccuracy()).toBeGreaterThan(30);
  const shapes = (await downloaded(page)).map(({ name, shape }) => `${name} ${shape.join('×')}`);
  expect(shapes).toEqual(['fc1/left 784×6', 'fc1/right 6×32', 'fc1/bias 32', 'fc2/left 32×6', 'fc2/right 6×10', 'fc2/bias 10']);
});

test('rounds of train, prune and rewind run one after the other, and the link brings them back', async ({ page }) => {
  const lab = new LabPage(page);
  const link = 'v=1&d=mnist&m=mlp,widths:16&repeat=rounds:3,of:3&train=steps:20,eval:0&prune=amount:20&rewind&train=steps:20,eval:0';
  await lab.open(`${link}&backend=wasm`);
  await expect(page.getByRole('group', { name: /3 times/ })).toBeVisible();
  await expectAccessible(page);
  await lab.play();
  await lab.done();
  expect(await lab.losses()).toHaveLength(80);
  const [first] = await downloaded(page);
  // 20 % of what is left, three times.
  expect(zeroShare(first!)).toBeCloseTo(1 - 0.8 ** 3, 3);
  expect(lab.fragment()).toContain(link.replace('v=1&', ''));
});
