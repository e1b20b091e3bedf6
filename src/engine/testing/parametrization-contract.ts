import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Values } from '../../experiment/settings/setting';
import { decodeTensor, readModelFile, writeModelFile } from '../../numerics/container/model-file';
import { eagerContext, notTraining } from '../device/step-context';
import {
  disposeParametrization,
  type Parametrization,
  type ParametrizationFactory,
  type ParametrizationState,
  readState,
} from '../parametrizations/parametrization';
import { quantizerFor } from '../parametrizations/quantizers/registry';
import { parametrizationSetup } from './parametrization-setup';
import { differences, startTraining, trained } from './tiny-training';
import { expectClose, held, normalTensor, normalValues, onGpu, openTestGpu } from './webgpu-test-backend';

export interface ParametrizationContract {
  /** The stage's values with the method's id; the others are at their defaults. */
  readonly values: Values;
  /** The method and its values if absent. */
  readonly name?: string;
  /** The registry's for the method if absent. */
  readonly factory?: ParametrizationFactory<never>;
  /** The gradient for the latent values in training, given the one for what the parametrization gives; not checked if absent. */
  readonly gradient?: (latent: Float32Array, dy: Float32Array, state: ParametrizationState) => Float32Array;
  /** Largest error of gradient and values, relative to the largest number; 1e-6 if absent. */
  readonly tolerance?: number;
  /** Whether the loss must fall in 50 steps; true if absent. */
  readonly learns?: boolean;
}

const shape = [12, 10] as const;
const count = shape[0] * shape[1];
const STEPS = 50;

/**
 * Checks what every parametrization promises (docs/captured-steps.md): training through it gives the same bits eagerly and captured;
 * its gradient is its twin's; it does not leak; what is measured is what is stored, and the ledger counts the file's bits.
 */
export function checkParametrizationContract({
  values,
  name = Object.values(values).join(', '),
  factory = quantizerFor(String(values.method), 'weights') as ParametrizationFactory<never>,
  gradient,
  tolerance = 1e-6,
  learns = true,
}: ParametrizationContract): void {
  const make = (latent: Float32Array): Parametrization => factory(parametrizationSetup(values, { shape, latent }));

  describe(`${name} keeps the contract of parametrizations`, () => {
    beforeAll(openTestGpu);

    test('what is measured is what the file holds', async () => {
      for (const scale of [1, 1e-3, 0]) {
        const latent = normalValues(count, 1).map((value) => value * scale);
        const parametrization = make(latent);
        const [seen] = await onGpu(() => [parametrization.apply(tf.tensor(latent, [...shape]), notTraining)]);
        const tensor = {
          name: 'w',
          role: 'weight' as const,
          shape,
          encoding: parametrization.materialize(latent, await readState(parametrization)),
        };
        const stored = decodeTensor(tensor);
        const largest = stored.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
        expectClose(seen!, stored, tolerance * largest, `values × ${scale}`);
        disposeParametrization(parametrization);
      }
    });

    if (gradient)
      test('its gradient is the one of its twin', async () => {
        const latent = normalValues(count, 1);
        const parametrization = make(latent);
        const state = await readState(parametrization);
        const context = eagerContext(1, 0, { elapsed: 0, progress: 0, lr: 0.01 });
        const apply = (x: tf.Tensor) => parametrization.apply(x, context);
        const [found] = await onGpu(() => [tf.grad(apply)(normalTensor(shape, 1), normalTensor(shape, 2))]);
        expectClose(found!, gradient(latent, normalValues(count, 2), state), tolerance, 'gradient');
        disposeParametrization(parametrization);
      });

    test(`${STEPS} captured steps are ${STEPS} eager ones${learns ? ', and learn' : ''}`, async () => {
      const training = { parametrization: trainingParametrization, values: { optimizer: 'adam', lr: 0.01, weightDecay: 1e-4 } };
      const captured = await trained('captured', training, STEPS);
      expect(differences(captured, await trained('eager', training, STEPS))).toEqual([]);
      if (learns) expect(captured.loss.at(-1)!).toBeLessThan(captured.loss[0]!);
    });

    test('memory stays flat while it trains and returns when it is gone', async () => {
      const before = held();
      const { network, steps } = await startTraining('captured', { parametrization: trainingParametrization });
      await steps.run(0, 3);
      const warm = held();
      await steps.run(3, 150);
      expect(held()).toEqual(warm);
      steps.dispose();
      network.dispose();
      expect(held()).toEqual(before);
    });

    test('the ledger counts the bits of the file', async () => {
      const latent = normalValues(count, 1);
      const parametrization = make(latent);
      const encoding = parametrization.materialize(latent, await readState(parametrization));
      const { bytes, ledger } = writeModelFile({}, [{ name: 'w', role: 'weight', shape, encoding }]);
      expect(ledger.totalBits).toBe(bytes.length * 8);
      expect(ledger.parts.reduce((sum, part) => sum + part.bits, 0)).toBe(ledger.totalBits);
      expect(readModelFile(bytes).tensors[0]?.encoding).toEqual(encoding);
      disposeParametrization(parametrization);
    });
  });

  function trainingParametrization(setup: Parameters<ParametrizationFactory<never>>[0]): Parametrization {
    return factory({ ...setup, values: parametrizationSetup(values).values });
  }
}
