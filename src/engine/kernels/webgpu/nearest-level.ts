import * as tf from '@tensorflow/tfjs-core';
import type { CapturableBackend } from '../../device/capturable-backend';
import { emptyTensor, flatIndex, launch, workgroupsFor } from '../../device/gpu-program';
import type { NearestLevelAttributes } from '../shared/attributes';
import { KernelName, setKernel } from '../shared/dispatch';

/** settings: levels in a codebook, columns, block inputs, block outputs, blocks across, period. */
const wgsl = /* wgsl */ `
// nearest level
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> levels: array<f32>;
@group(0) @binding(2) var<storage, read> thresholds: array<f32>;
@group(0) @binding(3) var<storage, read> settings: array<u32>;
@group(0) @binding(4) var<storage, read_write> result: array<f32>;
${flatIndex}
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = flatIndex(group, groups, local);
  if (i >= arrayLength(&result)) { return; }
  let size = settings[0];
  let book = (((i / settings[1]) % settings[5]) / settings[2]) * settings[4] + (i % settings[1]) / settings[3];
  let value = x[i];
  var place = 0u;
  for (var j = 0u; j + 1u < size; j++) { place += select(0u, 1u, value > thresholds[book * (size - 1u) + j]); }
  // Infinity and NaN: a NaN, which the loss shows.
  let bits = bitcast<u32>(value) & 0x7fffffffu;
  result[i] = select(levels[book * size + place], bitcast<f32>(bits | 0x7fc00000u), bits >= 0x7f800000u);
}`;

setKernel({
  kernelName: KernelName.nearestLevel,
  backendName: 'webgpu',
  kernelFunc({ inputs, backend, attrs }) {
    const gpu = backend as CapturableBackend;
    const { x, levels, thresholds } = inputs as Record<string, tf.TensorInfo>;
    if (!x || !levels || !thresholds) throw new Error('Rounding to levels needs values, levels and thresholds.');
    const { grid, size } = attrs as unknown as NearestLevelAttributes;
    const { outputs, blockInputs, blockOutputs, across, period } = grid;
    const settings = tf.tensor1d(Int32Array.of(size, outputs, blockInputs, blockOutputs, across, period), 'int32');
    const result = emptyTensor(gpu, x.shape);
    launch(gpu, wgsl, [x, levels, thresholds, settings, result], workgroupsFor(x.shape.reduce((a, b) => a * b, 1)));
    settings.dispose();
    return result;
  },
});
