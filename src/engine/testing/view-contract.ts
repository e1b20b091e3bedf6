import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { decodeTensor, readModelFile, writeModelFile } from '../../numerics/model-file';
import type { View } from '../views/view';
import { differences, startTraining, trained } from './tiny-training';
import { expectClose, normalTensor, normalValues, onGpu, openTestGpu, testGpu } from './webgpu-test-backend';

export interface ViewContract {
  readonly name: string;
  /** A new view, as a stage would install it. */
  readonly make: () => View;
  /** The gradient for the latent values, given the one for what the view gives. */
  readonly gradient: (latent: Float32Array, dy: Float32Array) => Float32Array;
  /** Largest error of gradient and values, relative to the largest number; 1e-6 if absent. */
  readonly tolerance?: number;
}

const shape = [12, 10] as const;
const count = shape[0] * shape[1];
const STEPS = 50;

/** Memory that tfjs and its WebGPU backend hold outside of captures. */
function held(): { readonly tensors: number; readonly bytes: number } {
  const { numBytesInGPU } = testGpu().memory() as unknown as { numBytesInGPU: number };
  return { tensors: tf.memory().numTensors, bytes: numBytesInGPU };
}

/**
 * Checks what every view promises (docs/captured-steps.md): training through it gives the same bits eagerly and captured;
 * its gradient is its twin's; it does not leak; what it computes is what it stores, and the ledger counts the file's bits.
 */
export function checkViewContract({ name, make, gradient, tolerance = 1e-6 }: ViewContract): void {
  describe(`${name} keeps the contract of views`, () => {
    beforeAll(openTestGpu);

    test('the network sees the values that the file holds', async () => {
      for (const scale of [1, 1e-3, 0]) {
        const latent = normalValues(count, 1).map((value) => value * scale);
        const view = make();
        const [seen] = await onGpu(() => [view.apply(tf.tensor(latent, [...shape]))]);
        const tensor = { name: 'w', role: 'weight' as const, shape, encoding: view.materialize(latent) };
        expectClose(seen!, decodeTensor(tensor), tolerance * scale, `values × ${scale}`);
        view.dispose();
      }
    });

    test('its gradient is the one of its twin', async () => {
      const view = make();
      const [found] = await onGpu(() => [tf.grad((x: tf.Tensor) => view.apply(x))(normalTensor(shape, 1), normalTensor(shape, 2))]);
      expectClose(found!, gradient(normalValues(count, 1), normalValues(count, 2)), tolerance, 'gradient');
      view.dispose();
    });

    test(`${STEPS} captured steps are ${STEPS} eager ones, and learn`, async () => {
      const training = { view: make, values: { optimizer: 'adam', lr: 0.01, weightDecay: 1e-4 } };
      const captured = await trained('captured', training, STEPS);
      expect(differences(captured, await trained('eager', training, STEPS))).toEqual([]);
      expect(captured.loss.at(-1)!).toBeLessThan(captured.loss[0]!);
    });

    test('memory stays flat while it trains and returns when it is gone', async () => {
      const before = held();
      const { network, steps } = startTraining('captured', { view: make });
      await steps.run(0, 3);
      const warm = held();
      await steps.run(3, 150);
      expect(held()).toEqual(warm);
      steps.dispose();
      network.dispose();
      expect(held()).toEqual(before);
    });

    test('the ledger counts the bits of the file', () => {
      const view = make();
      const encoding = view.materialize(normalValues(count, 1));
      const { bytes, ledger } = writeModelFile({}, [{ name: 'w', role: 'weight', shape, encoding }]);
      expect(ledger.totalBits).toBe(bytes.length * 8);
      expect(ledger.parts.reduce((sum, part) => sum + part.bits, 0)).toBe(ledger.totalBits);
      expect(readModelFile(bytes).tensors[0]?.encoding).toEqual(encoding);
      view.dispose();
    });
  });
}
