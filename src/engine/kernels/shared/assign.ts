import * as tf from '@tensorflow/tfjs-core';
import type { CapturableBackend } from '../../device/capturable-backend';
import { flatIndex, gpuBackend, launch, workgroupsFor } from '../../device/gpu-program';

const wgsl = /* wgsl */ `
// assignment
@group(0) @binding(0) var<storage, read> values: array<f32>;
@group(0) @binding(1) var<storage, read_write> variable: array<f32>;
${flatIndex}
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = flatIndex(group, groups, local);
  if (i < arrayLength(&variable)) { variable[i] = values[i]; }
}`;

/**
 * Gives a variable new values, also inside a captured step: on WebGPU they are written into the variable's own buffer, which
 * replays continue reading. Elsewhere it is `variable.assign`.
 * @throws RangeError if the shapes differ
 */
export function assign(variable: tf.Variable, values: tf.Tensor): void {
  if (!tf.util.arraysEqual(variable.shape, values.shape))
    throw new RangeError(`Values of shape [${values.shape}] cannot be assigned to a variable of shape [${variable.shape}].`);
  const gpu = gpuBackend();
  if (!gpu) variable.assign(values.dataId === variable.dataId ? tf.clone(values) : values);
  else if (values.dataId !== variable.dataId) writeInPlace(gpu, variable, values);
}

function writeInPlace(gpu: CapturableBackend, variable: tf.Variable, values: tf.Tensor): void {
  gpu.uploadToGPU(variable.dataId);
  gpu.uploadToGPU(values.dataId);
  launch(gpu, wgsl, [values, variable], workgroupsFor(variable.size));
}
