import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { binaryRelax, proxQuant } from '../../../experiment/methods/quantizers/annealed';
import { dsq } from '../../../experiment/methods/quantizers/dsq';
import { noise, softRound } from '../../../experiment/methods/quantizers/soft-round';
import { waveq } from '../../../experiment/methods/quantizers/waveq';
import { granularityOf } from '../../../experiment/methods/quantizers/weight-settings';
import type { Values } from '../../../experiment/settings/setting';
import { decodeTensor } from '../../../numerics/container/model-file';
import {
  geometric,
  isChosen,
  moveToward,
  proxBinary,
  softRound as softRounded,
  softRoundSlope,
  weightNoise,
} from '../../../numerics/quantizers/annealed';
import { dsqSlopes, firstRanges, nextRanges, dsq as softDsq } from '../../../numerics/quantizers/dsq';
import { fillUniform, Purpose } from '../../../numerics/random/rng';
import { firstScales, gridValues, nextScales } from '../../../numerics/scales/fitted-scale';
import { scaleGrid, scaleOf } from '../../../numerics/scales/scale-grid';
import { eagerContext, notTraining } from '../../device/step-context';
import { afterStep, dy, expectNear, expectUntouched, inTraining, latent, make, shape, whole } from '../../testing/annealed-case';
import { on, openTestBackends } from '../../testing/wasm-test-backend';
import { disposeParametrization, readState } from '../parametrization';
import { binaryRelaxParametrization, proxQuantParametrization } from './annealed';
import { dsqParametrization } from './dsq';
import { noiseParametrization } from './noise';
import { softRoundParametrization } from './soft-round';
import { waveqParametrization } from './waveq';

beforeAll(openTestBackends);

const all = [
  ['soft-round', softRoundParametrization, softRound],
  ['dsq', dsqParametrization, dsq],
  ['noise', noiseParametrization, noise],
  ['prox-quant', proxQuantParametrization, proxQuant],
  ['binary-relax', binaryRelaxParametrization, binaryRelax],
  ['waveq', waveqParametrization, waveq],
] as const;

describe.each(all)('%s', (_id, factory, table) => {
  test.each<Values>([
    { bits: 2 },
    { bits: 3, granularity: 'channel' },
    { bits: 4, granularity: 'group', groupChannels: 2, range: 'max' },
    { bits: 8, granularity: 'block', groupSize: 16, learnBits: true, learnRange: false },
  ])('measures what the file stores, to the bit: %j', async (values) => {
    for (const scale of [1, 1e-3, 0]) {
      const scaled = latent.map((value) => value * scale);
      const parametrization = make(factory, table, values, scaled);
      const encoding = parametrization.materialize(scaled, await readState(parametrization));
      const decoded = decodeTensor({ name: 'w', role: 'weight', shape, encoding });
      const [seen] = await on('wasm', () => [parametrization.apply(tf.tensor(scaled.slice(), [...shape]), notTraining)]);
      expect(seen!.map((value) => value + 0)).toEqual(decoded.map((value) => value + 0));
      if (scale === 1) expect(new Set(decoded).size).toBeGreaterThan(2);
      disposeParametrization(parametrization);
    }
  });
});

test('DSQ stores a number for each bit and scale, not the 2^b values of each', async () => {
  const parametrization = make(dsqParametrization, dsq, { bits: 8, granularity: 'channel' });
  const encoding = parametrization.materialize(latent, await readState(parametrization));
  if (encoding.kind !== 'basis') expect.fail(encoding.kind);
  expect(encoding.basis).toHaveLength(8 * (await readState(parametrization)).range!.length);
  disposeParametrization(parametrization);
});

test.each<Values>([
  { bits: 1, granularity: 'channel' },
  { bits: 2, granularity: 'block', groupSize: 16 },
  { bits: 3, granularity: 'group', groupChannels: 2 },
  { bits: 3, granularity: 'channel', range: 'max' },
])('scales and ranges follow the weights as their twins do: %j', async (values) => {
  // At installation the weights were others.
  const old = latent.map((value, i) => value * (1 + 0.3 * Math.sin(i)));
  const rule = values.range === 'max' ? 'max' : 'fit';
  const bits = Number(values.bits);
  const grid = scaleGrid(shape, granularityOf(values));
  const relaxed = make(binaryRelaxParametrization, binaryRelax, values, old);
  const first = firstScales(old, grid, bits, rule);
  expect((await readState(relaxed)).scale).toEqual(first);
  await afterStep(relaxed, 0.5, 0.01);
  expectNear((await readState(relaxed)).scale!, nextScales(latent, first, grid, bits, rule), 5);
  const soft = make(dsqParametrization, dsq, { ...values, learnRange: false }, old);
  const ranges = firstRanges(old, grid, bits, rule);
  await afterStep(soft, 0.5, 0.01);
  expectNear((await readState(soft)).range!, nextRanges(latent, ranges, grid, bits, rule), 5);
  for (const parametrization of [relaxed, soft]) disposeParametrization(parametrization);
});

describe.each([prox(1), prox(2), prox(4)])('ProxQuant, $bits bits', ({ bits }) => {
  test('training sees the weights; a step moves them by the proximal operator', async () => {
    const parametrization = make(proxQuantParametrization, proxQuant, { bits, proxRate: 50, freeze: 0.8 });
    expectUntouched(parametrization);
    const scales = nextScales(latent, firstScales(latent, whole, bits, 'fit'), whole, bits, 'fit');
    const [strength, alpha] = [50 * 0.01 * 0.5, scales[0]!];
    const stored = gridValues(latent, scales, whole, bits);
    const expected = latent.map((w, i) => (bits === 1 ? proxBinary(w, strength * alpha, alpha) : moveToward(w, stored[i]!, strength)));
    expectNear(await afterStep(parametrization, 0.5, 0.01), expected);
    expectNear(await afterStep(parametrization, 0, 0.01), latent, 6);
    disposeParametrization(parametrization);
  });

  test('nothing moves them before the delay is over', async () => {
    const parametrization = make(proxQuantParametrization, proxQuant, { bits, proxRate: 50 }, latent, { delay: 1 });
    expect(await afterStep(parametrization, 0.5, 0.01)).toEqual(latent);
    expect(await afterStep(parametrization, 0.5, 0.01, 1)).not.toEqual(latent);
    disposeParametrization(parametrization);
  });

  test('at last they are at their stored values, and the scale stays', async () => {
    const parametrization = make(proxQuantParametrization, proxQuant, { bits, freeze: 0.8 });
    const before = await readState(parametrization);
    const hard = await afterStep(parametrization, 0.8, 0.01);
    expect(await readState(parametrization)).toEqual(before);
    const decoded = decodeTensor({ name: 'w', role: 'weight', shape, encoding: parametrization.materialize(latent, before) });
    expect(hard.map((value) => value + 0)).toEqual(decoded);
    disposeParametrization(parametrization);
  });
});

function prox(bits: number) {
  return { bits };
}

test.each([0, 0.3, 1])('soft rounding at progress %d: value and true gradient', async (progress) => {
  const parametrization = make(softRoundParametrization, softRound, { bits: 3, softFrom: 1, softTo: 20 });
  const s = firstScales(latent, whole, 3, 'fit')[0]!;
  const sharpness = geometric(progress, 1, 20);
  const [seen, gradient] = await inTraining(parametrization, progress);
  const inside = (w: number) => Math.abs(w) <= 3 * s;
  const clip = (x: number) => Math.max(-3, Math.min(3, x));
  expectNear(
    seen,
    latent.map((w) => s * softRounded(clip(w / s), sharpness)),
    4,
  );
  expectNear(
    gradient,
    latent.map((w, i) => (inside(w) ? dy[i]! * softRoundSlope(w / s, sharpness) : 0)),
    3,
  );
  expect(latent.some((w) => !inside(w))).toBe(true);
  disposeParametrization(parametrization);
});

test.each([0, 0.5])('DSQ at progress %d: value and true gradients by weights and range', async (progress) => {
  const parametrization = make(dsqParametrization, dsq, { bits: 2, alphaFrom: 0.4, alphaTo: 0.01, granularity: 'channel' });
  const grid = scaleGrid(shape, 'channel');
  const ranges = firstRanges(latent, grid, 2, 'fit');
  const alpha = geometric(progress, 0.4, 0.01);
  const [seen, gradient] = await inTraining(parametrization, progress);
  const of = (i: number) => ranges[scaleOf(grid, i)]!;
  const slopes = Array.from(latent, (w, i) => dsqSlopes(w, of(i), 2, alpha));
  expectNear(
    seen,
    latent.map((w, i) => softDsq(w, of(i), 2, alpha)),
    4,
  );
  expectNear(
    gradient,
    dy.map((d, i) => d * slopes[i]!.x),
    3,
  );
  const context = eagerContext(1, 0, { elapsed: 0, progress, lr: 0.01 });
  const [byRange] = await on('wasm', () => {
    const loss = () =>
      tf.sum(tf.mul(parametrization.apply(tf.tensor(latent.slice(), [...shape]), context), tf.tensor(dy.slice(), [...shape])));
    return Object.values(tf.variableGrads(loss as () => tf.Scalar, [parametrization.arrays[0]!.variable]).grads);
  });
  const expected = new Float32Array(ranges.length);
  for (const [i, slope] of slopes.entries()) expected[scaleOf(grid, i)]! += dy[i]! * slope.range;
  expectNear(byRange!, expected, 3);
  disposeParametrization(parametrization);
});

test.each([1, 0.3])('noise on a share of %d: the stream’s own numbers, gradient 1 inside the range', async (noiseShare) => {
  const parametrization = make(noiseParametrization, noise, { bits: 3, noiseShare });
  const s = firstScales(latent, whole, 3, 'fit')[0]!;
  const draws = new Float32Array(30);
  fillUniform(draws, 1, Purpose.noise, 7);
  const [seen, gradient] = await inTraining(parametrization, 0.2, 7);
  expectNear(
    seen,
    latent.map((w, i) => Math.max(-3 * s, Math.min(3 * s, w)) + weightNoise(draws[i]!, noiseShare, s)),
  );
  expectNear(
    gradient,
    dy.map((d, i) => (Math.abs(latent[i]!) <= 3 * s ? d : 0)),
  );
  disposeParametrization(parametrization);
});

test('Quant-Noise rounds the chosen weights and leaves the others', async () => {
  const parametrization = make(noiseParametrization, noise, { bits: 3, noiseShare: 0.5, noiseKind: 'rounding' });
  const stored = gridValues(latent, firstScales(latent, whole, 3, 'fit'), whole, 3);
  const draws = new Float32Array(30);
  fillUniform(draws, 1, Purpose.noise, 7);
  const [seen, gradient] = await inTraining(parametrization, 0.2, 7);
  expectNear(
    seen,
    latent.map((w, i) => (isChosen(draws[i]!, 0.5) ? stored[i]! : w)),
  );
  expect(gradient).toEqual(dy);
  disposeParametrization(parametrization);
});

test.each([0, 0.25, 0.5, 1])('BinaryRelax at progress %d: the mean, then the stored weights; the gradient is for y', async (progress) => {
  const parametrization = make(binaryRelaxParametrization, binaryRelax, { bits: 1, relaxFrom: 1, relaxTo: 100, freeze: 0.5 });
  const stored = gridValues(latent, firstScales(latent, whole, 1, 'fit'), whole, 1);
  const [seen, gradient] = await inTraining(parametrization, progress);
  const strength = geometric(progress / 0.5, 1, 100);
  expectNear(
    seen,
    latent.map((w, i) => (progress >= 0.5 ? stored[i]! : moveToward(w, stored[i]!, strength))),
  );
  expect(gradient).toEqual(dy);
  disposeParametrization(parametrization);
});
