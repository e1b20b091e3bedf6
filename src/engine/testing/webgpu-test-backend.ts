/** For tests in a browser: the WebGPU backend, once a file, and comparisons. */
import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { fillNormal } from '../../numerics/random/rng';
import { openBackend } from '../backends/backend';
import type { CapturableBackend } from '../device/capturable-backend';
import { gpuBackend } from '../device/gpu-program';

/** Opens the backend, or continues with the one that is open: its pipelines are compiled already. */
export async function openTestGpu(): Promise<CapturableBackend> {
  if (tf.getBackend() !== 'webgpu') await openBackend({ only: 'webgpu' });
  return testGpu();
}

export function testGpu(): CapturableBackend {
  const gpu = gpuBackend();
  if (!gpu) throw new Error('WebGPU is not the current backend.');
  return gpu;
}

/** Memory that tfjs and its WebGPU backend hold outside of captures. */
export function held(): { readonly tensors: number; readonly bytes: number } {
  const { numBytesInGPU } = testGpu().memory() as unknown as { numBytesInGPU: number };
  return { tensors: tf.memory().numTensors, bytes: numBytesInGPU };
}

/** Runs on the GPU; everything made inside is freed but the arrays that come back. */
export async function onGpu(compute: () => tf.Tensor[]): Promise<Float32Array[]> {
  const tensors = tf.tidy(compute);
  const arrays = await Promise.all(tensors.map(async (tensor) => Float32Array.from(await tensor.data())));
  tf.dispose(tensors);
  return arrays;
}

/** Normal numbers, the same for the same stream. */
export function normalValues(count: number, stream: number): Float32Array {
  const values = new Float32Array(count);
  fillNormal(values, 1, 1, stream);
  return values;
}

export function normalTensor(shape: readonly number[], stream: number): tf.Tensor {
  return tf.tensor(
    normalValues(
      shape.reduce((a, b) => a * b, 1),
      stream,
    ),
    [...shape],
  );
}

/** Expects equal lengths and numbers equal to `tolerance` of the largest magnitude expected (at least 1). −0 equals 0. */
export function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-5, what = 'array'): void {
  expect(found.length, what).toBe(expected.length);
  let largest = 1;
  for (let i = 0; i < expected.length; i++) largest = Math.max(largest, Math.abs(expected[i]!));
  for (let i = 0; i < expected.length; i++) {
    if (!(Math.abs(found[i]! - expected[i]!) <= tolerance * largest))
      expect.fail(`${what}: element ${i} is ${found[i]}, expected ${expected[i]}`);
  }
}

/** Expects the same numbers exactly; −0 equals 0. */
export function expectEqual(found: ArrayLike<number>, expected: ArrayLike<number>, what = 'array'): void {
  expectClose(found, expected, 0, what);
}
