import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Values } from '../../experiment/settings/setting';
import { decodeTensor, readModelFile, writeModelFile } from '../../numerics/container/model-file';
import { eagerContext, notTraining } from '../device/step-context';
import { disposeView, readState, type View, type ViewFactory, type ViewState } from '../parametrizations/parametrization';
import { viewSetup } from './parametrization-setup';
import { differences, startTraining, trained } from './tiny-training';
import { expectClose, held, normalTensor, normalValues, onGpu, openTestGpu } from './webgpu-test-backend';

export interface ViewContract {
  readonly name: string;
  readonly factory: ViewFactory<never>;
  /** The stage's values; the others are at their defaults. */
  readonly values: Values;
  /** The gradient for the latent values in training, given the one for what the view gives; not checked if absent. */
  readonly gradient?: (latent: Float32Array, dy: Float32Array, state: ViewState) => Float32Array;
  /** Largest error of gradient and values, relative to the largest number; 1e-6 if absent. */
  readonly tolerance?: number;
  /** Whether the loss must fall in 50 steps; true if absent. */
  readonly learns?: boolean;
}

const shape = [12, 10] as const;
const count = shape[0] * shape[1];
const STEPS = 50;

/**
 * Checks what every view promises (docs/captured-steps.md): training through it gives the same bits eagerly and captured;
 * its gradient is its twin's; it does not leak; what is measured is what is stored, and the ledger counts the file's bits.
 */
export function checkViewContract({ name, factory, values, gradient, tolerance = 1e-6, learns = true }: ViewContract): void {
  const make = (latent: Float32Array): View => factory(viewSetup(values, { shape, latent }));

  describe(`${name} keeps the contract of views`, () => {
    beforeAll(openTestGpu);

    test('what is measured is what the file holds', async () => {
      for (const scale of [1, 1e-3, 0]) {
        const latent = normalValues(count, 1).map((value) => value * scale);
        const view = make(latent);
        const [seen] = await onGpu(() => [view.apply(tf.tensor(latent, [...shape]), notTraining)]);
        const tensor = { name: 'w', role: 'weight' as const, shape, encoding: view.materialize(latent, await readState(view)) };
        const stored = decodeTensor(tensor);
        const largest = stored.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
        expectClose(seen!, stored, tolerance * largest, `values × ${scale}`);
        disposeView(view);
      }
    });

    if (gradient)
      test('its gradient is the one of its twin', async () => {
        const latent = normalValues(count, 1);
        const view = make(latent);
        const state = await readState(view);
        const context = eagerContext(1, 0, { elapsed: 0, progress: 0, lr: 0.01 });
        const apply = (x: tf.Tensor) => view.apply(x, context);
        const [found] = await onGpu(() => [tf.grad(apply)(normalTensor(shape, 1), normalTensor(shape, 2))]);
        expectClose(found!, gradient(latent, normalValues(count, 2), state), tolerance, 'gradient');
        disposeView(view);
      });

    test(`${STEPS} captured steps are ${STEPS} eager ones${learns ? ', and learn' : ''}`, async () => {
      const training = { view: trainingView, values: { optimizer: 'adam', lr: 0.01, weightDecay: 1e-4 } };
      const captured = await trained('captured', training, STEPS);
      expect(differences(captured, await trained('eager', training, STEPS))).toEqual([]);
      if (learns) expect(captured.loss.at(-1)!).toBeLessThan(captured.loss[0]!);
    });

    test('memory stays flat while it trains and returns when it is gone', async () => {
      const before = held();
      const { network, steps } = await startTraining('captured', { view: trainingView });
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
      const view = make(latent);
      const encoding = view.materialize(latent, await readState(view));
      const { bytes, ledger } = writeModelFile({}, [{ name: 'w', role: 'weight', shape, encoding }]);
      expect(ledger.totalBits).toBe(bytes.length * 8);
      expect(ledger.parts.reduce((sum, part) => sum + part.bits, 0)).toBe(ledger.totalBits);
      expect(readModelFile(bytes).tensors[0]?.encoding).toEqual(encoding);
      disposeView(view);
    });
  });

  function trainingView(setup: Parameters<ViewFactory<never>>[0]): View {
    return factory({ ...setup, values: viewSetup(values).values });
  }
}
