import { beforeAll, describe, expect, test } from 'vitest';
import { tinyDataset } from '../../engine/testing/tiny-dataset';
import { finish, model, stage, tinyExperiment, train } from '../../engine/testing/tiny-run';
import { openTestBackends } from '../../engine/testing/wasm-test-backend';
import { writeModelFile } from '../../numerics/container/model-file';
import { fileReport } from './file-report';
import { fittingDataset, testFile } from './file-test';

beforeAll(openTestBackends);

const digits = tinyDataset({ side: 28, classes: 10, train: 100, test: 50 });
const stages = [train({ steps: 5 }), stage('prune', { amount: 80 }), stage('quantize', { bits: 4 }), stage('encode', {})];

async function runOf(dataset = digits) {
  const { models, record } = await finish(tinyExperiment(stages, { model: model('mlp', { widths: [12] }) }), dataset);
  return { bytes: models.at(-1) as Uint8Array, record };
}

describe('a model file alone', () => {
  test('is measured on the test images as the run was', async () => {
    const { bytes, record } = await runOf();
    const result = await testFile(bytes, async () => digits, 'standard');
    expect(result).toEqual({ dataset: 'Tiny', normalize: 'standard', count: 50, right: expect.any(Number), inputsRounded: false });
    expect(result.right / result.count).toBeCloseTo(record?.testAccuracy ?? Number.NaN, 9);
  });

  test('says when its images are those of no dataset', async () => {
    const { bytes } = await runOf(tinyDataset({ side: 12 }));
    await expect(testFile(bytes, async () => digits, 'standard')).rejects.toThrow(
      'The model takes images of 12 × 12 pixels with 1 channel and knows 4 classes. It fits neither MNIST',
    );
    const layers = { layers: [], input: { height: 32, width: 32, channels: 3 }, classes: 10 };
    expect(fittingDataset(layers)).toBe('cifar10');
  });

  test('says what it lacks, before memory is taken for it', async () => {
    const { bytes } = writeModelFile({ model: 'mlp', values: { widths: [4096] } }, []);
    await expect(testFile(bytes, async () => digits, 'standard')).rejects.toThrow(
      'The model needs fc1/kernel of 784 × 4096 numbers; the file lacks it.',
    );
    await expect(testFile(writeModelFile({}, []).bytes, async () => digits, 'standard')).rejects.toThrow('does not name its model');
  });
});

test('the report has the figures of the run, and the same model in every storage', async () => {
  const { bytes, record } = await runOf();
  const report = await fileReport(bytes);
  expect(report.weights).toBe(report.ledger.weights);
  expect(report.ledger).toEqual(record?.ledger);
  expect(report).toMatchObject({ model: 'mlp', classes: 10, input: { height: 28, width: 28, channels: 1 } });
  const bits = Object.fromEntries(report.storages.map((row) => [row.id, row.bits]));
  expect(bits.file).toBe(bytes.length * 8);
  expect(bits['float32-gzip']).toBeLessThan(bits.float32 ?? 0);
  for (const id of ['dense', 'bitmask', 'csr', 'csc', 'huffman']) expect(bits.file).toBeLessThanOrEqual(bits[id] ?? 0);
  expect(report.layers.map(({ name }) => name)).toEqual(['fc1/kernel', 'fc2/kernel']);
  for (const { values, kept } of report.layers) expect(values.every((value, i) => kept[i] === 1 || value === 0)).toBe(true);
});

test('the report counts the weights of the file itself where units were removed', async () => {
  const removed = [train({ steps: 5 }), stage('remove', { criterion: 'random', amount: 50 })];
  const { models } = await finish(tinyExperiment(removed, { model: model('mlp', { widths: [12] }) }), digits);
  const report = await fileReport(models.at(-1) as Uint8Array);
  expect(report.ledger.weights).toBe(784 * 12 + 12 * 10);
  expect(report.weights).toBe(784 * 6 + 6 * 10);
  // Almost no float is exactly 0.
  expect(report.nonZero / report.weights).toBeGreaterThan(0.9);
});
