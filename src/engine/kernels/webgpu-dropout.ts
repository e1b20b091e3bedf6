import * as tf from '@tensorflow/tfjs-core';
import type { CapturableBackend } from '../device/capturable-backend';
import { emptyTensor, exact, flatIndex, launch, workgroupsFor } from '../device/gpu-program';
import { StepTable } from '../device/step-table';
import { KernelName, runKernel, setKernel } from './kernel-dispatch';
import { threefryWgsl } from './webgpu-random';

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
