/** What the mechanism promises to whoever adds a stage, an operator or a parametrization: seven promises, each with its proof. */
import { beforeAll, describe, expect, test } from 'vitest';
import { architectureOf } from '../experiment/methods/models/architecture';
import { buildModel } from '../experiment/methods/models/registry';
import { pruningCriteria } from '../experiment/methods/pruning/registry';
import { unitCriteria } from '../experiment/methods/pruning/unit-criteria';
import { activationQuantizers, gradientQuantizers, quantizers } from '../experiment/methods/quantizers/registry';
import { structures } from '../experiment/methods/structures/registry';
import type { Values } from '../experiment/settings/setting';
import { stageDefinitions } from '../experiment/stages/registry';
import { decodeTensor, readModelFile } from '../numerics/container/model-file';
import { initialValues } from './network/initialize';
import { Network } from './network/network';
import { structureFor } from './operators/registry';
import { readStates } from './parametrizations/parametrization';
import { quantizerIds } from './parametrizations/quantizers/registry';
import { stored } from './parametrizations/stack';
import { pruningCriterion } from './pruning/registry';
import { unitCriterion } from './pruning/unit-criteria';
import { stageImplementation } from './stages/registry';
import { installMask, installWeights } from './state/install';
import { tinyDataset } from './testing/tiny-dataset';
import { everyStep, finish, model, stage, tinyCnn, tinyExperiment, train } from './testing/tiny-run';
import { openTestBackends } from './testing/wasm-test-backend';

beforeAll(openTestBackends);

const dataset = tinyDataset({ train: 200, test: 60 });
const small = model('mlp', { widths: [12] });

const zeros = (values: Float32Array) => values.reduce((n, value) => n + (value === 0 ? 1 : 0), 0);
const quantize = (values: Values) => ({ ...stage('quantize', values) });

describe('the file is the network', () => {
  test('pruned, then quantized: accuracy of the file is that of the network, and 9 of 10 weights are 0', async () => {
    const stages = [train({ steps: 60 }), stage('prune', { amount: 90 }), quantize({ bits: 8 })];
    const { record, models, events } = await finish(tinyExperiment(stages, { model: small }), dataset);
    const [float, pruned, quantized] = record?.stages ?? [];
    // Validation goes through the network, the test through the file.
    expect(float?.testAccuracy).toBe(1);
    expect(Math.abs((quantized?.valAccuracy ?? 0) - (pruned?.valAccuracy ?? 1))).toBeLessThan(0.1);
    expect(Math.abs((quantized?.testAccuracy ?? 0) - (pruned?.testAccuracy ?? 1))).toBeLessThan(0.1);
    for (const tensor of readModelFile(models.at(-1) as Uint8Array).tensors.filter(({ role }) => role === 'weight')) {
      const values = decodeTensor(tensor);
      expect(zeros(values)).toBeGreaterThanOrEqual(Math.round(0.9 * values.length));
    }
    expect(events.filter(({ type }) => type === 'failed')).toEqual([]);
  });

  test('a quantizer is fitted to what the mask leaves, not to the latent values', async () => {
    const network = new Network(buildModel(small, dataset.shape, 4), dataset.shape, 1);
    const { spec, parametrizations } = network.parameter('fc2/kernel');
    // The largest weight is pruned: a scale that knows of it would be ten times too coarse.
    const latent = Float32Array.from({ length: 48 }, (_, i) => (i === 5 ? 10 : Math.sin(i)));
    network.write({ 'fc2/kernel': latent });
    const place = { place: 'fc2/kernel', stage: 0, share: 1 };
    const kept = new Uint8Array(48).fill(1);
    kept[5] = 0;
    installMask(network, { ...place, method: 'magnitude', settings: {} }, kept);
    const settings = quantize({ bits: 4, calibration: 'mse' });
    await installWeights(network, { ...place, method: 'ste', settings }, latent);
    const { encoding } = stored(parametrizations, spec.shape, latent, await readStates(parametrizations));
    if (encoding.kind !== 'uniform') throw new Error('The encoding is not uniform.');
    expect(encoding.scales[0]).toBeLessThan(0.2);
    expect(encoding.codes[5]).toBe(0);
    network.dispose();
  });

  test('a second mask intersects with the first', async () => {
    const [half, most] = [stage('prune', { amount: 50 }), stage('prune', { amount: 60, share: 'all' })];
    const { checkpoints } = await finish(tinyExperiment([train(), half, train(), most], { model: small }), dataset);
    const kept = checkpoints.map(
      ({ model: { parametrizations } }) => parametrizations.find(({ place }) => place === 'fc1/kernel')?.state.kept,
    );
    const [first, second] = [kept[1], kept[3]];
    expect(zeros(first as Float32Array)).toBe(384);
    expect(zeros(second as Float32Array)).toBe(Math.round(0.6 * 768));
    expect(second?.every((keep, i) => keep <= (first?.[i] ?? 0))).toBe(true);
  });

  test('a look counts pruned weights apart from those that are left', async () => {
    const { events } = await finish(tinyExperiment([train(), stage('prune', { amount: 90 })], { model: small }), dataset);
    const [fc1] = events.flatMap((event) => (event.type === 'inspection' ? [event.layers] : [])).at(-1) ?? [];
    expect(fc1?.pruned).toBe(691);
    expect(fc1?.latent.counts.reduce((a, b) => a + b, 0)).toBe(768 - 691);
  });

  test('one bit has no zero: the file says which weights are pruned', async () => {
    const stages = [train(), stage('prune', { amount: 50 }), quantize({ bits: 1 })];
    const { record, models } = await finish(tinyExperiment(stages, { model: small }), dataset);
    expect(record?.ledger.parts.filter(({ kind }) => kind === 'masks').map(({ bits }) => bits)).toEqual([768, 48]);
    const [fc1] = readModelFile(models.at(-1) as Uint8Array).tensors;
    expect(new Set(decodeTensor(fc1!).map(Math.sign))).toEqual(new Set([-1, 0, 1]));
  });
});

describe('a structure is an operator', () => {
  const lowRank = stage('factorize', { rank: 2 });

  test('factors are quantized, stored with their bits, and inspected', async () => {
    const stages = [train(), lowRank, quantize({ bits: 4 }), train({ steps: 4 })];
    const { events, models, record } = await finish(tinyExperiment(stages, { model: small }), dataset, { control: everyStep() });
    const { tensors } = readModelFile(models.at(-1) as Uint8Array);
    expect(tensors.map(({ name, shape }) => [name, shape])).toEqual([
      ['fc1/left', [64, 2]],
      ['fc1/right', [2, 12]],
      ['fc1/bias', [12]],
      ['fc2/left', [12, 2]],
      ['fc2/right', [2, 4]],
      ['fc2/bias', [4]],
    ]);
    expect(record?.ledger.parts.find(({ tensor, kind }) => tensor === 'fc1/left' && kind === 'codes')?.bits).toBe(64 * 2 * 4);
    const inspections = events.flatMap((event) => (event.type === 'inspection' ? [event.layers] : []));
    expect(inspections.at(-1)?.map(({ layer, quantizer }) => [layer, quantizer !== null])).toEqual([
      ['fc1 left', true],
      ['fc1 right', true],
      ['fc2 left', true],
      ['fc2 right', true],
    ]);
  });

  test('multiply-accumulates are those of the factors, dense bits those of the model', async () => {
    const { record } = await finish(tinyExperiment([train({ steps: 1 }), lowRank], { model: small }), dataset);
    expect(record?.macs).toBe(2 * (64 + 12) + 2 * (12 + 4));
    expect(record?.ledger).toMatchObject({ weights: 768 + 48, denseBits: (768 + 48 + 16) * 32 });
  });

  test('a mask goes with its matrix, with a warning; its zeros are in the factors’ product', async () => {
    const all = stage('prune', { amount: 100 });
    const stages = [train(), all, quantize({ bits: 4 }), lowRank];
    const { events, models } = await finish(tinyExperiment(stages, { model: small }), dataset);
    const warnings = events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));
    expect(warnings).toEqual(['Factorizing removed the masks and quantizers of fc1, fc2. Prune and quantize again after it.']);
    const { tensors } = readModelFile(models.at(-1) as Uint8Array);
    for (const tensor of tensors.filter(({ role }) => role === 'weight'))
      expect(zeros(decodeTensor(tensor))).toBe(tensor.shape[0]! * tensor.shape[1]!);
  });

  test('a rank that saves nothing leaves the network as it is, and says so', async () => {
    const { events, models } = await finish(tinyExperiment([stage('factorize', { rank: 500 })], { model: small }), dataset);
    expect(events.flatMap((event) => (event.type === 'warning' ? [event.message] : []))).toEqual([expect.stringContaining('no layer')]);
    expect(readModelFile(models.at(-1) as Uint8Array).tensors[0]?.name).toBe('fc1/kernel');
  });
});

describe('shapes may change', () => {
  test('a checkpoint after a rewrite needs nothing else, and the file describes what is left', async () => {
    const stages = [train(), stage('factorize', { rank: 3 }), quantize({ bits: 8, fold: true }), train({ steps: 6 })];
    const experiment = tinyExperiment(stages, { model: tinyCnn });
    const { record, checkpoints, models } = await finish(experiment, dataset, { control: everyStep() });
    for (const from of checkpoints) {
      const again = await finish(experiment, dataset, { from: structuredClone(from) });
      expect(again.record?.digest, `step ${from.step} of stage ${from.stage}`).toBe(record?.digest);
    }
    const { layers } = architectureOf(readModelFile(models.at(-1) as Uint8Array).meta);
    expect(layers.map(({ type }) => type)).toEqual([
      'conv',
      'activation',
      'maxPool',
      'flatten',
      'lowRank',
      'activation',
      'dropout',
      'dense',
    ]);
  });

  test('an operator in the stead of another does not shift the random streams of the others', () => {
    const layers = buildModel(model('mlp', { widths: [12, 10], dropout: 0.2 }), dataset.shape, 4);
    const network = new Network(layers, dataset.shape, 5);
    const streams = new Map(network.parameters.map(({ spec }) => [spec.name, spec.stream]));
    const places = network.linearLayers.map(({ layer, index }) => [layer, index]);
    const keys = network.layers.filter(({ type }) => type === 'dropout').map(({ key }) => key.layer);
    const { layer } = structureFor('low-rank');
    const next = layer('fc1', { inputs: 64, units: 12 }, { rank: 2 });
    if (!next) throw new Error('Rank 2 saves weights.');
    network.rebuild(network.layers.map((old) => ('name' in old && old.name === 'fc1' ? { ...next, key: old.key } : old)));
    for (const { spec } of network.parameters.filter(({ spec: { layer: name } }) => name !== 'fc1'))
      expect(spec.stream).toBe(streams.get(spec.name));
    expect(network.linearLayers.map(({ layer: name, index }) => [name, index])).toEqual(places);
    expect(network.layers.filter(({ type }) => type === 'dropout').map(({ key }) => key.layer)).toEqual(keys);
    const all = network.parameters.map(({ spec }) => spec.stream);
    expect(new Set(all).size).toBe(all.length);
    network.dispose();
  });
});

describe('a checkpoint holds what stages found out and what they go back to', () => {
  const stages = [
    stage('repeat', { rounds: 3, of: 3 }),
    train({ steps: 6 }),
    stage('prune', { amount: 20 }),
    stage('rewind', { to: 4 }),
    train({ steps: 6 }),
  ];
  const experiment = tinyExperiment(stages, { model: small });

  test('marks and outcomes are there, rounds are steps, and every checkpoint leads to the same end', async () => {
    const { record, checkpoints, events } = await finish(experiment, dataset, { control: everyStep() });
    expect(events.filter(({ type }) => type === 'failed')).toEqual([]);
    expect(record?.stages.map(({ stage: number, kind }) => `${number} ${kind}`)).toEqual([
      ...['0 train', '1 prune', '2 rewind', '3 train', '4 prune', '5 rewind', '6 train', '7 prune', '8 rewind', '9 train'],
    ]);
    const last = checkpoints.at(-1)?.model;
    expect(last?.marks.map(({ step }) => step)).toEqual([4]);
    const left = [768, 614, 491, 393];
    expect(zeros(last?.parametrizations.find(({ place }) => place === 'fc1/kernel')?.state.kept as Float32Array)).toBe(768 - left[3]!);
    for (const from of checkpoints) {
      const again = await finish(experiment, dataset, { from: structuredClone(from) });
      expect(again.record?.digest, `step ${from.step} of stage ${from.stage}`).toBe(record?.digest);
    }
  });

  test('rewinding brings back the marked weights, but those that are pruned', async () => {
    const { checkpoints } = await finish(experiment, dataset, { control: everyStep() });
    const marked = checkpoints.find(({ stage: at, step }) => at === 0 && step === 4)?.model.parameters['fc1/kernel'];
    const behind = checkpoints.find(({ stage: at, step }) => at === 3 && step === 0)?.model;
    const kept = behind?.parametrizations.find(({ place }) => place === 'fc1/kernel')?.state.kept;
    expect(behind?.parameters['fc1/kernel']).toEqual(marked?.map((value, i) => (kept?.[i] ? value : 0)));
  });

  test('back to 0 is back to the initial weights', async () => {
    const { checkpoints } = await finish(tinyExperiment([train(), stage('rewind')], { model: small }), dataset);
    const network = new Network(buildModel(small, dataset.shape, 4), dataset.shape, 1);
    const initial = Object.fromEntries(network.parameters.map(({ spec }) => [spec.name, initialValues(spec, spec.stream, 1)]));
    network.dispose();
    expect(checkpoints.at(-1)?.model.parameters).toEqual(initial);
  });

  test('after a rewrite the earlier moments are rewritten too: batch norm is folded into them', async () => {
    const stages = [train({ steps: 6 }), quantize({ bits: 16, fold: true }), stage('rewind', { to: 4 })];
    const { checkpoints } = await finish(tinyExperiment(stages, { model: tinyCnn }), dataset, { control: everyStep() });
    const marked = checkpoints.find(({ stage: at, step }) => at === 0 && step === 4)?.model.parameters ?? {};
    const back = checkpoints.at(-1)?.model.parameters ?? {};
    const factor = marked['bn-conv1/gamma']?.map((g, c) => g / Math.sqrt((marked['bn-conv1/variance']?.[c] ?? 1) + 1e-3));
    expect(Object.keys(back)).not.toContain('bn-conv1/gamma');
    expect(factor).toBeDefined();
    for (const [i, w] of back['conv1/kernel']?.entries() ?? [])
      expect(w).toBeCloseTo((marked['conv1/kernel']?.[i] ?? 0) * (factor?.[i % factor.length] ?? 0), 5);
  });

  test('after a factorization the way back leads to the factors of the marked and of the initial weights', async () => {
    for (const to of [0, 4]) {
      const stages = [train({ steps: 6 }), stage('factorize', { rank: 2 }), stage('rewind', { to })];
      const { checkpoints } = await finish(tinyExperiment(stages, { model: small }), dataset, { control: everyStep() });
      const network = new Network(buildModel(small, dataset.shape, 4), dataset.shape, 1);
      const initial = await network.read();
      network.dispose();
      const then = to === 0 ? initial : checkpoints.find(({ stage: at, step }) => at === 0 && step === to)?.model.parameters;
      const back = checkpoints.at(-1)?.model.parameters;
      const factors = structureFor('low-rank').project(then?.['fc1/kernel'] ?? new Float32Array(), { inputs: 64, units: 12 }, { rank: 2 });
      expect(back?.['fc1/left'], `step ${to}`).toEqual(factors.left);
      const matrix = structureFor('low-rank').matrix(factors, { inputs: 64, units: 12 }, { rank: 2 });
      expect(matrix).toHaveLength(768);
    }
  });

  test('back to a step that the run has not reached fails with a sentence', async () => {
    const { events, record } = await finish(tinyExperiment([train(), stage('rewind', { to: 5000 })], { model: small }), dataset);
    expect(record).toBeUndefined();
    expect(events.at(-1)).toMatchObject({
      type: 'failed',
      message: 'Stage 2 would go back to step 5,000, but the run has done only 12 steps by then.',
    });
  });
});

describe('tables and implementations go together', () => {
  const ids = (methods: readonly { readonly id: string }[]) => methods.map(({ id }) => id).filter((id) => id !== 'none');

  test.each([
    ['weights', quantizers],
    ['activations', activationQuantizers],
    ['gradients', gradientQuantizers],
  ] as const)('quantizers of %s', (role, methods) => {
    expect([...quantizerIds(role)].sort()).toEqual([...ids(methods)].sort());
  });

  test('stages, criteria and structures', () => {
    for (const { kind, repeats } of stageDefinitions) if (!repeats) expect(stageImplementation(kind).run).toBeTypeOf('function');
    for (const id of ids(pruningCriteria)) expect(pruningCriterion(id)).toBeTypeOf('function');
    for (const id of ids(unitCriteria)) expect(unitCriterion(id)).toBeTypeOf('function');
    for (const id of ids(structures)) expect(structureFor(id).project).toBeTypeOf('function');
    expect(() => stageImplementation('toString')).toThrow('There is no implementation of a stage called "toString".');
    expect(() => pruningCriterion('toString')).toThrow('There is no pruning criterion called "toString".');
    expect(() => unitCriterion('toString')).toThrow('There is no criterion for units called "toString".');
    expect(() => structureFor('toString')).toThrow('There is no structure called "toString".');
  });
});
