import type * as tf from '@tensorflow/tfjs-core';
import type { CapturableBackend } from '../../device/capturable-backend';
import { emptyTensor, launch } from '../../device/gpu-program';
import { KernelName, setKernel } from '../shared/dispatch';

/**
 * Loss, number right and gradient (softmax − one-hot) / n in one pass of one workgroup. Each invocation takes every 64th
 * row and the sums are a fixed tree, so the result never depends on timing.
 */
const wgsl = /* wgsl */ `
// loss and its gradient
@group(0) @binding(0) var<storage, read> logits: array<f32>;
@group(0) @binding(1) var<storage, read> labels: array<i32>;
@group(0) @binding(2) var<storage, read_write> loss: array<f32>;
@group(0) @binding(3) var<storage, read_write> correct: array<f32>;
@group(0) @binding(4) var<storage, read_write> gradient: array<f32>;
var<workgroup> sums: array<vec2f, 64>;
@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) local: u32) {
  let rows = arrayLength(&labels);
  let classes = arrayLength(&logits) / rows;
  var sum = vec2f(0.0);
  for (var row = local; row < rows; row += 64u) {
    let start = row * classes;
    let label = u32(labels[row]);
    var best = 0u;
    for (var c = 1u; c < classes; c++) { if (logits[start + c] > logits[start + best]) { best = c; } }
    let top = logits[start + best];
    var total = 0.0;
    for (var c = 0u; c < classes; c++) { total += exp(logits[start + c] - top); }
    for (var c = 0u; c < classes; c++) {
      let probability = exp(logits[start + c] - top) / total;
      gradient[start + c] = (probability - select(0.0, 1.0, c == label)) / f32(rows);
    }
    sum += vec2f(log(total) - (logits[start + label] - top), select(0.0, 1.0, best == label));
  }
  sums[local] = sum;
  workgroupBarrier();
  for (var half = 32u; half > 0u; half >>= 1u) {
    if (local < half) { sums[local] += sums[local + half]; }
    workgroupBarrier();
  }
  if (local == 0u) {
    loss[0] = sums[0].x / f32(rows);
    correct[0] = sums[0].y;
  }
}`;

setKernel({
  kernelName: KernelName.softmaxCrossEntropy,
  backendName: 'webgpu',
  kernelFunc({ inputs, backend }) {
    const gpu = backend as CapturableBackend;
    const { logits, labels } = inputs as Record<string, tf.TensorInfo>;
    if (!logits || !labels) throw new Error('The loss needs logits and labels.');
    const loss = emptyTensor(gpu, []);
    const correct = emptyTensor(gpu, []);
    const gradient = emptyTensor(gpu, logits.shape);
    launch(gpu, wgsl, [logits, labels, loss, correct, gradient], [1, 1, 1]);
    return [loss, correct, gradient];
  },
});
