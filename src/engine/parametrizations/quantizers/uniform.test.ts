import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { uniform } from '../../../experiment/methods/quantizers/uniform';
import { defaultBlock } from '../../../experiment/settings/block';
import type { Values } from '../../../experiment/settings/setting';
import { calibrateRange, calibrations, RangeObserver } from '../../../numerics/calibration/calibration';
import { fillNormal } from '../../../numerics/random/rng';
import type { AffineSettings } from '../../../numerics/scales/affine';
import { affineCodes, affineInside, blockParameters, type Ranges } from '../../../numerics/scales/affine-groups';
import { type ScaleGrid, scaleGrid, scaleOf } from '../../../numerics/scales/scale-grid';
import { eagerContext, notTraining, type StepContext } from '../../device/step-context';
import { on, openTestBackends } from '../../testing/wasm-test-backend';
import type { ActivationQuantizer } from '../activation-quantizer';
import { disposeParametrization, type ParametrizationState, readState } from '../parametrization';
import { uniformActivation } from './uniform';

beforeAll(openTestBackends);

/** Two images of 3 × 3 × 8. */
const shape = [2, 3, 3, 8] as const;
const count = 144;
const signed = new Float32Array(count);
fillNormal(signed, 8, 1, 0);
signed[3] = 7;
signed[100] = -5;
const positive = signed.map((x) => Math.max(0, x));
const dy = signed.map((_, i) => Math.cos(i));
const training = eagerContext(1, 3, { elapsed: 0, progress: 0, lr: 0.01 });
const whole = scaleGrid(shape, 'tensor');
const images: ScaleGrid = { outputs: 8, blockInputs: 9, blockOutputs: 8, across: 1, period: 18, scales: 2 };

function make(values: Values, seen: Float32Array, state: ParametrizationState = {}): ActivationQuantizer {
  const observed = new RangeObserver();
  if (Object.keys(state).length === 0) observed.add(seen);
  const block = defaultBlock(uniform.settings, values);
  return uniformActivation({ values: block, stage: 0, shape: shape.slice(1), index: 4096, seed: 1, observed, state });
}

async function seen(parametrization: ActivationQuantizer, x: Float32Array, context: StepContext = notTraining): Promise<Float32Array> {
  const [result] = await on('wasm', () => [parametrization.apply(tf.tensor(x.slice(), [...shape]), context)]);
  return result!.map((value) => value + 0);
}

function twin(x: Float32Array, ranges: Ranges, grid: ScaleGrid, settings: AffineSettings): Float32Array {
  const parameters = blockParameters(ranges, settings);
  const codes = affineCodes(x, parameters, grid, settings, 'nearest-even');
  return Float32Array.from(codes, (code, i) => {
    const { scale, zeroPoint } = parameters[scaleOf(grid, i)]!;
    const step = settings.bits === 1 && settings.range === 'narrow' ? 2 * code - 1 : code - zeroPoint;
    return Math.fround(scale * step) + 0;
  });
}

const unsigned = (bits: number): AffineSettings => ({ bits, scheme: 'symmetric', range: 'unsigned' });
const narrow = (bits: number): AffineSettings => ({ bits, scheme: 'symmetric', range: 'narrow' });
const asymmetric = (bits: number): AffineSettings => ({ bits, scheme: 'asymmetric', range: 'full' });
const ends = (low: number, high: number): Ranges => ({ lows: Float32Array.of(low), highs: Float32Array.of(high) });

describe('static ranges', () => {
  for (const calibration of calibrations)
    for (const bits of [1, 3, 8])
      test(`${calibration}, ${bits} bits: the twin’s values, of other inputs too`, async () => {
        for (const [x, scheme, settings] of [
          [positive, 'data', unsigned(bits)],
          [signed, 'data', narrow(bits)],
          [signed, 'asymmetric', asymmetric(bits)],
        ] as const) {
          const parametrization = make({ actBits: bits, actCalibration: calibration, actPercentile: 95, actScheme: scheme }, x);
          const observed = new RangeObserver();
          observed.add(x);
          const { low, high } = calibrateRange(observed, calibration, { ...settings, percentile: 95 });
          for (const other of [x, x.map((value) => 3 * value)])
            expect(await seen(parametrization, other)).toEqual(twin(other, ends(low, high), whole, settings));
          disposeParametrization(parametrization);
        }
      });

  test('symmetric where the data are positive leaves the codes below 0 idle', async () => {
    const parametrization = make({ actBits: 3, actScheme: 'symmetric' }, positive);
    expect(await seen(parametrization, positive)).toEqual(twin(positive, ends(0, 7), whole, narrow(3)));
    disposeParametrization(parametrization);
  });

  test('the gradient passes within the range and not outside', async () => {
    const parametrization = make({ actBits: 4, actCalibration: 'percentile', actPercentile: 80 }, signed);
    const { low, high } = await readState(parametrization);
    const inside = affineInside(signed, blockParameters({ lows: low!, highs: high! }, narrow(4)), whole, narrow(4));
    const [gradient] = await on('wasm', () => [
      tf.grad((x: tf.Tensor) => parametrization.apply(x, training))(
        tf.tensor(signed.slice(), [...shape]),
        tf.tensor(dy.slice(), [...shape]),
      ),
    ]);
    expect(gradient!.map((g) => g + 0)).toEqual(dy.map((g, i) => g * inside[i]! + 0));
    expect(inside.some((x) => x === 0)).toBe(true);
    disposeParametrization(parametrization);
  });

  test('the file keeps the scale, with a zero-point where there is one', async () => {
    const stored = async (values: Values, x: Float32Array) => {
      const parametrization = make(values, x);
      const held = parametrization.stored(await readState(parametrization));
      disposeParametrization(parametrization);
      return [...held];
    };
    expect(await stored({}, positive)).toEqual([Math.fround(7 / 255)]);
    expect(await stored({}, signed)).toEqual([Math.fround(7 / 127)]);
    expect(await stored({ actScheme: 'asymmetric' }, signed)).toEqual([Math.fround(12 / 255), -22]);
    expect(await stored({ actRange: 'dynamic' }, signed)).toEqual([]);
  });
});

test('dynamic: each image has its own range, whatever was seen before', async () => {
  const ranges = (x: Float32Array): Ranges => {
    const halves = [x.subarray(0, 72), x.subarray(72)];
    return {
      lows: Float32Array.from(halves, (half) => Math.min(0, ...half)),
      highs: Float32Array.from(halves, (half) => Math.max(0, ...half)),
    };
  };
  for (const [x, values, settings] of [
    [positive, {}, unsigned(8)],
    [signed, {}, narrow(8)],
    [signed, { actScheme: 'asymmetric' }, asymmetric(8)],
  ] as const) {
    const parametrization = make({ actRange: 'dynamic', ...(values as Values) }, x);
    for (const other of [x, x.map((value) => 3 * value)]) {
      expect(await seen(parametrization, other)).toEqual(twin(other, ranges(other), images, settings));
      expect(await seen(parametrization, other, training)).toEqual(twin(other, ranges(other), images, settings));
    }
    disposeParametrization(parametrization);
  }
});

test('moving average: a hundredth of each training batch; measuring changes nothing', async () => {
  const parametrization = make({ actRange: 'average' }, signed);
  expect(await readState(parametrization)).toEqual({ low: Float32Array.of(-5), high: Float32Array.of(7) });
  const wide = signed.map((x) => 3 * x);
  await seen(parametrization, wide);
  expect(await readState(parametrization)).toEqual({ low: Float32Array.of(-5), high: Float32Array.of(7) });
  const value = await seen(parametrization, wide, training);
  const { low, high } = await readState(parametrization);
  expect(low![0]).toBeCloseTo(-5 * 1.02, 5);
  expect(high![0]).toBeCloseTo(7 * 1.02, 5);
  // The batch itself is rounded with the new range.
  expect(value).toEqual(twin(wide, { lows: low!, highs: high! }, whole, narrow(8)));
  disposeParametrization(parametrization);
});

test('a run that continues has the same range and codes, without calibration images', async () => {
  for (const [x, values] of [
    [positive, {}],
    [signed, { actRange: 'average' }],
    [positive, { actRange: 'dynamic' }],
  ] as const) {
    const parametrization = make(values, x);
    const resumed = make(values, new Float32Array(), await readState(parametrization));
    expect(await readState(resumed)).toEqual(await readState(parametrization));
    expect(await seen(resumed, x)).toEqual(await seen(parametrization, x));
    disposeParametrization(parametrization);
    disposeParametrization(resumed);
  }
});

test('inputs of zeros stay zeros; one that is not finite shows', async () => {
  const zeros = new Float32Array(count);
  for (const actRange of ['static', 'average', 'dynamic']) {
    const parametrization = make({ actRange }, zeros);
    expect(await seen(parametrization, zeros)).toEqual(zeros);
    expect((await seen(parametrization, signed.with(5, Number.NaN))).some(Number.isNaN)).toBe(true);
    disposeParametrization(parametrization);
  }
});
