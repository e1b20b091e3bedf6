import type * as tf from '@tensorflow/tfjs-core';
import { exact, gpuBackend, launch } from '../device/gpu-program';

const wgsl = (size: number, momentum: number) => /* wgsl */ `
@group(0) @binding(0) var<storage, read_write> moving: array<f32>;
@group(0) @binding(1) var<storage, read> batch: array<f32>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x < ${size}u) { moving[id.x] = ${exact(momentum)} * moving[id.x] + ${exact(1 - momentum)} * batch[id.x]; }
}`;

/** moving ← momentum × moving + (1 − momentum) × batch, in the variable's own buffer. @returns false where the backend is not WebGPU */
export function moveInPlace(moving: tf.Variable, batch: tf.Tensor, momentum: number): boolean {
  const backend = gpuBackend();
  if (!backend) return false;
  launch(backend, wgsl(moving.size, momentum), [moving, batch], [Math.ceil(moving.size / 64), 1, 1]);
  return true;
}
