import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { defaultBlock } from '../../../experiment/settings/block';
import type { Values } from '../../../experiment/settings/setting';
import { stageDefinition } from '../../../experiment/stages/registry';
import { RangeObserver } from '../../../numerics/calibration/calibration';
import { signActivation, signActivationGradient } from '../../../numerics/quantizers/binary';
import { dorefaRoundedGradient } from '../../../numerics/quantizers/dorefa';
import { basisCodes, decodeBasis, movedBasis } from '../../../numerics/quantizers/lq-nets';
import { lsqGradients } from '../../../numerics/quantizers/lsq';
import { pactGradients, pactRange, pactValues } from '../../../numerics/quantizers/pact';
import { qilCodes, qilGradients } from '../../../numerics/quantizers/qil';
import { fillNormal, fillUniform, Purpose } from '../../../numerics/random/rng';
import { clipGradient, clippedValues, narrowRange, signedRange, unsignedRange } from '../../../numerics/scales/clipped-codes';
import { scaleGrid } from '../../../numerics/scales/scale-grid';
import { eagerContext } from '../../device/step-context';
import { on, openTestBackends } from '../../testing/wasm-test-backend';
import type { ActivationQuantizer } from '../activation-quantizer';
import { disposeParametrization, type ParametrizationState, readState } from '../parametrization';
import { quantizerFor } from './registry';

beforeAll(openTestBackends);

const shape = [4, 6] as const;
const signed = new Float32Array(24);
fillNormal(signed, 8, 1, 0);
signed[3] = 7;
signed[4] = -7;
const positive = signed.map((x) => Math.max(0, x));
const dy = signed.map((_, i) => Math.cos(i));
const grid = scaleGrid(shape, 'tensor');
const context = eagerContext(1, 3, { elapsed: 0, progress: 0, lr: 0.01 });

/** A parametrization that has seen these inputs; or, with a state, one that continues. */
function make(values: Values, seen: Float32Array, state: ParametrizationState = {}): ActivationQuantizer {
  const observed = new RangeObserver();
  if (Object.keys(state).length === 0) observed.add(seen);
  const block = defaultBlock(stageDefinition('quantize').settings, values) as Values;
  const factory = quantizerFor(String(values.activations), 'activations');
  return factory({ values: block as never, stage: 0, shape: [6], index: 4096, seed: 1, observed, state });
}

async function run(parametrization: ActivationQuantizer, x: Float32Array) {
  const learned = parametrization.arrays.filter(({ rate }) => rate !== 0);
  const [value, gradient, ...rest] = await on('wasm', () => {
    const f = (...[given]: tf.Tensor[]) => parametrization.apply(given!, context);
    const inputs = [tf.tensor(x.slice(), [...shape]), ...learned.map(({ variable }) => variable as tf.Tensor)];
    const result = tf.valueAndGrads(f)(inputs, tf.tensor(dy.slice(), [...shape]));
    return [tf.clone(result.value), ...result.grads];
  });
  return { value: value!, gradient: gradient!, learned: Object.fromEntries(learned.map(({ name }, i) => [name, rest[i]![0]!])) };
}

function expectNear(found: ArrayLike<number>, expected: ArrayLike<number>, digits = 5): void {
  expect(found.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) expect(found[i]).toBeCloseTo(expected[i]!, digits);
}

describe.each([false, true])('inputs that may be negative: %s', (both) => {
  const x = both ? signed : positive;

  test('LSQ: a step from the mean magnitude, with the twin’s gradients', async () => {
    const parametrization = make({ activations: 'lsq', actBits: 3 }, x);
    const range = both ? signedRange(3) : unsignedRange(3);
    const mean = x.reduce((sum, v) => sum + Math.abs(v), 0) / x.length;
    const { scale } = await readState(parametrization);
    expect(scale![0]).toBeCloseTo((2 * mean) / Math.sqrt(range.highest), 6);
    const found = await run(parametrization, x);
    const expected = lsqGradients(x, scale!, grid, range, dy);
    expectNear(found.value, clippedValues(x, scale!, grid, range));
    expectNear(found.gradient, expected.values);
    // N = 6 features.
    expect(found.learned.scale).toBeCloseTo(expected.scales[0]! / Math.sqrt(6 * range.highest), 5);
    expect(parametrization.stored(await readState(parametrization))).toEqual(scale);
    disposeParametrization(parametrization);
  });

  test.each([2, 0])('PACT: clipped at %d, or at the largest seen', async (first) => {
    const parametrization = make({ activations: 'pact', actBits: 3, actClip: first, actDecay: 0.5 }, x);
    const clip = first || 7;
    const range = pactRange(3, both);
    const found = await run(parametrization, x);
    const expected = pactGradients(x, clip, range, dy);
    expectNear(found.value, pactValues(x, clip, range));
    expectNear(found.gradient, expected.values);
    expect(found.learned.clip).toBeCloseTo(expected.clip, 5);
    const [penalty] = await on('wasm', () => [parametrization.penalty!(context)]);
    expect(penalty![0]).toBeCloseTo(0.5 * clip * clip, 5);
    expect([...parametrization.stored(await readState(parametrization))]).toEqual([clip]);
    disposeParametrization(parametrization);
  });

  test.each(['dorefa', 'wrpn'])('%s: even steps up to 1, or to the largest seen', async (activations) => {
    for (const actCeiling of ['one', 'observed']) {
      const parametrization = make({ activations, actBits: 2, actCeiling }, x);
      const codes = both ? narrowRange(2) : unsignedRange(2);
      const range = actCeiling === 'one' ? 1 : 7;
      const found = await run(parametrization, x);
      expectNear(found.value, clippedValues(x, Float32Array.of(range / codes.highest), grid, codes));
      expectNear(found.gradient, clipGradient(x, range, both ? -1 : 0, dy));
      expect([...parametrization.stored(await readState(parametrization))]).toEqual(range === 1 ? [] : [7]);
      disposeParametrization(parametrization);
    }
  });

  test('QIL: an interval with the twin’s gradients', async () => {
    const parametrization = make({ activations: 'qil', actBits: 3 }, x, {
      centre: Float32Array.of(0.8),
      distance: Float32Array.of(0.7),
      alpha: Float32Array.of(1.3),
      signed: Float32Array.of(both ? 1 : 0),
    });
    const state = await readState(parametrization);
    const interval = { centre: state.centre![0]!, distance: state.distance![0]!, power: 1 };
    const highest = both ? 3 : 7;
    const found = await run(parametrization, x);
    const alpha = state.alpha![0]!;
    expectNear(
      found.value,
      Float32Array.from(qilCodes(x, interval, highest), (code) => (code * alpha) / highest),
    );
    const expected = qilGradients(x, interval, highest, alpha, dy);
    // Where x = 0 the twin has no sign, and the interval begins above 0.
    expectNear(found.gradient, expected.values);
    expect(found.learned.centre).toBeCloseTo(expected.centre, 4);
    expect(found.learned.distance).toBeCloseTo(expected.distance, 4);
    expect(found.learned.alpha).toBeCloseTo(expected.scale, 4);
    expect(parametrization.stored(state)).toHaveLength(3);
    disposeParametrization(parametrization);
  });

  test.each(['lsq', 'pact', 'dorefa', 'qil'])('%s continues from its state without new images', async (activations) => {
    const before = make({ activations, actBits: 4, actCeiling: 'observed' }, x);
    const after = make({ activations, actBits: 4, actCeiling: 'observed' }, x, await readState(before));
    expect(await readState(after)).toEqual(await readState(before));
    expect((await run(after, x)).value).toEqual((await run(before, x)).value);
    disposeParametrization(before);
    disposeParametrization(after);
  });
});

test.each([positive, signed])('sign: the twin’s values and gradient, nothing in the file', async (x) => {
  const parametrization = make({ activations: 'sign' }, x);
  const found = await run(parametrization, x);
  expectNear(found.value, signActivation(x, 4));
  expectNear(found.gradient, signActivationGradient(x, 4, dy));
  expect(parametrization.stored({})).toHaveLength(0);
  disposeParametrization(parametrization);
});

test.each([1, 3])('LQ-Nets, %d bits: sums of the basis, a gradient up to the largest, and a basis that moves', async (actBits) => {
  const parametrization = make({ activations: 'lq-nets', actBits }, positive);
  const before = (await readState(parametrization)).basis!;
  // v_j = 2^j · 0.6745 · 2σ / (2^K − 1), and σ is √(π / 2) times the mean magnitude.
  const deviation = (positive.reduce((sum, v) => sum + v, 0) / positive.length) * Math.sqrt(Math.PI / 2);
  expectNear(
    before,
    before.map((_, j) => (2 ** j * 0.6745 * 2 * deviation) / (2 ** actBits - 1)),
  );
  const found = await run(parametrization, positive);
  expectNear(found.value, decodeBasis(basisCodes(positive, before, actBits, grid, 0), before, actBits, grid, 0));
  const top = before.reduce((a, b) => a + b, 0);
  expectNear(
    found.gradient,
    dy.map((g, i) => (positive[i]! <= top ? g : 0)),
  );
  const moved = (await readState(parametrization)).basis!;
  expectNear(moved, movedBasis(positive, before, actBits, grid, 0));
  expect(moved).not.toEqual(before);
  expect(parametrization.stored({ basis: moved })).toEqual(moved);
  disposeParametrization(parametrization);
});

test('one bit of DoReFa is 0 or 1, whatever the inputs', async () => {
  const parametrization = make({ activations: 'dorefa', actBits: 1 }, signed);
  expect(new Set((await run(parametrization, signed)).value)).toEqual(new Set([0, 1]));
  disposeParametrization(parametrization);
});

test.each([1, 6])('DoReFa’s gradients of %d bits are the twin’s', async (gradBits) => {
  const quantizer = quantizerFor('dorefa', 'gradients')({ values: { gradBits }, stage: 0, shape: [2, 3], index: 4097, seed: 5, state: {} });
  const draws = new Float32Array(24);
  fillUniform(draws, 5, Purpose.noise + 16 * 4097, 3);
  const given = signed.map((v, i) => (i < 6 ? 0 : v));
  for (const backend of ['wasm', 'cpu'] as const) {
    const [found] = await on(backend, () => [quantizer.apply(tf.tensor(given.slice(), [4, 2, 3]), context)]);
    expectNear(found!, dorefaRoundedGradient(given, 4, gradBits, draws), 6);
  }
});
