import type * as tf from '@tensorflow/tfjs-core';
import { maxCode } from '../../numerics/uniform';
import type { CapturableBackend } from '../device/capturable-backend';
import { emptyTensor, exact, flatIndex, launch, workgroupsFor } from '../device/gpu-program';
import { KernelName, setKernel } from './kernel-dispatch';

const PARTIALS = 64;

/** First pass: 64 workgroups each find the largest magnitude of a stride of the tensor. */
const largestWgsl = (size: number) => /* wgsl */ `
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> partial: array<f32>;
var<workgroup> best: array<f32, 64>;
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  var largest = 0.0;
  for (var i = group.x * 64u + local; i < ${size}u; i += ${64 * PARTIALS}u) { largest = max(largest, abs(x[i])); }
  best[local] = largest;
  workgroupBarrier();
  for (var half = 32u; half > 0u; half >>= 1u) {
    if (local < half) { best[local] = max(best[local], best[local + half]); }
    workgroupBarrier();
  }
  if (local == 0u) { partial[group.x] = best[0]; }
}`;

/** Second pass: scale = largest / (2^(bits−1) − 1), then scale × round(x / scale); WGSL rounds ties to even. */
const quantizeWgsl = (size: number, most: number) => /* wgsl */ `
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> partial: array<f32>;
@group(0) @binding(2) var<storage, read_write> result: array<f32>;
var<workgroup> best: array<f32, 64>;
${flatIndex}
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  best[local] = partial[local];
  workgroupBarrier();
  for (var half = 32u; half > 0u; half >>= 1u) {
    if (local < half) { best[local] = max(best[local], best[local + half]); }
    workgroupBarrier();
  }
  let scale = best[0] / ${exact(most)};
  let i = flatIndex(group, groups, local);
  if (i < ${size}u) {
    let code = clamp(round(x[i] / scale), -${exact(most)}, ${exact(most)});
    result[i] = select(scale * code, 0.0, scale == 0.0);
  }
}`;

setKernel({
  kernelName: KernelName.fakeQuantize,
  backendName: 'webgpu',
  kernelFunc({ inputs, backend, attrs }) {
    const gpu = backend as CapturableBackend;
    const x = inputs.x as tf.TensorInfo;
    const size = x.shape.reduce((a, b) => a * b, 1);
    const partial = emptyTensor(gpu, [PARTIALS]);
    const result = emptyTensor(gpu, x.shape);
    launch(gpu, largestWgsl(size), [x, partial], [PARTIALS, 1, 1]);
    launch(gpu, quantizeWgsl(size, maxCode(attrs?.bits as number)), [x, partial, result], workgroupsFor(size));
    gpu.disposeData(partial.dataId);
    return result;
  },
});
