import type * as tf from '@tensorflow/tfjs-core';
import type { CapturableBackend } from '../device/capturable-backend';
import { flatIndex, launch, workgroupsFor } from '../device/gpu-program';

/**
 * Runs a statement for each element `i` of `output`. One pipeline serves all sizes.
 * @param name what it computes, for the profile
 * @param inputs by the names that the statement uses, as arrays of f32
 * @param statement WGSL; writes `output[i]`
 */
export function elementwise(
  gpu: CapturableBackend,
  name: string,
  inputs: Readonly<Record<string, tf.TensorInfo>>,
  output: tf.TensorInfo,
  statement: string,
): void {
  const names = Object.keys(inputs);
  const source = /* wgsl */ `
// ${name}
${names.map((name, binding) => `@group(0) @binding(${binding}) var<storage, read> ${name}: array<f32>;`).join('\n')}
@group(0) @binding(${names.length}) var<storage, read_write> output: array<f32>;
${flatIndex}
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = flatIndex(group, groups, local);
  if (i >= arrayLength(&output)) { return; }
  ${statement}
}`;
  const size = output.shape.reduce((a, b) => a * b, 1);
  launch(gpu, source, [...Object.values(inputs), output], workgroupsFor(size));
}
