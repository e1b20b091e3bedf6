import * as tf from '@tensorflow/tfjs-core';
import type { CapturableBackend } from '../../device/capturable-backend';
import { emptyTensor, flatIndex, launch, workgroupsFor } from '../../device/gpu-program';

export interface GatherInputs {
  /** Bytes of all images, four to a word. */
  readonly pixels: tf.Tensor;
  /** Label bytes, four to a word. */
  readonly labels: tf.Tensor;
  /** Image numbers, batch after batch. */
  readonly order: tf.Tensor;
  /** [0]: which batch of `order`. */
  readonly row: tf.Tensor;
  /** What each byte becomes: 256 floats a channel. */
  readonly table: tf.Tensor;
}

/** Sizes come from the arrays' lengths, so that one pipeline serves all shapes. */
const wgsl = /* wgsl */ `
// batch of images, normalized
@group(0) @binding(0) var<storage, read> pixels: array<u32>;
@group(0) @binding(1) var<storage, read> labels: array<u32>;
@group(0) @binding(2) var<storage, read> order: array<u32>;
@group(0) @binding(3) var<storage, read> row: array<u32>;
@group(0) @binding(4) var<storage, read> table: array<f32>;
@group(0) @binding(5) var<storage, read_write> images: array<f32>;
@group(0) @binding(6) var<storage, read_write> targets: array<i32>;
fn byteAt(word: u32, place: u32) -> u32 { return (word >> (8u * (place & 3u))) & 255u; }
${flatIndex}
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = flatIndex(group, groups, local);
  if (i >= arrayLength(&images)) { return; }
  let batch = arrayLength(&targets);
  let area = arrayLength(&images) / batch;
  let channels = arrayLength(&table) / 256u;
  let example = i / area;
  let pixel = i % area;
  let image = order[row[0] * batch + example];
  let at = image * area + pixel;
  images[i] = table[(pixel % channels) * 256u + byteAt(pixels[at / 4u], at)];
  if (pixel == 0u) { targets[example] = i32(byteAt(labels[image / 4u], image)); }
}`;

/** The current batch, normalized. @returns images [batch, area] and labels int32 [batch] */
export function gather(backend: CapturableBackend, inputs: GatherInputs, batch: number, area: number): [tf.Tensor2D, tf.Tensor1D] {
  const images = emptyTensor(backend, [batch, area]);
  const targets = emptyTensor(backend, [batch], 'int32');
  const { pixels, labels, order, row, table } = inputs;
  launch(backend, wgsl, [pixels, labels, order, row, table, images, targets], workgroupsFor(batch * area));
  const engine = tf.engine();
  return [engine.makeTensorFromTensorInfo(images) as tf.Tensor2D, engine.makeTensorFromTensorInfo(targets) as tf.Tensor1D];
}

const advanceWgsl = /* wgsl */ `
// end of the step
@group(0) @binding(0) var<storage, read_write> row: array<u32>;
@group(0) @binding(1) var<storage, read> loss: array<f32>;
@group(0) @binding(2) var<storage, read> correct: array<f32>;
@group(0) @binding(3) var<storage, read_write> metrics: array<f32>;
@compute @workgroup_size(1)
fn main() {
  metrics[row[0] * 2u] = loss[0];
  metrics[row[0] * 2u + 1u] = correct[0];
  row[0] = row[0] + 1u;
}`;

/** Ends a step: notes its metrics and moves on to the next row. */
export function advance(backend: CapturableBackend, row: tf.Tensor, loss: tf.Tensor, correct: tf.Tensor, metrics: tf.Tensor): void {
  launch(backend, advanceWgsl, [row, loss, correct, metrics], [1, 1, 1]);
}

const copyRowWgsl = /* wgsl */ `
// copy of the logits
@group(0) @binding(0) var<storage, read> row: array<u32>;
@group(0) @binding(1) var<storage, read> values: array<f32>;
@group(0) @binding(2) var<storage, read_write> results: array<f32>;
${flatIndex}
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = flatIndex(group, groups, local);
  let size = arrayLength(&values);
  if (i < size) { results[row[0] * size + i] = values[i]; }
}`;

const nextRowWgsl = /* wgsl */ `
// end of the batch
@group(0) @binding(0) var<storage, read_write> row: array<u32>;
@compute @workgroup_size(1)
fn main() { row[0] = row[0] + 1u; }`;

/** Puts a batch's values at its row of `results`, then moves on to the next row. */
export function copyRow(backend: CapturableBackend, row: tf.Tensor, values: tf.Tensor, results: tf.Tensor): void {
  launch(backend, copyRowWgsl, [row, values, results], workgroupsFor(values.size));
  launch(backend, nextRowWgsl, [row], [1, 1, 1]);
}
