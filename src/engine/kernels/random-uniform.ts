import * as tf from '@tensorflow/tfjs-core';
import { fillUniform } from '../../numerics/random/rng';
import { emptyTensor, flatIndex, gpuBackend, launch, workgroupsFor } from '../device/gpu-program';
import type { StepContext } from '../device/step-context';
import { StepTable } from '../device/step-table';
import { threefryWgsl } from './webgpu/random';

const wgsl = /* wgsl */ `
// random numbers
@group(0) @binding(0) var<storage, read> row: array<u32>;
@group(0) @binding(1) var<storage, read> streams: array<u32>;
@group(0) @binding(2) var<storage, read> key: array<u32>;
@group(0) @binding(3) var<storage, read_write> result: array<f32>;
${threefryWgsl}
${flatIndex}
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = flatIndex(group, groups, local);
  if (i < arrayLength(&result)) { result[i] = uniform01(vec2u(key[0], key[1]), vec2u(streams[row[0]], i)); }
}`;

/**
 * Numbers uniform in [0, 1) from the stream (seed, purpose, step): those of numerics/random/rng `fillUniform`, on every backend. A
 * replayed step draws with its own number, and what is measured inside of it with STORED_STEP.
 */
export function randomUniform(
  shape: readonly number[],
  { seed, purpose }: { readonly seed: number; readonly purpose: number },
  context: Pick<StepContext, 'step'>,
): tf.Tensor {
  const gpu = gpuBackend();
  if (!gpu) {
    const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
    fillUniform(values, seed, purpose, context.step);
    return tf.tensor(values, [...shape]);
  }
  const result = emptyTensor(gpu, shape);
  const key = tf.tensor1d(Int32Array.of(seed, purpose), 'int32');
  const workgroups = workgroupsFor(shape.reduce((a, b) => a * b, 1));
  StepTable.withStream(context.step, (...stream) => launch(gpu, wgsl, [...stream, key, result], workgroups));
  key.dispose();
  return tf.engine().makeTensorFromTensorInfo(result);
}
