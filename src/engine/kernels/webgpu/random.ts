import * as tf from '@tensorflow/tfjs-core';
import type { CapturableBackend } from '../../device/capturable-backend';
import { emptyTensor, exact, flatIndex, launch, workgroupsFor } from '../../device/gpu-program';
import { StepTable } from '../../device/step-table';
import { KernelName, runKernel, setKernel } from '../shared/dispatch';

const wgsl = (rate: number) => /* wgsl */ `
// dropout
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> row: array<u32>;
@group(0) @binding(2) var<storage, read> streams: array<u32>;
@group(0) @binding(3) var<storage, read> key: array<u32>;
@group(0) @binding(4) var<storage, read_write> result: array<f32>;
${threefryWgsl}
${flatIndex}
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = flatIndex(group, groups, local);
  if (i >= arrayLength(&result)) { return; }
  let draw = uniform01(vec2u(key[0], key[1]), vec2u(streams[row[0]], i));
  result[i] = x[i] * select(${exact(1 / (1 - rate))}, 0.0, draw < ${exact(rate)});
}`;

interface Attributes {
  readonly rate: number;
  readonly seed: number;
  readonly purpose: number;
  readonly step: number;
}

/** Draws the mask and multiplies by it; a captured step draws with its own row's number. */
setKernel({
  kernelName: KernelName.dropout,
  backendName: 'webgpu',
  kernelFunc({ inputs, backend, attrs }) {
    const gpu = backend as CapturableBackend;
    const x = inputs.x as tf.TensorInfo;
    const { rate, seed, purpose, step } = attrs as unknown as Attributes;
    const result = emptyTensor(gpu, x.shape);
    const key = tf.tensor1d(Int32Array.of(seed, purpose), 'int32');
    const workgroups = workgroupsFor(x.shape.reduce((a, b) => a * b, 1));
    StepTable.withStream(step, (...stream) => launch(gpu, wgsl(rate), [x, ...stream, key, result], workgroups));
    key.dispose();
    return result;
  },
});

// Drawing the mask again is cheaper than keeping it.
tf.registerGradient({
  kernelName: KernelName.dropout,
  gradFunc: (dy, _saved, attrs) => ({ x: () => runKernel(KernelName.dropout, { x: dy as tf.Tensor }, attrs)[0]! }),
});

/**
 * Threefry-2x32, 20 rounds, in WGSL: word for word numerics/random/rng (Salmon et al. 2011).
 * `uniform01(key, counter)` is the same float as `fillUniform` gives.
 */
export const threefryWgsl = /* wgsl */ `
fn rotateLeft(x: u32, by: u32) -> u32 { return (x << by) | (x >> (32u - by)); }
fn threefry(key: vec2u, counter: vec2u) -> vec2u {
  let ks = array<u32, 3>(key.x, key.y, 0x1bd11bdau ^ key.x ^ key.y);
  let even = array<u32, 4>(13u, 15u, 26u, 6u);
  let odd = array<u32, 4>(17u, 29u, 16u, 24u);
  var a = counter.x + ks[0];
  var b = counter.y + ks[1];
  for (var i = 0u; i < 5u; i++) {
    for (var r = 0u; r < 4u; r++) {
      a = a + b;
      b = rotateLeft(b, select(odd[r], even[r], (i & 1u) == 0u)) ^ a;
    }
    a = a + ks[(i + 1u) % 3u];
    b = b + ks[(i + 2u) % 3u] + i + 1u;
  }
  return vec2u(a, b);
}
fn uniform01(key: vec2u, counter: vec2u) -> f32 {
  return f32(threefry(key, counter).x >> 8u) * 5.9604644775390625e-8;
}`;
