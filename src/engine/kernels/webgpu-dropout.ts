import * as tf from '@tensorflow/tfjs-core';
import { emptyTensor, exact, flatIndex, gpuBackend, launch, workgroupsFor } from '../device/gpu-program';
import type { StepTable } from '../device/step-table';
import { threefryWgsl } from './webgpu-random';

const wgsl = (rate: number) => /* wgsl */ `
@group(0) @binding(0) var<storage, read> row: array<u32>;
@group(0) @binding(1) var<storage, read> streams: array<u32>;
@group(0) @binding(2) var<storage, read> key: array<u32>;
@group(0) @binding(3) var<storage, read_write> mask: array<f32>;
${threefryWgsl}
${flatIndex}
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = flatIndex(group, groups, local);
  if (i >= arrayLength(&mask)) { return; }
  let draw = uniform01(vec2u(key[0], key[1]), vec2u(streams[row[0]], i));
  mask[i] = select(${exact(1 / (1 - rate))}, 0.0, draw < ${exact(rate)});
}`;

/** The dropout mask of the captured step's current row: the numbers that `fillUniform` gives for the same key. */
export function capturedMask(table: StepTable, shape: readonly number[], rate: number, seed: number, stream: number): tf.Tensor {
  const backend = gpuBackend();
  if (!backend) throw new Error('A captured dropout mask needs the WebGPU backend.');
  const key = tf.tensor1d(Int32Array.of(seed, stream), 'int32');
  const mask = emptyTensor(backend, shape);
  launch(backend, wgsl(rate), [table.row, table.streams, key, mask], workgroupsFor(shape.reduce((a, b) => a * b, 1)));
  key.dispose();
  return tf.engine().makeTensorFromTensorInfo(mask);
}
