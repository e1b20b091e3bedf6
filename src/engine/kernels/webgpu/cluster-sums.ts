import type * as tf from '@tensorflow/tfjs-core';
import type { CapturableBackend } from '../../device/capturable-backend';
import { emptyTensor, launch } from '../../device/gpu-program';
import { KernelName, setKernel } from '../shared/dispatch';

const LANES = 256;

/** A workgroup for each cluster reads all values, in an order that never depends on timing. */
const wgsl = /* wgsl */ `
// sums of clusters
@group(0) @binding(0) var<storage, read> values: array<f32>;
@group(0) @binding(1) var<storage, read> codes: array<f32>;
@group(0) @binding(2) var<storage, read_write> result: array<f32>;
var<workgroup> lanes: array<f32, ${LANES}>;
@compute @workgroup_size(${LANES})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let cluster = f32(group.x);
  var sum = 0.0;
  for (var i = lane; i < arrayLength(&values); i += ${LANES}u) { if (codes[i] == cluster) { sum += values[i]; } }
  lanes[lane] = sum;
  workgroupBarrier();
  for (var half = ${LANES / 2}u; half > 0u; half >>= 1u) {
    if (lane < half) { lanes[lane] += lanes[lane + half]; }
    workgroupBarrier();
  }
  if (lane == 0u) { result[group.x] = lanes[0]; }
}`;

setKernel({
  kernelName: KernelName.clusterSums,
  backendName: 'webgpu',
  kernelFunc({ inputs, backend, attrs }) {
    const gpu = backend as CapturableBackend;
    const { values, codes } = inputs as { values: tf.TensorInfo; codes: tf.TensorInfo };
    const size = Number(attrs?.size);
    const result = emptyTensor(gpu, [size]);
    launch(gpu, wgsl, [values, codes, result], [size, 1, 1]);
    return result;
  },
});
