import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Values } from '../../../experiment/settings/setting';
import { calibrations } from '../../../numerics/calibration/calibration';
import { decodeEncoding } from '../../../numerics/container/encoding';
import { fillNormal } from '../../../numerics/random/rng';
import { roundings } from '../../../numerics/rounding/rounding';
import { type AffineSettings, codeRanges, schemes } from '../../../numerics/scales/affine';
import { affineInside, blockParameters, minMaxRanges } from '../../../numerics/scales/affine-groups';
import { scaleGrid } from '../../../numerics/scales/scale-grid';
import { quantize, symmetricScale } from '../../../numerics/scales/uniform';
import { eagerContext, notTraining } from '../../device/step-context';
import { parametrizationSetup } from '../../testing/parametrization-setup';
import { on, openTestBackends } from '../../testing/wasm-test-backend';
import { disposeParametrization, type Parametrization, readState } from '../parametrization';
import { steParametrization } from './ste';

beforeAll(openTestBackends);

const shape = [40, 6] as const;
const latent = new Float32Array(240);
fillNormal(latent, 8, 1, 0);
// Ties of a scale of one, zeros, and a column on one side of 0.
latent.set([0, -0, 0.5, 1.5, -2.5, 3.5, 7, -7, 4.5], 30);
for (let i = 5; i < latent.length; i += 6) latent[i] = Math.abs(latent[i]!) + 0.1;
const dy = Float32Array.from(latent, (_, i) => Math.cos(i));
const training = eagerContext(1, 3, { elapsed: 3, progress: 0.1, lr: 0.01 });

const make = (values: Values) => steParametrization(parametrizationSetup(values, { shape, latent }));

async function seen(
  parametrization: Parametrization,
  values: Float32Array = latent,
  backend: 'wasm' | 'cpu' = 'wasm',
): Promise<Float32Array> {
  const [result] = await on(backend, () => [parametrization.apply(tf.tensor(values.slice(), [...shape]), notTraining)]);
  return result!.map((x) => x + 0);
}

async function gradientOf(parametrization: Parametrization, values: Float32Array = latent): Promise<Float32Array> {
  const [result] = await on('wasm', () => [
    tf.grad((x: tf.Tensor) => parametrization.apply(x, training))(tf.tensor(values.slice(), [...shape]), tf.tensor(dy.slice(), [...shape])),
  ]);
  return result!.map((x) => x + 0);
}

describe('what is measured is what the file holds, to the bit', () => {
  const granularities: Values[] = [
    {},
    { granularity: 'channel' },
    { granularity: 'group', groupChannels: 4 },
    { granularity: 'block', groupSize: 16 },
  ];
  for (const scheme of schemes)
    for (const codeRange of codeRanges)
      for (const bits of [1, 2, 4, 16])
        test(`${scheme}, ${codeRange}, ${bits} bits`, async () => {
          for (const granularity of granularities) {
            const parametrization = make({ scheme, codeRange, bits, ...granularity });
            for (const backend of ['wasm', 'cpu'] as const)
              expect(await seen(parametrization, latent, backend)).toEqual(decodeEncoding(parametrization.materialize(latent, {}), shape));
          }
        });

  for (const rounding of roundings)
    test(`${rounding}, symmetric, asymmetric and one bit`, async () => {
      for (const values of [{}, { scheme: 'asymmetric', granularity: 'channel' }, { bits: 1 }, { codeRange: 'full' }] as Values[]) {
        const parametrization = make({ rounding, ...values });
        expect(await seen(parametrization)).toEqual(decodeEncoding(parametrization.materialize(latent, {}), shape));
      }
    });

  for (const calibration of calibrations)
    test(`${calibration}, also for other weights than those it was fitted to`, async () => {
      for (const values of [{ granularity: 'channel' }, { scheme: 'asymmetric' }, { bits: 1 }] as Values[]) {
        const parametrization = make({ calibration, percentile: 90, ...values });
        const arrays = await readState(parametrization);
        for (const scale of [1, 3, 1e-3, 0]) {
          const other = latent.map((x) => x * scale);
          expect(await seen(parametrization, other)).toEqual(decodeEncoding(parametrization.materialize(other, arrays), shape));
        }
        disposeParametrization(parametrization);
      }
    });

  test('weights of zeros', async () => {
    const zeros = new Float32Array(240);
    for (const values of [{}, { scheme: 'asymmetric' }, { calibration: 'mse' }, { bits: 1 }] as Values[]) {
      const parametrization = steParametrization(parametrizationSetup(values, { shape, latent: zeros }));
      expect(await seen(parametrization, zeros)).toEqual(zeros);
      expect(decodeEncoding(parametrization.materialize(zeros, await readState(parametrization)), shape).map((x) => x + 0)).toEqual(zeros);
      disposeParametrization(parametrization);
    }
  });
});

test('at its defaults it stores what it always did: symmetric codes by min-max, one scale', () => {
  for (const bits of [2, 3, 4, 8]) {
    const scale = symmetricScale(latent, bits);
    const encoding = { kind: 'uniform', bits, codes: quantize(latent, scale, bits), scales: Float32Array.of(scale) };
    expect(make({ bits }).materialize(latent, {})).toStrictEqual(encoding);
  }
});

describe('surrogate gradients', () => {
  const clippedAt = { calibration: 'percentile', percentile: 60 };

  test('straight-through passes everything, the true one nothing', async () => {
    for (const values of [{}, clippedAt, { scheme: 'asymmetric' }] as Values[]) {
      const straight = make(values);
      const none = make({ ...values, surrogate: 'none' });
      expect(await gradientOf(straight)).toEqual(dy);
      expect(await gradientOf(none)).toEqual(new Float32Array(240));
      disposeParametrization(straight);
      disposeParametrization(none);
    }
  });

  test('clipped passes where the twin does', async () => {
    for (const values of [
      { ...clippedAt, granularity: 'channel' },
      { ...clippedAt, scheme: 'asymmetric', bits: 3 },
      { ...clippedAt, bits: 1 },
    ]) {
      const parametrization = make({ ...values, surrogate: 'clipped' });
      const { low, high } = await readState(parametrization);
      const settings: AffineSettings = { bits: 4, scheme: 'symmetric', range: 'narrow', ...values } as AffineSettings;
      const grid = scaleGrid(shape, 'granularity' in values ? 'channel' : 'tensor');
      const inside = affineInside(latent, blockParameters({ lows: low!, highs: high! }, settings), grid, settings);
      expect(await gradientOf(parametrization)).toEqual(dy.map((g, i) => g * inside[i]! + 0));
      const passed = inside.reduce((a, b) => a + b);
      expect(passed).toBeGreaterThan(100);
      expect(passed).toBeLessThan(200);
      disposeParametrization(parametrization);
    }
  });

  test('clipped is straight-through where min-max clips nothing, and cuts off what unsigned codes cannot hold', async () => {
    for (const values of [{}, { codeRange: 'full' }, { scheme: 'asymmetric', granularity: 'channel' }] as Values[])
      expect(await gradientOf(make({ ...values, surrogate: 'clipped' }))).toEqual(dy);
    const cut = await gradientOf(make({ codeRange: 'unsigned', surrogate: 'clipped' }));
    const [step] = [Math.max(...latent) / 15];
    for (const [i, g] of cut.entries()) expect(g).toBe(latent[i]! < -step / 2 ? 0 : dy[i]);
  });
});

test('the moving average takes a hundredth of the extremes at each step, and is stored', async () => {
  const parametrization = make({ calibration: 'moving-average', scheme: 'asymmetric', granularity: 'channel' });
  const grid = scaleGrid(shape, 'channel');
  const before = minMaxRanges(latent, grid);
  expect((await readState(parametrization)).low).toEqual(before.lows);
  const wide = latent.map((x) => 2 * x);
  await on('wasm', () => {
    const variable = tf.variable(tf.tensor(wide.slice(), [...shape]));
    parametrization.afterStep?.(variable, training);
    variable.dispose();
    return [];
  });
  const { low, high } = await readState(parametrization);
  for (let c = 0; c < 6; c++) {
    expect(low![c]).toBeCloseTo(before.lows[c]! * (0.99 + 0.02), 5);
    expect(high![c]).toBeCloseTo(before.highs[c]! * (0.99 + 0.02), 5);
  }
  // A resumed run continues with it.
  const resumed = steParametrization(
    parametrizationSetup(
      { calibration: 'moving-average', scheme: 'asymmetric', granularity: 'channel' },
      { shape, latent: wide, state: { low: low!, high: high! } },
    ),
  );
  expect(await readState(resumed)).toEqual({ low, high });
  disposeParametrization(parametrization);
  disposeParametrization(resumed);
});

test('a draw of its own has other random numbers, the first those of the seed', () => {
  const store = (values: Values) => decodeEncoding(make({ rounding: 'stochastic', ...values }).materialize(latent, {}), shape);
  expect(store({ draw: 1 })).toEqual(store({}));
  expect(store({ draw: 2 })).not.toEqual(store({}));
});

test('a weight that is not finite shows', async () => {
  const broken = latent.with(7, Number.NaN);
  for (const values of [{}, { scheme: 'asymmetric' }, { bits: 1 }, { calibration: 'mse' }] as Values[]) {
    const parametrization = make(values);
    const [result] = await on('wasm', () => [parametrization.apply(tf.tensor(broken.slice(), [...shape]), training)]);
    expect(result!.some(Number.isNaN)).toBe(true);
    disposeParametrization(parametrization);
  }
});
