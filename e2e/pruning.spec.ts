import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { pruningCriteria } from '../src/experiment/methods/pruning/registry';
import { decodeTensor, readModelFile } from '../src/numerics/container/model-file';
import type { StoredTensor } from '../src/numerics/container/stored-tensor';
import { expectAccessible, expectAccessibleInBothThemes } from './expect-page';
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

test('a student prunes to 90 %, fine-tunes, stores only what is kept, and moves the threshold by pointer and by keys', async ({ page }) => {
  const lab = new LabPage(page);
  const link = 'v=1&d=mnist&m=lenet-300-100&train=steps:300,eval:0&prune=amount:90&train=steps:200,eval:0';
  await lab.open(`${link}&backend=wasm`);
  // By keys from the start: the space bar plays, arrow keys walk through the tabs.
  await page.keyboard.press('Space');
  await page.getByRole('tab', { name: 'Quantizer' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Sparsity' })).toHaveAttribute('aria-selected', 'true');
  await lab.done();

  const story = page.getByText(/^After pruning 90\.0\s% of the weights, the test accuracy fell from/);
  await expect(story).toContainText(/200 more training steps brought it to/);
  const [before = 0, pruned = 0, after = 0] = [...((await story.textContent()) ?? '').matchAll(/(\d+\.\d)\s%/g)]
    .slice(1)
    .map(([, n]) => Number(n));
  expect(pruned).toBeLessThan(before);
  expect(after).toBeGreaterThan(pruned);
  await expect(page.getByText(/Still sparse: 239,\d+ of 266,200 stored weights are exactly 0 \(90\.0\s%\)/)).toBeVisible();
  const survivors = page.getByRole('figure', { name: 'Kept weights of each layer' });
  await expect(survivors.getByRole('listitem').first()).toContainText('23,520 of 235,200');
  await expect(page.getByRole('figure', { name: 'Kept weights of each input pixel' })).toContainText('for each of 784 pixels');
  await expectAccessibleInBothThemes(page);

  await expect(story).toContainText('The file is not smaller yet (1.07 MB)');
  await page.getByRole('button', { name: 'Store only kept weights' }).press('Enter');
  await expect(story).toContainText(/The file is \d\.\d× smaller than before pruning/);
  const stored = await downloaded(page);
  expect(stored.filter(({ role, support }) => role === 'weight' && support).length).toBeGreaterThan(0);

  const threshold = page.getByRole('slider', { name: /^Threshold on the magnitude/ });
  await expect(threshold).toHaveAttribute('aria-valuenow', '90');
  await threshold.press('PageDown');
  await expect(threshold).toHaveAttribute('aria-valuenow', '80');
  await expect.poll(() => lab.fragment()).toContain('prune=amount:80');
  const box = (await threshold.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.05, box.y + 60, { steps: 3 });
  await expect(threshold).toHaveAttribute('aria-valuetext', /^At \|w\| < .*% would be pruned/);
  const chosen = Number(await threshold.getAttribute('aria-valuenow'));
  expect(chosen).toBeLessThan(80);
  await page.mouse.up();
  await expect.poll(() => lab.fragment()).toContain(`prune=amount:${chosen}`);
});

test('every criterion is chosen and prunes; where gradients are pruned, the page says what the last step left alone', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open('v=1&d=mnist&m=mlp,widths:8&prune=amount:60&train=steps:20,opt:sgd,gprune:1,eval:0&backend=wasm');
  const card = page.getByRole('list', { name: 'Stages' }).getByRole('listitem').first();
  await card.getByRole('button', { name: /Prune/ }).first().click();
  for (const { id, label } of pruningCriteria) {
    await lab.choose(card, 'Criterion', label);
    await expect.poll(() => lab.fragment()).toMatch(id === 'magnitude' ? /&prune=amount:60/ : new RegExp(`&prune=by:${id},amount:60`));
    await expect(lab.run.getByText('Ready')).toBeVisible();
    await lab.play();
    await lab.done();
    expect(await lab.testAccuracy(), id).toBeGreaterThan(0);
  }
  await page.getByRole('tab', { name: 'Numbers' }).click();
  await expect(page.getByText('fc1/kernel: unchanged by the last step').first()).toBeVisible();
  expect(zeroShare((await downloaded(page))[0]!)).toBeCloseTo(0.6, 3);
});
