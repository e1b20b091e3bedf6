/** The nested layer's kernels for WebGPU. */
import * as tf from '@tensorflow/tfjs-core';
import { RATIO_EPSILON } from '../../../numerics/quantizers/nested-scale';
import type { CapturableBackend } from '../../device/capturable-backend';
import { emptyTensor, exact } from '../../device/gpu-program';
import {
  type NestedAttributes,
  type NestedGranularity,
  type NestedPenaltyAttributes,
  type NestedVoteAttributes,
  nestedLayout,
} from '../shared/attributes';
import { KernelName, setKernel } from '../shared/dispatch';
import { elementwise } from './elementwise';
import { roundingWgsl } from './fake-quantize';
import { reduceGroups } from './groups';

/** The weight's scale, its position on the grid of whole numbers and its code. */
const coded = (rounding: NestedAttributes['rounding']) => `let v = x[i] / s; let code = ${roundingWgsl[rounding]};`;

/** The index of the scale of element i. Lengths come from the arrays and from `settings`: one pipeline serves all layers and λ. */
const groupWgsl = '(i / u32(settings[0])) % arrayLength(&scale)';

/** Runs a kernel with `settings`: how many weights side by side share a scale, and λ. */
function withSettings(x: tf.TensorInfo, granularity: NestedGranularity, use: (settings: tf.Tensor) => void, lambda = 0): void {
  const settings = tf.tensor1d([nestedLayout(x.shape, granularity).inner, lambda]);
  use(settings);
  settings.dispose();
}

setKernel({
  kernelName: KernelName.nestedScale,
  backendName: 'webgpu',
  kernelFunc({ inputs, backend, attrs }) {
    const gpu = backend as CapturableBackend;
    const { x, scale } = inputs as { x: tf.TensorInfo; scale: tf.TensorInfo };
    const { granularity, rounding } = attrs as unknown as NestedAttributes;
    const output = emptyTensor(gpu, x.shape);
    withSettings(x, granularity, (settings) => {
      const statement = `let s = scale[${groupWgsl}]; ${coded(rounding)} output[i] = s * code;`;
      elementwise(gpu, 'nested layer: rounding', { x, scale, settings }, output, statement);
    });
    return output;
  },
});

/** tanh for numbers of 1e-10 too: WGSL's own may lose them in e^x − e^−x. */
const tanhWgsl = /* wgsl */ `
fn smallTanh(z: f32) -> f32 {
  let square = z * z;
  return select(tanh(z), z * (1.0 + square * (-1.0 / 3.0 + square * (2.0 / 15.0 - square * (17.0 / 315.0)))), abs(z) < 0.1);
}`;

setKernel({
  kernelName: KernelName.nestedVotes,
  backendName: 'webgpu',
  kernelFunc({ inputs, backend, attrs }) {
    const gpu = backend as CapturableBackend;
    const { x, dy, scale } = inputs as Record<'x' | 'dy' | 'scale', tf.TensorInfo>;
    const { granularity, rounding, lambda, fallback, allVote } = attrs as unknown as NestedVoteAttributes;
    const result = emptyTensor(gpu, scale.shape);
    withSettings(
      x,
      granularity,
      (settings) =>
        reduceGroups(gpu, {
          name: 'nested layer: votes',
          inputs: { x, dy, scale, settings },
          outputs: { result },
          functions: tanhWgsl,
          // Sum of the votes, number of voters, largest code.
          term: `
    ${coded(rounding)}
    let size = abs(s * code);
    let ratio = abs(dy[i]) / select(size, ${exact(RATIO_EPSILON)}, size == 0.0);
    let votes = ratio < settings[1];
    acc = vec3f(acc.x - select(0.0, smallTanh(settings[1] - ratio), votes), acc.y + select(0.0, 1.0, votes), max(acc.z, abs(code)));`,
          merge: 'return vec3f(a.xy + b.xy, max(a.z, b.z));',
          finish: `
    let mean = ${allVote ? '-smallTanh(settings[1])' : 'acc.x / f32(count)'};
    result[group] = ${fallback && !allVote ? 'select(mean, -smallTanh(settings[1]), acc.y == 0.0)' : 'mean'} * acc.z;`,
        }),
      lambda,
    );
    return result;
  },
});

setKernel({
  kernelName: KernelName.nestedPenalty,
  backendName: 'webgpu',
  kernelFunc({ inputs, backend, attrs }) {
    const gpu = backend as CapturableBackend;
    const { x, scale } = inputs as Record<'x' | 'scale', tf.TensorInfo>;
    const attributes = attrs as unknown as NestedPenaltyAttributes;
    const parts = { terms: emptyTensor(gpu, scale.shape), byValue: emptyTensor(gpu, x.shape), byScale: emptyTensor(gpu, scale.shape) };
    withSettings(x, attributes.granularity, (settings) => {
      if (attributes.penalty === 'bins') bins(gpu, { x, scale, settings }, parts);
      else deviation(gpu, { x, scale, settings }, parts, attributes);
    });
    return [parts.terms, parts.byValue, parts.byScale];
  },
});

type Given = Readonly<Record<'x' | 'scale' | 'settings', tf.TensorInfo>>;
type Parts = Readonly<Record<'terms' | 'byValue' | 'byScale', tf.TensorInfo>>;

function bins(gpu: CapturableBackend, inputs: Given, { terms, byValue, byScale }: Parts): void {
  const [largest, holders] = [emptyTensor(gpu, terms.shape), emptyTensor(gpu, terms.shape)];
  reduceGroups(gpu, {
    name: 'nested layer: bins',
    inputs,
    outputs: { terms, byScale, largest, holders },
    // Largest |P|, and how many weights have it.
    term: 'acc = merged(acc, vec3f(abs(x[i]), 1.0, 0.0));',
    merge: 'return vec3f(max(a.x, b.x), select(0.0, a.y, a.x >= b.x) + select(0.0, b.y, b.x >= a.x), 0.0);',
    finish: `
    terms[group] = acc.x / s / f32(groups);
    byScale[group] = -acc.x / s / s / f32(groups);
    largest[group] = acc.x;
    holders[group] = acc.y;`,
  });
  const share = 'sign(x[i]) / scale[g] / holders[g] / f32(arrayLength(&scale))';
  const statement = `let g = ${groupWgsl}; output[i] = select(0.0, ${share}, abs(x[i]) == largest[g]);`;
  elementwise(gpu, 'nested layer: bins, gradient', { ...inputs, largest, holders }, byValue, statement);
  for (const { dataId } of [largest, holders]) gpu.disposeData(dataId);
}

function deviation(gpu: CapturableBackend, inputs: Given, parts: Parts, { penalty, rounding }: NestedPenaltyAttributes): void {
  const { terms, byValue, byScale } = parts;
  const thesis = penalty === 'deviation';
  const left = thesis ? 'let v = x[i] / s; let left = x[i] - v;' : `${coded(rounding)} let left = x[i] - s * code;`;
  reduceGroups(gpu, {
    name: 'nested layer: deviation',
    inputs,
    outputs: { terms, byScale },
    term: `${left} acc += vec3f(abs(left), sign(left) * ${thesis ? 'v / s' : '-code'}, 0.0);`,
    merge: 'return a + b;',
    finish: 'terms[group] = acc.x / f32(arrayLength(&x)); byScale[group] = acc.y / f32(arrayLength(&x));',
  });
  const slope = thesis ? '(1.0 - 1.0 / s)' : '1.0';
  const statement = `let s = scale[${groupWgsl}]; ${left} output[i] = sign(left) * ${slope} / f32(arrayLength(&x));`;
  elementwise(gpu, 'nested layer: deviation, gradient', inputs, byValue, statement);
}
