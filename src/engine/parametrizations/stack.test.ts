import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { quantizers } from '../../experiment/methods/quantizers/registry';
import type { Values } from '../../experiment/settings/setting';
import { decodeTensor, readModelFile, writeModelFile } from '../../numerics/container/model-file';
import { fillNormal } from '../../numerics/random/rng';
import type { AffineSettings } from '../../numerics/scales/affine';
import { affineInside, blockParameters } from '../../numerics/scales/affine-groups';
import { scaleGrid } from '../../numerics/scales/scale-grid';
import { eagerContext, notTraining } from '../device/step-context';
import { expectNear } from '../testing/annealed-case';
import { parametrizationSetup } from '../testing/parametrization-setup';
import { on, openTestBackends } from '../testing/wasm-test-backend';
import { masked, maskParametrization } from './mask';
import { disposeParametrization, type Parametrization, readStates } from './parametrization';
import { quantizerFor, quantizerIds } from './quantizers/registry';
import { afterStep, keptOf, penaltyOf, seenThrough, stored, valuesBelow } from './stack';

beforeAll(openTestBackends);

const shape = [12, 10] as const;
const latent = new Float32Array(120);
fillNormal(latent, 8, 1, 0);
const kept = Uint8Array.from(latent, (_, i) => (i % 3 === 0 ? 0 : 1));
const left = masked(latent, kept);
const dy = Float32Array.from(latent, (_, i) => Math.cos(i) + 2);
const training = eagerContext(1, 3, { elapsed: 300, progress: 0.5, lr: 0.1 });

/** A mask, and above it a quantizer that is fitted to what the mask leaves. */
function stack(method: string, values: Values = {}): [Parametrization, Parametrization] {
  const quantizer = quantizerFor(method, 'weights')(parametrizationSetup({ method, ...values }, { shape, latent: left }));
  return [maskParametrization(0, shape, kept, {}, 'magnitude'), quantizer];
}

const tensor = (values: Float32Array) => tf.tensor(values.slice(), [...shape]);
const pruned = (values: Float32Array) => values.filter((_, i) => kept[i] === 0).map((value) => value + 0);
const none = new Float32Array(40);
const dispose = (parametrizations: readonly Parametrization[]) => parametrizations.forEach(disposeParametrization);

/** With the fewest bits that each has: one bit has no level at 0. */
const fewBits = quantizers
  .filter(({ id }) => quantizerIds('weights').includes(id))
  .map(({ id, settings }) => {
    const bits = settings.find(({ key }) => key === 'bits');
    return [id, { proxRate: 50, ...(bits?.type === 'number' && { bits: bits.min }) }] as const;
  });

describe('the gradient through mask and quantizer is the mask times the quantizer’s surrogate', () => {
  test('straight-through, clipped and one bit', async () => {
    const all: readonly Values[] = [
      { bits: 3 },
      { bits: 3, calibration: 'percentile', percentile: 60, surrogate: 'clipped', granularity: 'channel' },
      { bits: 1, calibration: 'percentile', percentile: 60, surrogate: 'clipped' },
    ];
    for (const values of all) {
      const parametrizations = stack('ste', values);
      const { low, high } = (await readStates(parametrizations))[1] ?? {};
      const settings = { scheme: 'symmetric', range: 'narrow', ...values } as unknown as AffineSettings;
      const grid = scaleGrid(shape, 'granularity' in values ? 'channel' : 'tensor');
      const inside =
        low && high
          ? Float32Array.from(affineInside(left, blockParameters({ lows: low, highs: high }, settings), grid, settings))
          : new Float32Array(120).fill(1);
      expect(await gradientOf(parametrizations)).toEqual(dy.map((d, i) => d * inside[i]! * kept[i]!));
      const passed = inside.reduce((sum, one) => sum + one, 0);
      if (low) expect(passed).toBeLessThan(120);
      expect(passed).toBeGreaterThan(30);
      dispose(parametrizations);
    }
  });

  test.each(fewBits)('%s: what is pruned has none, the rest what the quantizer gives alone', async (method, values) => {
    const parametrizations = stack(method, values);
    const found = await gradientOf(parametrizations);
    const alone = await gradientOf([parametrizations[1]], left, masked(dy, kept));
    expect(pruned(found)).toEqual(none);
    expect(masked(found, kept)).toEqual(masked(alone, kept));
    dispose(parametrizations);
  });
});

describe.each(fewBits)('%s over a mask', (method, values) => {
  test('layers see 0 where a weight is pruned, in training and when measured, and the file says the same', async () => {
    const parametrizations = stack(method, values);
    const file = stored(parametrizations, shape, latent, await readStates(parametrizations));
    const decoded = decodeTensor({ name: 'w', role: 'weight', shape, ...file });
    for (const context of [training, notTraining]) {
      const [seen] = await on('wasm', () => [tf.clone(seenThrough(parametrizations, tensor(latent), context))]);
      expect(pruned(seen!)).toEqual(none);
      if (context === notTraining) expectNear(seen!, decoded, 6);
    }
    expect(pruned(decoded)).toEqual(none);
    expect(decoded.some((value) => value !== 0)).toBe(true);
    dispose(parametrizations);
  });

  test('a step brings no pruned weight back, whatever the optimizer and the quantizer do to it', async () => {
    const parametrizations = stack(method, values);
    // Momentum has moved all weights.
    const variable = tf.tidy(() => tf.variable(tensor(latent)));
    tf.tidy(() => afterStep(parametrizations, variable, training));
    expect(pruned(Float32Array.from(await variable.data()))).toEqual(none);
    variable.dispose();
    dispose(parametrizations);
  });
});

test('some quantizers move weights after a step: the mask is applied after them', async () => {
  const parametrizations = stack('prox-quant', { bits: 1, proxRate: 50 });
  const variable = tf.tidy(() => tf.variable(tensor(left)));
  tf.tidy(() => parametrizations[1].afterStep?.(variable, training));
  expect(pruned(Float32Array.from(await variable.data())).every((value) => value !== 0)).toBe(true);
  variable.dispose();
  dispose(parametrizations);
});

describe('what the file stores', () => {
  test('codes without a 0 come with a bit for each weight, that counts and reads back', async () => {
    const parametrizations = stack('ste', { bits: 1 });
    const file = stored(parametrizations, shape, latent, await readStates(parametrizations));
    expect(file.support).toBeDefined();
    const tensorInFile = { name: 'w', role: 'weight' as const, shape, ...file };
    const { bytes, ledger } = writeModelFile({}, [tensorInFile]);
    expect(ledger.parts.find(({ kind }) => kind === 'masks')?.bits).toBe(120);
    expect(ledger.totalBits).toBe(bytes.length * 8);
    const back = decodeTensor(readModelFile(bytes).tensors[0]!);
    expect(back).toEqual(decodeTensor(tensorInFile));
    expect(back.map((value) => (value === 0 ? 0 : 1))).toEqual(Float32Array.from(kept));
    dispose(parametrizations);
  });

  test.each([
    ['ste', { bits: 4 }],
    ['twn', {}],
  ])('codes of %s have a 0, and need none', async (method, values) => {
    const parametrizations = stack(method, values);
    expect(stored(parametrizations, shape, latent, await readStates(parametrizations)).support).toBeUndefined();
    dispose(parametrizations);
  });

  test('without parametrizations the latent values, under a mask alone its zeros', async () => {
    expect(stored([], shape, latent, [])).toEqual({ encoding: { kind: 'float32', values: latent } });
    const [mask, other] = stack('ste');
    const states = await readStates([mask]);
    expect(stored([mask], shape, latent, states)).toEqual({ encoding: { kind: 'float32', values: left } });
    expect(keptOf([mask], states)).toEqual(kept);
    expect(keptOf([other], await readStates([other]))).toBeUndefined();
    dispose([mask, other]);
  });

  test('a quantizer is fitted to what the mask leaves, a new mask to the latent values', async () => {
    const parametrizations = stack('ste');
    const states = await readStates(parametrizations);
    expect(valuesBelow(parametrizations, 'quantizer', latent, states)).toEqual(left);
    expect(valuesBelow(parametrizations, 'mask', latent, states)).toEqual(latent);
    dispose(parametrizations);
  });
});

describe('penalties', () => {
  test.each([
    ['waveq', { bits: 3, waveStart: 0.1 }],
    ['thesis', { learnedBy: 'deviation', gamma: 1, firstScale: 0.3, thesisAxis: 'scalar' }],
  ])('%s is given what the mask leaves', async (method, values) => {
    const parametrizations = stack(method, values);
    const [found, ofLeft, ofAll, gradient] = await on('wasm', () => [
      tf.clone(penaltyOf(parametrizations, tensor(latent), training)!),
      tf.clone(parametrizations[1].penalty!(tensor(left), training)),
      tf.clone(parametrizations[1].penalty!(tensor(latent), training)),
      tf.grad((x: tf.Tensor) => penaltyOf(parametrizations, x, training)!)(tensor(latent)),
    ]);
    expect(found![0]).toBeGreaterThan(0);
    expect(found).toEqual(ofLeft);
    expect(found).not.toEqual(ofAll);
    expect(pruned(gradient!)).toEqual(none);
    dispose(parametrizations);
  });

  test('there is none where no parametrization has one', () => {
    const parametrizations = stack('ste');
    tf.tidy(() => {
      expect(penaltyOf(parametrizations, tensor(latent), training)).toBeUndefined();
    });
    dispose(parametrizations);
  });
});

test('without parametrizations the layer sees the latent values themselves', () => {
  tf.tidy(() => {
    const x = tensor(latent);
    expect(seenThrough([], x, training)).toBe(x);
  });
});

async function gradientOf(
  parametrizations: readonly Parametrization[],
  values: Float32Array = latent,
  above: Float32Array = dy,
): Promise<Float32Array> {
  const [gradient] = await on('wasm', () => [
    tf.grad((x: tf.Tensor) => seenThrough(parametrizations, tf.clone(x), training))(tensor(values), tensor(above)),
  ]);
  return gradient!.map((value) => value + 0);
}
