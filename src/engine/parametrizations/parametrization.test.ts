import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { decodeTensor } from '../../numerics/container/model-file';
import { fillNormal } from '../../numerics/random/rng';
import { notTraining } from '../device/step-context';
import { parametrizationSetup } from '../testing/parametrization-setup';
import { on, openTestBackends } from '../testing/wasm-test-backend';
import { installParametrization, type Parametrization, type ParametrizationKind } from './parametrization';
import { quantizerFor } from './quantizers/registry';
import { steParametrization } from './quantizers/ste';

beforeAll(openTestBackends);

function named(kind: ParametrizationKind, stage: number, gone: number[] = []): Parametrization {
  return {
    kind,
    stage,
    arrays: [{ name: 'scale', rate: 0, variable: { dispose: () => gone.push(stage) } as unknown as tf.Variable }],
    apply: (latent) => latent,
    materialize: (values) => ({ kind: 'float32', values }),
  };
}

describe('a stack of parametrizations', () => {
  test('is mask, then quantizer, whatever came first', () => {
    const stack: Parametrization[] = [];
    for (const parametrization of [named('quantizer', 0), named('mask', 1)]) installParametrization(stack, parametrization);
    expect(stack.map(({ kind }) => kind)).toEqual(['mask', 'quantizer']);
  });

  test('holds one of each kind: the new one replaces the old, which is disposed once', () => {
    const gone: number[] = [];
    const stack: Parametrization[] = [];
    for (const parametrization of [named('quantizer', 0, gone), named('mask', 1, gone), named('quantizer', 2, gone)])
      installParametrization(stack, parametrization);
    expect(stack.map(({ kind, stage }) => [kind, stage])).toEqual([
      ['mask', 1],
      ['quantizer', 2],
    ]);
    expect(gone).toEqual([0]);
  });

  test('an unknown quantizer has a sentence', () => {
    expect(() => quantizerFor('nonsense', 'weights')).toThrow('There is no quantizer of weights called "nonsense".');
  });
});

describe('STE: what training sees is what the file holds', () => {
  for (const bits of [2, 3, 4, 8])
    test(`${bits} bits, to the bit`, async () => {
      const values = new Float32Array(300);
      fillNormal(values, 5, 1, bits);
      // Ties, both limits and zeros.
      values.set([0, -0, 3.5, -3.5, 0.5, 1.5, 2.5, -0.5, 7, -7]);
      const parametrization = steParametrization(parametrizationSetup({ bits }));
      const encoding = parametrization.materialize(values, {});
      const decoded = decodeTensor({ name: 'w', role: 'weight', shape: [300], encoding });
      for (const backend of ['wasm', 'cpu'] as const) {
        const [seen] = await on(backend, () => [parametrization.apply(tf.tensor1d(values.slice()), notTraining)]);
        expect(seen?.map((v) => v + 0)).toEqual(decoded);
      }
      expect(new Set(decoded).size).toBeGreaterThan(2);
      expect(new Set(decoded).size).toBeLessThanOrEqual(2 ** bits - 1);
    });

  test('all zeros stay zeros', async () => {
    const parametrization = steParametrization(parametrizationSetup({ bits: 4 }));
    const [seen] = await on('wasm', () => [parametrization.apply(tf.zeros([2, 3]), notTraining)]);
    expect(seen).toEqual(new Float32Array(6));
    expect(parametrization.materialize(new Float32Array(6), {})).toMatchObject({ codes: new Int32Array(6), scales: Float32Array.of(0) });
  });
});
