import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Values } from '../../../experiment/settings/setting';
import { decodeTensor } from '../../../numerics/container/model-file';
import { blockFormats } from '../../../numerics/formats/block-formats';
import { type NumberTarget, roundToTarget } from '../../../numerics/quantizers/number-target';
import { Purpose } from '../../../numerics/random/rng';
import { scaleGrid } from '../../../numerics/scales/scale-grid';
import { roundingDraws } from '../../../numerics/scales/uniform';
import { eagerContext, notTraining } from '../../device/step-context';
import { parametrizationSetup } from '../../testing/parametrization-setup';
import { normal, on, openTestBackends } from '../../testing/wasm-test-backend';
import { channelBlocks, formatActivation, formatGradient, formatParametrization } from './format';

beforeAll(openTestBackends);

const training = eagerContext(1, 3, { elapsed: 3, progress: 0, lr: 0.1 });
const shape = [40, 3] as const;
const parametrization = (values: Values, latent?: Float32Array) =>
  formatParametrization(parametrizationSetup({ method: 'format', ...values }, { shape, ...(latent && { latent }) }));
const latentValues = () => parametrizationSetup({}, { shape }).latent;

describe('what is measured is what the file holds, to the bit', () => {
  const cases: readonly Values[] = [
    { format: 'e4m3fn' },
    { format: 'bf16', rounding: 'stochastic' },
    { format: 'mxfp4', rounding: 'floor' },
    { format: 'mxfp8', rounding: 'stochastic-half' },
    { format: 'mxint8' },
    { format: 'mxint8', rounding: 'stochastic' },
    { format: 'nvfp4' },
    { format: 'nvfp4', rounding: 'stochastic' },
    { format: 'nvfp4', rounding: 'toward-zero', updates: 'format' },
    { format: 'fixed', integerBits: 1, fractionBits: 4, updates: 'format', rounding: 'stochastic' },
  ];
  for (const values of cases)
    test(JSON.stringify(values), async () => {
      const latent = latentValues();
      const encoding = parametrization(values).materialize(latent, {});
      const stored = decodeTensor({ name: 'w', role: 'weight', shape, encoding });
      for (const backend of ['wasm', 'cpu'] as const) {
        const [seen] = await on(backend, () => [parametrization(values).apply(tf.tensor(latent.slice(), [...shape]), notTraining)]);
        expect(seen).toEqual(stored);
      }
      expect(stored).not.toEqual(latent);
    });
});

test('a bias has one block', () => {
  const bias = formatParametrization(parametrizationSetup({ method: 'format', format: 'mxfp4' }, { shape: [50], role: 'bias' }));
  expect(bias.materialize(new Float32Array(50).fill(1), {})).toMatchObject({ exponents: Int32Array.of(-2), granularity: 'tensor' });
});

describe('updates in the format', () => {
  const fixed = { format: 'fixed', integerBits: 2, fractionBits: 4, updates: 'format' };

  test('to nearest, a step below half a unit is lost; stochastically, one in four arrives', async () => {
    for (const [rounding, share] of [
      ['nearest-even', 0],
      ['stochastic', 0.25],
    ] as const) {
      const own = formatParametrization(parametrizationSetup({ method: 'format', ...fixed, rounding }, { shape: [4000] }));
      const [after] = await on('wasm', () => {
        const variable = tf.variable(tf.fill([4000], 0.5 + 0.25 / 16), true);
        own.afterStep?.(variable, training);
        return [tf.clone(variable)];
      });
      const moved = after!.filter((value) => value === 0.5625).length / 4000;
      expect(after!.every((value) => value === 0.5 || value === 0.5625)).toBe(true);
      // Standard deviation of the share: 0.007.
      expect(Math.abs(moved - share)).toBeLessThan(0.03);
    }
  });

  test('weights in full precision stay, and before the delay is over nothing is rounded', async () => {
    expect(parametrization({ format: 'fixed' }).afterStep).toBeUndefined();
    for (const [delay, expected] of [
      [4, 0.51],
      [3, 0.5],
    ] as const) {
      const own = formatParametrization(parametrizationSetup({ method: 'format', ...fixed, delay }, { shape: [2] }));
      const [after] = await on('wasm', () => {
        const variable = tf.variable(tf.fill([2], 0.51), true);
        own.afterStep?.(variable, training);
        return [tf.clone(variable)];
      });
      expect(after![0]).toBeCloseTo(expected, 6);
    }
  });
});

test('activations: the twin of each step, gradient straight through', async () => {
  const values = parametrizationSetup({ activations: 'format', actFormat: 'mxfp6-e2m3', actRounding: 'stochastic' }).values;
  const setup = { values, stage: 0, shape: [40], index: 4097, seed: 1, observed: undefined as never, state: {} };
  const [seen, x, gradient] = await on('wasm', () => {
    const input = normal([3, 40], 1);
    const apply = (values: tf.Tensor) => formatActivation(setup).apply(values, training);
    return [apply(input), input, tf.grad(apply)(input, tf.onesLike(input))];
  });
  const draws = roundingDraws(120, 'stochastic', { seed: 1, purpose: Purpose.rounding + 16 * 4097, step: 3 });
  const target: NumberTarget = { kind: 'blocks', ...blockFormats['mxfp6-e2m3'] };
  const layout = channelBlocks([3, 40], target);
  expect(layout.scales).toBe(6);
  expect(channelBlocks([3, 40], { kind: 'blocks', ...blockFormats.nvfp4 }).scales).toBe(9);
  expect(seen).toEqual(roundToTarget(x!, target, layout, 'stochastic', draws));
  expect([...gradient!]).toEqual(new Array(120).fill(1));
});

test('gradients: with loss scaling small ones survive', async () => {
  const dy = Float32Array.of(1e-4, 3e-4, -0.002, 0.5);
  const round = (gradScale: number) => {
    const values = parametrizationSetup({
      gradients: 'format',
      gradFormat: 'fixed',
      gradIntegerBits: 6,
      gradFractionBits: 10,
      gradScale,
    }).values;
    return on('wasm', () => [
      formatGradient({ values, stage: 0, shape: [4], index: 4096, seed: 1, state: {} }).apply(tf.tensor2d(dy, [1, 4]), training),
    ]);
  };
  expect([...(await round(1))[0]!]).toEqual([0, 0, -2 / 1024, 0.5]);
  const [scaled] = await round(100);
  const layout = scaleGrid([4], 'tensor');
  const expected = roundToTarget(
    dy.map((x) => x * 100),
    { kind: 'fixed', integerBits: 6, fractionBits: 10 },
    layout,
    'nearest-even',
  );
  for (const [i, value] of expected.entries()) expect(scaled![i]).toBeCloseTo(value / 100, 7);
  expect(scaled![0]).toBeGreaterThan(0);
});
