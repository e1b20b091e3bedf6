import { beforeAll, expect, test } from 'vitest';
import { decodeTensor, readModelFile } from '../../numerics/container/model-file';
import { decodeByDocument } from '../../numerics/testing/own-decoder';
import { tinyDataset } from '../testing/tiny-dataset';
import { finish, model, stage, tinyExperiment, train } from '../testing/tiny-run';
import { openTestBackends } from '../testing/wasm-test-backend';

beforeAll(openTestBackends);

const dataset = tinyDataset({ train: 60, test: 30 });
const before = [train({ steps: 2 }), stage('prune', { amount: 80 }), stage('quantize', { bits: 4 })];
const run = (...after: ReturnType<typeof stage>[]) =>
  finish(tinyExperiment([...before, ...after], { model: model('mlp', { widths: [10] }) }), dataset);

test('the file is written as the stage says, and the network is the same', async () => {
  const plain = await run();
  const encoded = await run(stage('encode', { support: 'relative', indexBits: 4, coder: 'huffman' }));
  const { tensors } = readModelFile(encoded.models.at(-1) as Uint8Array);
  expect(tensors.filter(({ role }) => role === 'weight').map(({ support, coder }) => [support?.kind, coder])).toEqual([
    ['relative', 'huffman'],
    ['relative', 'huffman'],
  ]);
  expect(tensors.filter(({ role }) => role === 'bias').every(({ support, coder }) => !support && !coder)).toBe(true);
  expect(encoded.record?.testAccuracy).toBe(plain.record?.testAccuracy);
  expect(encoded.record?.ledger.totalBits).toBeLessThan(plain.record?.ledger.totalBits ?? 0);
});

test('a later stage replaces the choice of an earlier one', async () => {
  const sizes: number[] = [];
  for (const stages of [[], [stage('encode', {})], [stage('encode', {}), stage('encode', { support: 'dense', coder: 'packed' })]])
    sizes.push((await run(...stages)).record?.ledger.totalBits ?? 0);
  expect(sizes[2]).toBe(sizes[0]);
  expect(sizes[1]).toBeLessThan(sizes[0] ?? 0);
});

test('the smallest way is not larger than any of them', async () => {
  const size = async (settings: object) => (await run(stage('encode', { ...settings }))).record?.ledger.totalBits ?? 0;
  const smallest = await size({});
  for (const support of ['dense', 'bitmask', 'relative', 'csr', 'csc'])
    for (const coder of ['packed', 'huffman']) expect(smallest).toBeLessThanOrEqual(await size({ support, coder, indexBits: 4 }));
});

test('a decoder that is written from docs/FORMAT.md alone reads the file of a run', async () => {
  for (const settings of [{}, { support: 'relative', indexBits: 3 }, { support: 'csc', coder: 'packed' }]) {
    const { models } = await run(stage('encode', { ...settings } as Record<string, string | number>));
    const file = models.at(-1) as Uint8Array;
    const values = decodeByDocument(file);
    for (const tensor of readModelFile(file).tensors)
      expect(values.get(tensor.name)?.map((x) => x + 0)).toEqual(Array.from(decodeTensor(tensor), (x) => x + 0));
  }
});
