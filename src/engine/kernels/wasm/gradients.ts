import * as tf from '@tensorflow/tfjs-core';
import { type KernelFunc, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { type ArrayKernel, setArrayKernel, wasmArrays } from '../shared/arrays';
import { setKernel } from '../shared/dispatch';
import { filterGradientByConvolution, inputGradientByConvolution } from './convolution';
import { matMulByTransposing } from './matmul';
import { maxPoolGradient } from './max-pool';

let installed = false;

/**
 * Makes training fast on the wasm backend by replacing kernels of that backend only: products with transpose flags,
 * both gradients of a convolution (tfjs lacks the filter's), the gradients of max pooling and gather, and sums and means
 * over leading axes. Elsewhere tfjs's compiled loops win: relu's gradient as step and product is 10 times a loop in JavaScript. Import '@tensorflow/tfjs-backend-wasm' before; call it before or after the backend is opened.
 * A second call does nothing.
 * @throws Error if the wasm kernels are not registered
 */
export function installWasmGradients(): void {
  if (installed) return;
  installed = true;
  const transpose = wasmKernel(tf.Transpose).kernelFunc;
  const convolve = wasmKernel(tf.Conv2D).kernelFunc;
  replace(tf.BatchMatMul, (original) => matMulByTransposing(original, transpose));
  replace(tf.Conv2DBackpropInput, (original) => inputGradientByConvolution(convolve, original));
  replace(tf.Sum, (original) => leadingReduction(false, original));
  replace(tf.Mean, (original) => leadingReduction(true, original));
  setKernel({ kernelName: tf.Conv2DBackpropFilter, backendName: 'wasm', kernelFunc: filterGradientByConvolution(convolve, transpose) });
  setArrayKernel(tf.MaxPoolGrad, maxPoolGradient, ['wasm']);
  setArrayKernel(tf.UnsortedSegmentSum, unsortedSegmentSum, ['wasm']);
}

/** Keeps the original's set-up, which binds the compiled function when the backend opens. */
function replace(kernelName: string, make: (original: tf.KernelFunc) => tf.KernelFunc): void {
  const original = wasmKernel(kernelName);
  setKernel({ ...original, kernelFunc: make(original.kernelFunc) });
}

function wasmKernel(kernelName: string): tf.KernelConfig {
  const found = tf.getKernel(kernelName, 'wasm');
  if (!found) throw new Error(`The WebAssembly backend has no kernel ${kernelName}: is @tensorflow/tfjs-backend-wasm imported?`);
  return found;
}

/**
 * Sum or mean over the leading axes, as bias gradients and batch statistics need it: one pass over the rows, summed in
 * double precision. tfjs on wasm transposes the whole tensor first. Other axes and types go to `fallback`.
 */
export function leadingReduction(mean: boolean, fallback: KernelFunc): KernelFunc {
  return (call) => {
    const x = call.inputs.x as TensorInfo;
    const { axis, keepDims } = call.attrs as unknown as { axis: number | number[]; keepDims?: boolean };
    const axes = util.parseAxisParam(axis, x.shape).sort((p, q) => p - q);
    const leading = axes.length > 0 && axes.length < x.shape.length && axes.every((value, i) => value === i);
    if (!leading || x.dtype !== 'float32') return fallback(call);
    const rest = x.shape.slice(axes.length);
    const columns = util.sizeFromShape(rest);
    const rows = util.sizeFromShape(x.shape.slice(0, axes.length));
    const arrays = wasmArrays(call.backend);
    const out = arrays.output(keepDims ? [...axes.map(() => 1), ...rest] : rest, 'float32');
    const sums = columnSums(arrays.float32(x), rows, columns);
    if (mean) for (let i = 0; i < columns; i++) sums[i] = sums[i]! / rows;
    arrays.float32(out).set(sums);
    return out;
  };
}

function columnSums(x: Float32Array, rows: number, columns: number): Float64Array {
  const sums = new Float64Array(columns);
  for (let row = 0, i = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, i++) sums[column] = sums[column]! + x[i]!;
  }
  return sums;
}

/** out[s] = sum of the slices x[i] with segmentIds[i] = s; the gradient of a gather. Ids outside 0 … numSegments − 1 are dropped. */
export const unsortedSegmentSum: ArrayKernel = ({ x, segmentIds }, arrays, attrs) => {
  const segments = attrs.numSegments as number;
  const inner = x!.shape.slice(segmentIds!.shape.length);
  const out = arrays.output([segments, ...inner], 'float32');
  const [values, ids, sums] = [arrays.float32(x), arrays.int32(segmentIds), arrays.float32(out)];
  const width = util.sizeFromShape(inner);
  sums.fill(0);
  for (let i = 0; i < ids.length; i++) {
    const segment = ids[i]!;
    if (segment < 0 || segment >= segments) continue;
    for (let j = 0; j < width; j++) sums[segment * width + j] = sums[segment * width + j]! + values[i * width + j]!;
  }
  return out;
};
