import * as tf from '@tensorflow/tfjs-core';
import { isStochastic, type Rounding } from '../../../numerics/rounding/rounding';
import { type ScaleGrid, scaleGrid } from '../../../numerics/scales/scale-grid';
import { maxCode } from '../../../numerics/scales/uniform';
import type { CapturableBackend } from '../../device/capturable-backend';
import { emptyTensor, flatIndex, launch, workgroupsFor } from '../../device/gpu-program';
import { StepTable } from '../../device/step-table';
import type { FakeQuantizeAttributes } from '../shared/attributes';
import { KernelName, setKernel } from '../shared/dispatch';
import { reduceBlocks, reduceColumns } from './columns';
import { threefryWgsl } from './random';

/** Weights that one workgroup looks through for the largest, at least; and the most workgroups. */
const SHARE = 1024;
const MOST_SHARES = 64;
/** Weights that one invocation quantizes, once it has joined the shares. */
const EACH = 8;

/**
 * Magnitudes are compared as the bits of |w|, which order like the numbers, with infinity and NaN above all others: WGSL's
 * `max` may drop a NaN, and a weight that is not finite must show in the loss.
 */
const magnitude = 'bitcast<u32>(x[i]) & 0x7fffffffu';

/** The largest magnitude of all, in a few shares that the second kernel joins. */
const largestWgsl = /* wgsl */ `
// quantizer: largest weight
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> maxima: array<u32>;
var<workgroup> best: array<u32, 64>;
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  var largest = 0u;
  for (var i = group.x * 64u + local; i < arrayLength(&x); i += groups.x * 64u) { largest = max(largest, ${magnitude}); }
  best[local] = largest;
  workgroupBarrier();
  for (var half = 32u; half > 0u; half >>= 1u) {
    if (local < half) { best[local] = max(best[local], best[local + half]); }
    workgroupBarrier();
  }
  if (local == 0u) { maxima[group.x] = best[0]; }
}`;

/** The largest magnitudes of groups of neighbouring columns, for each block of rows. */
const joinWgsl = (width: number, outputs: number, across: number) => /* wgsl */ `
// quantizer: largest weight
@group(0) @binding(0) var<storage, read> columns: array<u32>;
@group(0) @binding(1) var<storage, read_write> maxima: array<u32>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= arrayLength(&maxima)) { return; }
  var largest = 0u;
  let row = (id.x / ${across}u) * ${outputs}u;
  let first = (id.x % ${across}u) * ${width}u;
  for (var i = row + first; i < row + min(first + ${width}u, ${outputs}u); i++) { largest = max(largest, columns[i]); }
  maxima[id.x] = largest;
}`;

const columnMaxima = {
  name: 'quantizer: largest weight',
  type: 'u32',
  zero: '0u',
  term: `acc = max(acc, ${magnitude});`,
  merge: 'return max(a, b);',
  finish: 'maxima[block * columns + column] = bitcast<f32>(acc);',
} as const;

/** The bits of the largest magnitude of each block of weights; for one block, of several shares of it. */
function blockMaxima(gpu: CapturableBackend, x: tf.TensorInfo, grid: ScaleGrid): tf.TensorInfo {
  const { outputs, blockInputs, blockOutputs, across, scales } = grid;
  if (scales === 1) {
    const shares = Math.min(MOST_SHARES, Math.ceil(x.shape.reduce((a, b) => a * b, 1) / SHARE));
    const maxima = emptyTensor(gpu, [shares]);
    launch(gpu, largestWgsl, [x, maxima], [shares, 1, 1]);
    return maxima;
  }
  const maxima = emptyTensor(gpu, [scales]);
  const down = scales / across;
  if (blockOutputs > 1) {
    const columns = emptyTensor(gpu, [down * outputs]);
    const reduction = { ...columnMaxima, reads: { x }, results: { maxima: columns } };
    if (down > 1) reduceBlocks(gpu, reduction, outputs, down, blockInputs);
    else reduceColumns(gpu, reduction);
    launch(gpu, joinWgsl(blockOutputs, outputs, across), [columns, maxima], [Math.ceil(scales / 64), 1, 1]);
    gpu.disposeData(columns.dataId);
  } else if (down > 1) {
    reduceBlocks(gpu, { ...columnMaxima, reads: { x }, results: { maxima } }, outputs, down, blockInputs);
  } else {
    reduceColumns(gpu, { ...columnMaxima, reads: { x }, results: { maxima } });
  }
  return maxima;
}

/** The code, before it is clipped, of v = w / scale; see numerics/rounding/rounding. The stochastic ones call draw(i). */
export const roundingWgsl: Readonly<Record<Rounding, string>> = {
  'nearest-even': 'round(v)',
  'half-away': 'trunc(v) + select(0.0, sign(v), abs(v - trunc(v)) >= 0.5)',
  floor: 'floor(v)',
  ceil: 'ceil(v)',
  'toward-zero': 'trunc(v)',
  stochastic: 'floor(v) + select(0.0, 1.0, draw(i) < v - floor(v))',
  'stochastic-half': 'floor(v) + select(0.0, 1.0, v > floor(v) && draw(i) < 0.5)',
};

/** settings: largest code, columns, block inputs, block outputs, blocks across, seed, purpose. */
const quantizeWgsl = (rounding: Rounding, oneScale: boolean) => /* wgsl */ `
// quantizer: rounding
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> maxima: array<u32>;
@group(0) @binding(2) var<storage, read> settings: array<u32>;
@group(0) @binding(3) var<storage, read_write> result: array<f32>;
${
  isStochastic(rounding)
    ? `@group(0) @binding(4) var<storage, read> row: array<u32>;
@group(0) @binding(5) var<storage, read> streams: array<u32>;
${threefryWgsl}
fn draw(i: u32) -> f32 { return uniform01(vec2u(settings[5], settings[6]), vec2u(streams[row[0]], i)); }`
    : ''
}
fn quantized(i: u32, bits: u32) -> f32 {
  let most = f32(settings[0]);
  let scale = bitcast<f32>(bits) / most;
  let v = x[i] / select(scale, 1.0, scale == 0.0);
  let code = clamp(${roundingWgsl[rounding]}, -most, most);
  // Infinity and NaN: a NaN for all that share the scale.
  return select(scale * code, bitcast<f32>(bits | 0x7fc00000u), bits >= 0x7f800000u);
}
${flatIndex}
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  ${
    oneScale
      ? `var bits = maxima[0];
  for (var p = 1u; p < arrayLength(&maxima); p++) { bits = max(bits, maxima[p]); }`
      : ''
  }
  for (var i = flatIndex(group, groups, local); i < arrayLength(&result); i += groups.x * groups.y * 64u) {
    result[i] = quantized(i, ${oneScale ? 'bits' : 'maxima[((i / settings[1]) / settings[2]) * settings[4] + (i % settings[1]) / settings[3]]'});
  }
}`;

setKernel({
  kernelName: KernelName.fakeQuantize,
  backendName: 'webgpu',
  kernelFunc({ inputs, backend, attrs }) {
    const gpu = backend as CapturableBackend;
    const x = inputs.x as tf.TensorInfo;
    const attributes = attrs as unknown as FakeQuantizeAttributes;
    const grid = scaleGrid(x.shape, attributes.granularity);
    if (grid.period * grid.outputs < x.shape.reduce((a, b) => a * b, 1))
      throw new RangeError('The WebGPU quantizer has no scales that repeat along the inputs, as those of an inner axis do.');
    const maxima = blockMaxima(gpu, x, grid);
    const result = emptyTensor(gpu, x.shape);
    const { outputs, blockInputs, blockOutputs, across, scales } = grid;
    const { bits, rounding, seed, purpose } = attributes;
    const settings = tf.tensor1d(Int32Array.of(maxCode(bits), outputs, blockInputs, blockOutputs, across, seed, purpose), 'int32');
    const workgroups = workgroupsFor(Math.ceil(x.shape.reduce((a, b) => a * b, 1) / EACH));
    const rounded = (...random: tf.Tensor[]) =>
      launch(gpu, quantizeWgsl(rounding, scales === 1), [x, maxima, settings, result, ...random], workgroups);
    if (isStochastic(rounding)) StepTable.withStream(attributes.step, rounded);
    else rounded();
    settings.dispose();
    gpu.disposeData(maxima.dataId);
    return result;
  },
});
