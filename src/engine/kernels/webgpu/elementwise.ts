import type * as tf from '@tensorflow/tfjs-core';
import type { CapturableBackend } from '../../device/capturable-backend';
import { emptyTensor, flatIndex, launch, workgroupsFor } from '../../device/gpu-program';
import { KernelName, setKernel } from '../shared/dispatch';
import { reduceColumns } from './columns';

const sum = { type: 'f32', zero: '0.0', merge: 'return a + b;', finish: 'sums[column] = acc;' } as const;

/** The gradient below a ReLU, dy where y > 0; if asked, also its sum over all axes but the last: the gradient of the bias, on the way. */
setKernel({
  kernelName: KernelName.reluGradient,
  backendName: 'webgpu',
  kernelFunc({ inputs, backend, attrs }) {
    const gpu = backend as CapturableBackend;
    const { dy, y } = inputs as Record<string, tf.TensorInfo>;
    if (!dy || !y) throw new Error('The gradient of a ReLU needs dy and the output y.');
    const below = emptyTensor(gpu, dy.shape);
    if (!attrs?.sums) {
      elementwise(gpu, 'ReLU gradient', { dy, y }, below, 'output[i] = select(0.0, dy[i], y[i] > 0.0);');
      return below;
    }
    const sums = emptyTensor(gpu, dy.shape.slice(-1));
    const term = 'let g = select(0.0, dy[i], y[i] > 0.0); below[i] = g; acc += g;';
    reduceColumns(gpu, { name: 'ReLU gradient, bias gradient', ...sum, term, reads: { dy, y }, writes: { below }, results: { sums } });
    return [below, sums];
  },
});

/** The sum over all axes but the last. */
setKernel({
  kernelName: KernelName.columnSums,
  backendName: 'webgpu',
  kernelFunc({ inputs, backend }) {
    const gpu = backend as CapturableBackend;
    const x = inputs.x as tf.TensorInfo;
    const sums = emptyTensor(gpu, x.shape.slice(-1));
    reduceColumns(gpu, { name: 'bias gradient', ...sum, term: 'acc += x[i];', reads: { x }, results: { sums } });
    return sums;
  },
});

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
