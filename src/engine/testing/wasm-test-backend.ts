/** For tests in Node: the wasm and cpu backends, and the same computation on both. */
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-backend-cpu';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { expect } from 'vitest';
import { fillNormal } from '../../numerics/random/rng';
import { installWasmGradients } from '../kernels/wasm/gradients';

/** Prepares both backends, with the kernels of this folder, and leaves wasm current. */
export async function openTestBackends(): Promise<void> {
  const folder = new URL('../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url);
  setWasmPaths(decodeURIComponent(folder.pathname));
  setThreadsCount(1);
  installWasmGradients();
  await tf.setBackend('wasm');
}

/** Runs on one backend; everything made inside is freed but the arrays that come back. */
export async function on(backend: 'wasm' | 'cpu', compute: () => tf.Tensor[]): Promise<Float32Array[]> {
  await tf.setBackend(backend);
  const tensors = tf.tidy(compute);
  const arrays = await Promise.all(tensors.map(async (tensor) => Float32Array.from(await tensor.data())));
  tf.dispose(tensors);
  return arrays;
}

/** Normal numbers, the same for the same stream. */
export function normal(shape: readonly number[], stream: number): tf.Tensor {
  const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
  fillNormal(values, 1, 1, stream);
  return tf.tensor(values, [...shape]);
}

/** Expects the same arrays from both backends, to `tolerance` of the largest magnitude in each array. */
export async function expectSameOnBoth(compute: () => tf.Tensor[], tolerance = 1e-5): Promise<void> {
  const [wasm, cpu] = [await on('wasm', compute), await on('cpu', compute)];
  expect(wasm.length).toBe(cpu.length);
  for (const [k, expected] of cpu.entries()) {
    const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const found = wasm[k]!;
    expect(found.length).toBe(expected.length);
    // An all-zero reference would agree with a kernel that does nothing.
    expect(largest).toBeGreaterThan(0);
    for (let i = 0; i < expected.length; i++) {
      const error = Math.abs(found[i]! - expected[i]!);
      if (!(error <= tolerance * Math.max(1, largest))) expect.fail(`array ${k}, element ${i}: ${found[i]} on wasm, ${expected[i]} on cpu`);
    }
  }
}
