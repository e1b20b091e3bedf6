import { beforeAll, describe, expect, test } from 'vitest';
import { buildModel } from '../../experiment/methods/models/registry';
import { readModelFile } from '../../numerics/container/model-file';
import { notTraining } from '../device/step-context';
import { Network } from '../network/network';
import type { Rewritten } from '../rewrites/rewrite';
import { tinyDataset } from '../testing/tiny-dataset';
import { finish, model, stage, tinyExperiment, train } from '../testing/tiny-run';
import { normal, on, openTestBackends } from '../testing/wasm-test-backend';
import { installMask, installWeights } from './install';
import { emptyMemory, mark, valuesAt } from './memory';
import { readModel } from './model-state';
import { rewriteModel } from './rewrite-model';

beforeAll(openTestBackends);

const dataset = tinyDataset({ train: 100, test: 40 });
const small = model('mlp', { widths: [6] });
const [inputs, hidden, classes] = [64, 6, 4];

/** The hidden layer without the units that are not named. */
function withUnits({ layers }: Network, units: readonly number[]): Rewritten {
  const columns = Uint32Array.from(
    { length: inputs * units.length },
    (_, i) => Math.floor(i / units.length) * hidden + units[i % units.length]!,
  );
  const rows = Uint32Array.from({ length: units.length * classes }, (_, i) => units[Math.floor(i / classes)]! * classes + (i % classes));
  return {
    layers: layers.map((layer) => (layer.type === 'dense' && layer.name === 'fc1' ? { ...layer, units: units.length } : layer)),
    values: {},
    elements: { 'fc1/kernel': columns, 'fc1/bias': Uint32Array.from(units), 'fc2/kernel': rows },
  };
}

describe('a rewrite that removes units', () => {
  test('keeps the function where they were dead, and takes masks and marks along', async () => {
    const network = new Network(buildModel(small, dataset.shape, classes), dataset.shape, 1);
    const memory = emptyMemory();
    await mark(memory, network, 7);
    const place = { stage: 0, method: 'magnitude', settings: {}, share: 1 };
    // Units 1 and 4 get nothing; of unit 0 one weight is pruned too.
    const kept = Uint8Array.from({ length: inputs * hidden }, (_, i) => (i % hidden === 1 || i % hidden === 4 || i === 0 ? 0 : 1));
    installMask(network, { ...place, place: 'fc1/kernel' }, kept);
    await installWeights(
      network,
      { ...place, place: 'fc2/kernel', method: 'ste', settings: stage('quantize', { bits: 8 }) },
      new Float32Array(24),
    );
    const images = normal([5, inputs], 1);
    const logits = async () => (await on('wasm', () => [network.forward(images, notTraining)]))[0]!;
    const marked = valuesAt(memory, network, 7)!['fc2/kernel']!;

    const lost = await rewriteModel(network, memory, () => withUnits(network, [0, 2, 3, 5]));
    // A scale was fitted to all of fc2: its quantizer is gone, the mask is not.
    expect(lost).toEqual(['fc2/kernel']);
    const state = await readModel(network, memory);
    const [mask] = state.parametrizations;
    expect(mask).toMatchObject({ place: 'fc1/kernel', role: 'mask' });
    expect([...mask!.state.kept!.slice(0, 5)]).toEqual([0, 1, 1, 1, 1]);
    expect(valuesAt(memory, network, 7)!['fc2/kernel']).toEqual(
      Float32Array.from([0, 2, 3, 5].flatMap((u) => [...marked.slice(4 * u, 4 * u + 4)])),
    );

    const after = await logits();
    const whole = new Network(buildModel(small, dataset.shape, classes), dataset.shape, 1);
    installMask(whole, { ...place, place: 'fc1/kernel' }, kept);
    const [before] = await on('wasm', () => [whole.forward(images, notTraining)]);
    for (const [i, logit] of before!.entries()) expect(after[i]).toBeCloseTo(logit, 5);
    images.dispose();
    network.dispose();
    whole.dispose();
  });

  test('is in every later checkpoint and in the file, which counts against the whole model', async () => {
    const { checkpoints } = await finish(tinyExperiment([train(), train()], { model: small }), dataset);
    const [behind] = checkpoints;
    const network = new Network(behind!.model.layers, dataset.shape, 1);
    const memory = emptyMemory();
    network.write(behind!.model.parameters);
    await rewriteModel(network, memory, () => withUnits(network, [0, 2]));
    const from = { ...behind!, model: await readModel(network, memory), optimizer: {} };
    network.dispose();
    const { record, models } = await finish(tinyExperiment([train(), train()], { model: small }), dataset, { from: structuredClone(from) });
    expect(record?.ledger).toMatchObject({ weights: inputs * hidden + hidden * classes });
    expect(record?.macs).toBe(inputs * 2 + 2 * classes);
    const { meta, tensors } = readModelFile(models.at(-1) as Uint8Array);
    expect(tensors[0]?.shape).toEqual([inputs, 2]);
    expect(meta).toMatchObject({
      layers: [{ type: 'flatten' }, { type: 'dense', units: 2 }, { type: 'activation' }, { type: 'dense', units: 4 }],
    });
  });
});

describe('what stages leave for later ones', () => {
  test('bits for each parameter are what the quantizer takes', async () => {
    const stages = [train(), stage('quantize', { bits: 8 })];
    const { checkpoints } = await finish(tinyExperiment(stages, { model: small }), dataset);
    const [behind] = checkpoints;
    const outcomes = { 'fc1/kernel/bits': Float32Array.of(3) };
    const from = { ...behind!, model: { ...behind!.model, outcomes } };
    const { models, checkpoints: later } = await finish(tinyExperiment(stages, { model: small }), dataset, { from });
    const encodings = readModelFile(models.at(-1) as Uint8Array).tensors.map(({ name, encoding }) => [
      name,
      'bits' in encoding ? encoding.bits : 32,
    ]);
    expect(encodings).toEqual([
      ['fc1/kernel', 3],
      ['fc1/bias', 32],
      ['fc2/kernel', 8],
      ['fc2/bias', 32],
    ]);
    expect(later.at(-1)?.model.outcomes).toEqual(outcomes);
  });

  test('how tensors are written is part of the state', async () => {
    const stages = [train(), stage('prune', { amount: 90 }), train({ steps: 2 })];
    const plain = await finish(tinyExperiment(stages, { model: small }), dataset);
    const from = plain.checkpoints[1]!;
    const chosen = { ...from, model: { ...from.model, storage: { support: { kind: 'bitmask' as const } } } };
    const sparse = await finish(tinyExperiment(stages, { model: small }), dataset, { from: structuredClone(chosen) });
    expect(plain.record?.ledger.parts.some(({ kind }) => kind === 'masks')).toBe(false);
    expect(sparse.record?.ledger.parts.filter(({ kind }) => kind === 'masks').map(({ bits }) => bits)).toEqual([
      inputs * hidden,
      hidden * classes,
    ]);
    expect(sparse.record!.ledger.totalBits).toBeLessThan(plain.record!.ledger.totalBits / 3);
    expect(sparse.record?.testAccuracy).toBe(plain.record?.testAccuracy);
  });
});
